"""How a place, a path and a pair of coordinates are said in words."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import groupby

from generator.language import Language
from generator.language.dates import N_
from generator.language.naming import subject_name
from generator.ledger.model import Ledger
from generator.ledger.positions import KM_PER_DEGREE, Step, steps_of


def position_text(lat: Decimal, lon: Decimal, language: Language, within: Decimal | None = None) -> str:
    """Say a pair of coordinates with its hemispheres: "45.5° S, 5.25° W".

    Args:
        lat: degrees north.
        lon: degrees east.
        language: in which it is said.
        within: to how many kilometres it is known. So many decimals are said, of those there are, that
            what is rounded away is no more than that; 0 or `None` keeps all.
    """
    lat, lon = (_as_known(degrees, within) for degrees in (lat, lon))
    north = N_("{degrees}° N") if lat >= 0 else N_("{degrees}° S")
    east = N_("{degrees}° E") if lon >= 0 else N_("{degrees}° W")
    return ", ".join(
        language.say(message, degrees=language.number(abs(degrees)))
        for message, degrees in ((north, lat), (east, lon))
    )


def _as_known(degrees: Decimal, within: Decimal | None) -> Decimal:
    """Round degrees to the decimals that are known of them."""
    if not within:
        return degrees
    decimals = max(0, math.ceil(math.log10(KM_PER_DEGREE / 2 / float(within))))
    exponent = degrees.as_tuple().exponent
    return round(degrees, decimals) if isinstance(exponent, int) and -exponent > decimals else degrees


def path_text(path: str, ledger: Ledger, language: Language) -> str:
    """Say a path in words, point by point; points that one word names are said once."""
    said = (step_text(step, ledger, language) for step in steps_of(path))
    return " → ".join(text for text, _ in groupby(said))


def step_text(step: Step, ledger: Ledger, language: Language) -> str:
    """Say one point of a path in words: a place, or the direction in which it lies from one."""
    place = subject_name(ledger, language, step.place)
    say = language.say
    directions = {
        "N": say("north of {place}", place=place),
        "NE": say("north-east of {place}", place=place),
        "E": say("east of {place}", place=place),
        "SE": say("south-east of {place}", place=place),
        "S": say("south of {place}", place=place),
        "SW": say("south-west of {place}", place=place),
        "W": say("west of {place}", place=place),
        "NW": say("north-west of {place}", place=place),
    }
    return directions.get(step.bearing, place)

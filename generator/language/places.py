"""How a place, a path and a pair of coordinates are said in words."""

from __future__ import annotations

from decimal import Decimal

from generator.language import Language
from generator.language.dates import N_
from generator.language.naming import subject_name
from generator.ledger.model import Ledger
from generator.ledger.positions import Step, steps_of


def position_text(lat: Decimal, lon: Decimal, language: Language) -> str:
    """Say a pair of coordinates with its hemispheres: "45.5° S, 5.25° W"."""
    north = N_("{degrees}° N") if lat >= 0 else N_("{degrees}° S")
    east = N_("{degrees}° E") if lon >= 0 else N_("{degrees}° W")
    return ", ".join(
        language.say(message, degrees=language.number(abs(degrees)))
        for message, degrees in ((north, lat), (east, lon))
    )


def path_text(path: str, ledger: Ledger, language: Language) -> str:
    """Say a path in words, point by point."""
    return " → ".join(step_text(step, ledger, language) for step in steps_of(path))


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

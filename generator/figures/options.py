"""What options of figures are made of, and the rows of the ledger that they name, or `BadSettingsError`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from generator.figures.canvas import BadSettingsError, Canvas
from generator.ledger import edtf
from generator.ledger.model import Claim
from generator.problems import did_you_mean
from generator.typed import Path, refused

T = TypeVar("T")


def _day(text: str) -> str:
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        raise refused(f"no date: {error}", "write YYYY-MM-DD, YYYY-MM or YYYY") from None
    return text


def some(parts: tuple[T, ...]) -> tuple[T, ...]:
    """Refuse a list in which there is nothing."""
    if not parts:
        raise refused("the list is empty", "fill it")
    return parts


#: A list of parts, one at least.
Some = Annotated[tuple[T, ...], AfterValidator(some)]
#: A list of ids, one at least.
Ids = Annotated[Some[str], Field(description='a list of ids, ["…"]')]
#: A list of ids that may be left out.
AnyIds = Annotated[tuple[str, ...], Field(description='a list of ids, ["…"]')]
#: A date as EDTF writes it.
Day = Annotated[str, Field(description='a date, "YYYY-MM-DD"'), AfterValidator(_day)]


def known(canvas: Canvas, option: Path, names: Sequence[str], among: Iterable[str]) -> list[str]:
    """Return the ids that the option at a path lists.

    Raises:
        BadSettingsError: some of them are not *among* those there are.
    """
    there = list(among)
    problems = [
        canvas.problem(
            f'{_said(option)} names "{name}", which does not exist',
            did_you_mean(name, there),
            (*option, number),
        )
        for number, name in enumerate(names)
        if name not in there
    ]
    if problems:
        raise BadSettingsError(*problems)
    return list(names)


def known_one(canvas: Canvas, option: Path, name: str, among: Iterable[str]) -> str:
    """Return the id that the option at a path names, which must be *among* those there are."""
    there = list(among)
    if name not in there:
        message = (
            f'{_said(option)} names "{name}", which does not exist' if name else f"needs {_said(option)}"
        )
        raise canvas.bad(message, did_you_mean(name, there), option)
    return name


def _said(option: Path) -> str:
    return next(str(part) for part in reversed(option) if isinstance(part, str))


def claims_of(canvas: Canvas, topics: Iterable[str]) -> list[Claim]:
    """Return the rival answers to these questions, each claim once."""
    rivals = canvas.ledger.rivals
    return list({claim.id: claim for topic in topics for claim in rivals.get(topic, ())}.values())


def claims_on(canvas: Canvas, topics: Sequence[str], option: Path = ("topics",)) -> list[Claim]:
    """Return the rival answers to the questions that the option at a path lists."""
    return claims_of(canvas, known(canvas, option, topics, canvas.ledger.topics))


def same_unit(canvas: Canvas, claims: Sequence[Claim]) -> None:
    """Refuse to put different things on one axis, and to draw nothing."""
    if not claims:
        raise canvas.empty()
    units = sorted({claim.unit for claim in claims})
    if len(units) > 1:
        message = f"counts different things on one axis: {', '.join(units)}"
        raise canvas.bad(message, "leave out a question, or make two figures")


def check_log(canvas: Canvas, claims: Sequence[Claim]) -> None:
    """Refuse a logarithmic axis, which cannot show a zero, for claims that state one."""
    zero = next((c for c in claims for x in (c.low, c.best, c.high) if x is not None and x <= 0), None)
    if zero:
        raise canvas.bad(f'a logarithmic axis cannot show "{zero.id}"', "take log out", ("log",))

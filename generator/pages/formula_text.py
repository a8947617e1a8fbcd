"""A formula goes in; it comes out as arithmetic, 25,655 − (701 + 51), each number with its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Final

from generator.language import Language
from generator.language.dates import N_
from generator.ledger.formulas import Argument, Call, read_formula
from generator.ledger.model import Formula, Ledger

#: What stands between the arguments of what a reader knows as a sign.
_SIGNS: Final = {"sum": " + ", "difference": " − ", "product": " × ", "ratio": " ÷ "}
#: What a reader wants words for; formulas of other functions stand as they are written.
_PHRASES: Final = {
    "share": "100 × {start} ÷ {end}",
    "least": N_("the lowest of {parts}"),
    "greatest": N_("the highest of {parts}"),
    "count": N_("how many these are: {parts}"),
    "distance": N_("the distance from {start} to {end}"),
    "hours": N_("the hours from {start} to {end}"),
}


def formula_html(
    formula: Formula, ledger: Ledger, language: Language, address: Callable[[str, str], str]
) -> str:
    """Return the formula in a reader's words; as it stands in its table where it measures lines of a map.

    Args:
        formula: a formula that the check has read and computed.
        ledger: its claims and entities.
        language: the language of the numbers, names and words.
        address: where a row of a table stands, by table and id.
    """
    said = _Writer(formula.bound, ledger, language, address).call(read_formula(formula.text))
    return said or f"<code>{escape(formula.text)}</code>"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes calls for one *bound* of a claim; "" for what has no common words."""

    bound: str
    ledger: Ledger
    language: Language
    address: Callable[[str, str], str]

    def call(self, call: Call) -> str:
        parts = [self._argument(argument) for argument in call.arguments]
        if not all(parts):
            return ""
        if call.name in _SIGNS:
            return _SIGNS[call.name].join(parts)
        phrase = _PHRASES.get(call.name, "")
        listed = ", ".join(parts)
        return self.language.say(phrase, parts=listed, start=parts[0], end=parts[-1]) if phrase else ""

    def _argument(self, argument: Argument) -> str:
        if isinstance(argument, Call):
            said = self.call(argument)
            return f"({said})" if said and argument.name in _SIGNS else said
        if isinstance(argument, Decimal):
            return self.language.number(argument)
        if argument in self.ledger.claims:
            claim = self.ledger.claims[argument]
            value = claim.at(self.bound)
            return self._link(claim.table, argument, self.language.number(value)) if value is not None else ""
        if argument in self.ledger.events:
            return self._link("events", argument, self.language.text(self.ledger.events[argument].title))
        if argument in self.ledger.entities:
            entity = self.ledger.entities[argument]
            return self._link(entity.table, argument, self.language.text(entity.name))
        return ""

    def _link(self, table: str, ident: str, text: str) -> str:
        return f'<a class="name" href="{escape(self.address(table, ident))}">{escape(text)}</a>'

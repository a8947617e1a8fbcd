"""The body of a page goes in; its macros are replaced by Markdown, and what they named is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import count, islice
from typing import Any

from generator.language import Language
from generator.language.naming import unit_name
from generator.language.numbers import spelled
from generator.language.rules.model import WIDE, Gender
from generator.ledger.model import Claim, Event, Ledger, Media, OtherName
from generator.problems import Problem, did_you_mean
from generator.prose.calls import UnknownMacroError, call
from generator.prose.inline import inline_text
from generator.prose.joints import clash
from generator.prose.links import Links
from generator.prose.quotations import Quotation, quotation_html
from generator.prose.source import Prose
from generator.prose.surroundings import Surroundings, around

_MARK = re.compile(r"\{\{(.*?)\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
#: ASCII punctuation that HTML or Markdown could read as markup.
_SPECIAL = re.compile(r"[&<>\"'\\`*_{}\[\]()#+!|~^:$=@]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


#: The space between a figure and the word it counts, which do not part at the end of a line.
_PARTING = re.compile(r"(?<=\d</a></data>)[ \n](?=[^\W\d_]{3})")
#: The label of a note, where it is called or defined.
_LABEL = re.compile(r"\[\^([^\]]*)\]")
#: The id of an entry, as `by` of a quotation may name one; a name has a capital or a space.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def escape(text: str) -> str:
    """Make *text* plain for HTML and for Markdown: nothing in it is markup."""
    return _SPECIAL.sub(lambda m: _NAMED.get(m.group(0), f"&#{ord(m.group(0))};"), text)


@dataclass
class Macros:
    """The macros of one page in one language.

    `used` lists what the page named, in order, and `sections` in which section each of them stands.
    """

    ledger: Ledger
    language: Language
    links: Links
    page: str
    figure_html: Callable[[str], str]
    table_html: Callable[[str], str]
    shares: Callable[[], Mapping[str, Decimal]] = dict
    image_html: Callable[[str], str] = str
    gallery_html: Callable[[Sequence[str]], str] = "".join
    year: str = ""  #: the year that goes without saying on this page
    used: list[tuple[str, str]] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)  #: what notes are called, as far as it was asked
    #: what stands around the macro that is being rendered
    around: Surroundings = field(default_factory=Surroundings)
    taken: frozenset[str] = frozenset()  #: the labels of notes that the author of the page has given

    @cached_property
    def functions(self) -> Mapping[str, Callable[..., str]]:
        """What a macro may call."""
        return {
            "n": self.number,
            "date": self.date,
            "dates": self.dates,
            "figure": self.figure,
            "table": self.table,
            "cite": self.cite,
            "name": self.name,
            "original": self.original,
            "share": self.share,
            "image": self.image,
            "gallery": self.gallery,
            "quotation": self.quotation,
        }

    def number(
        self,
        ident: str,
        unit: bool = False,
        feminine: bool = False,
        neuter: bool = False,
        digits: bool = False,
        between: bool = False,
    ) -> str:
        """`n("claim")`: the figure a source states, leading to its row. `unit=True` adds the unit.

        In a sentence a small whole number is a word, where the language writes it so, and round millions are
        counted as such; `digits=True` keeps the digits, and `feminine=True` or `neuter=True` say what the
        noun behind it is. `between=True` gives a range both its words; in a table and in brackets it has a
        dash.
        """
        claim = self._find(self.ledger.claims, ident, "unknown-claim")
        self.used.append(("claim", ident))
        dashed = self.around.in_table or self.around.in_brackets
        between = between and not dashed
        name = unit_name(claim, self.ledger, self.language, between=between) if unit else ""
        if dashed:
            text = self.language.claim(claim, name)
        else:
            measured = self.around.has_unit(self.language.rules.symbols)
            words = not (digits or measured or self._among_larger(claim))
            gender = Gender.FEMININE if feminine else Gender.NEUTER if neuter else Gender.MASCULINE
            text = self.language.in_prose(claim, name, words=words, gender=gender, between=between)
        if {claim.low, claim.best, claim.high} != {None}:  # a claim without a figure is a problem of its row
            self._check_joint(text)
        value = f' value="{claim.best}"' if claim.best is not None else ' value=""'
        title = self._source_title(claim.provenance.source, claim.provenance.locator)
        href = self.links.to(claim.table, ident, self.page)
        link = f'<a href="{href}" title="{escape(title)}">{escape(self.around.opening(text))}</a>'
        return f'<data class="claim"{value}>{link}</data>'

    def _among_larger(self, claim: Claim) -> bool:
        """Whether the sentence counts the same thing by a figure that is written in digits."""
        others = (self.ledger.claims.get(ident) for ident in self.around.neighbours)
        alike = [other for other in others if other and other.unit == claim.unit and other.id != claim.id]
        ends = [end for other in alike for end in (other.low, other.best, other.high) if end is not None]
        return any(not spelled(end, self.language.code) for end in ends)

    def date(self, ident: str, article: bool = False, time: bool = False, year: bool = False) -> str:
        """`date("event")`: when a source says it happened. `article=True` as in a sentence.

        A year that goes without saying is left out: that of the page or, where the page has none, the last
        one that the paragraph has named. `year=True` says it all the same.
        """
        event = self._find(self.ledger.events, ident, "unknown-event")
        if time:
            if not event.time:
                raise UnknownMacroError("unknown-event", f'"{ident}" has no time', "fill in its time cell")
            return self._dated(event, self.around.opening(self.language.clock(event.time)))
        text = self.language.date(
            event.date,
            article=article,
            year="" if year else self._year(),
            bracketed=self.around.within_brackets,
        )
        self._check_joint(text)
        return self._dated(event, self.around.closing(self.around.opening(text)))

    def dates(self, *idents: str, article: bool = False, year: bool = False) -> str:
        """`dates("event", "event")`: dates that stand beside each other, each leading to its event.

        Days of one month name it once: « les 4 et 8 septembre ». `article` and `year` are as in `date`.
        """
        if len(idents) < 2:
            hint = 'write {{ date("…") }} for one'
            raise UnknownMacroError("unknown-mark", "dates is of two events or more", hint)
        events = [self._find(self.ledger.events, ident, "unknown-event") for ident in idents]
        frame, (first, *others) = self.language.dates_together(
            [event.date for event in events], article=article, year="" if year else self._year()
        )
        self._check_joint(frame.format(first, *others))
        texts = [self.around.opening(first) if frame.startswith("{") else first, *others]
        texts[-1] = self.around.closing(texts[-1])
        links = (self._dated(event, text) for event, text in zip(events, texts, strict=True))
        return self.around.opening(frame).format(*links)

    def _check_joint(self, text: str) -> None:
        """Refuse a text that does not follow the words before it."""
        clashing = clash(self.around.before, text, self.language.code)
        if clashing:
            raise UnknownMacroError("clashing-words", *clashing)

    def _dated(self, event: Event, text: str) -> str:
        """Make a text that says when an event happened lead to it."""
        self.used.append(("event", event.id))
        title = self._source_title(event.provenance.source, event.provenance.locator)
        href = self.links.to("events", event.id, self.page)
        link = f'<a href="{href}" title="{escape(title)}">{escape(text)}</a>'
        if not event.date.machine:
            return f'<span class="claim">{link}</span>'
        return f'<time class="claim" datetime="{event.date.machine}">{link}</time>'

    def _year(self) -> str:
        """Return the year that goes without saying: the page's, or the last that the paragraph has named."""
        if self.year or self.around.in_table:
            return self.year
        year = self.around.last_year
        event = self.ledger.events.get(year)
        if event is None:
            return year
        years = {point.parts[0] for point in event.date.points if point}
        return years.pop() if len(years) == 1 else ""

    def figure(self, ident: str) -> str:
        """`figure("id")` on a line of its own: a figure with its table and sources."""
        self.used.append(("figure", ident))
        return self.figure_html(ident)

    def image(self, ident: str) -> str:
        """`image("id")` on a line of its own: a picture, a sound or a film, with what is said of it."""
        self._find(self.ledger.media, ident, "unknown-image")
        self.used.append(("image", ident))
        return self.image_html(ident)

    def gallery(self, *idents: str) -> str:
        """`gallery("id", "id")` on a line of its own: pictures side by side, each as `image` shows it."""
        if len(idents) < 2:
            hint = 'write {{ image("…") }} for one'
            raise UnknownMacroError("unknown-mark", "a gallery is of two pictures or more", hint)
        return self.gallery_html([self.image(ident) for ident in idents])

    def table(self, ident: str) -> str:
        """`table("topic")` on a line of its own: every answer to one question, side by side."""
        answered = {*self.ledger.rivals, *self.ledger.rival_events}
        answered &= set(self.ledger.topics)
        self._find(dict.fromkeys(answered), ident, "unknown-table")
        self.used.append(("table", ident))
        return self.table_html(ident)

    def cite(self, ident: str, locator: str = "") -> str:
        """`cite("source", "p. 33")`: a note that names the source and the place in it."""
        self._find(self.ledger.sources, ident, "unknown-source")
        self.used.append(("source", f"{ident} {locator}".strip()))
        href = self.links.to("sources", ident, self.page)
        label = escape(self._source_title(ident, ""))
        place = f", {escape(self.language.locator(locator))}" if locator else ""
        self.notes.append(f'<a href="{href}">{label}</a>{place}.')
        return f"[^{self.label(len(self.notes))}]"

    def label(self, number: int) -> str:
        """Name the note of a citation by its number among them, as no author of the page names one."""
        self.labels += islice(self._free_labels, max(0, number - len(self.labels)))
        return self.labels[number - 1]

    @cached_property
    def _free_labels(self) -> Iterator[str]:
        return (name for n in count(1) if (name := f"c{n}") not in self.taken)

    def name(self, ident: str, text: str = "") -> str:
        """`name("id")`: the preferred name, leading to its entry; `text` says it otherwise."""
        if ident in self.ledger.media:
            return self._named_picture(self.ledger.media[ident], text)
        entity = self._find(self.ledger.entities, ident, "unknown-name")
        self.used.append(("name", ident))
        href = self.links.to(entity.table, ident, self.page)
        term = self.language.text(entity.name)
        shown = self.around.opening(text or term)
        link = f'<a class="name" data-print="name" href="{href}">{escape(shown)}</a>'
        # a term with a second spelling in brackets is shown by the first; in other words it is not foreign
        foreign = entity.loan and (text or term).startswith(term.split(" (")[0])
        return f'<i lang="{entity.loan}">{link}</i>' if foreign else link

    def _named_picture(self, media: Media, text: str) -> str:
        """Lead to the entry of a picture, a sound or a film; without a *text* it is called by its caption."""
        self.used.append(("name", media.id))
        shown = self.around.opening(
            text or inline_text(self.language.text(media.caption), self.ledger.entities)
        )
        href = self.links.to("media", media.id, self.page)
        return f'<a class="name" data-print="name" href="{href}">{escape(shown)}</a>'

    def original(self, ident: str, lang: str) -> str:
        """`original("id", "ja")`: the name in its own script, marked with its language."""
        forms: tuple[OtherName, ...] = self.ledger.other_names.get(ident, ())
        form = next((f for f in forms if f.lang == lang and f.form == "original"), None)
        if form is None:
            known = ", ".join(sorted({f.lang for f in forms if f.form == "original"}))
            raise UnknownMacroError("unknown-name", f'"{ident}" has no original in {lang}', known)
        return f'<span lang="{lang}" class="original">{escape(form.name)}</span>'

    def quotation(  # noqa: PLR0913 - each argument is a word that the historian may leave out
        self,
        text: str,
        source: str = "",
        locator: str = "",
        *,
        by: str = "",
        lang: str = "",
        original: str = "",
        translator: str = "",
    ) -> str:
        """`quotation("…", source="id")` alone in its paragraph: the words of another, set apart.

        `by` is who says them: the id of an entry, or a name. `lang` is the language in which they were said,
        if not the page's; `original` says them in it, and `translator` is who translated them, "own" for us.
        """
        quotation = Quotation(text, source, locator, by, lang, original, translator)
        fault = quotation.fault(self.language)
        if self.around.before.strip() or self.around.after.strip():
            fault = "it does not stand alone", "leave an empty line before it and after it"
        if fault:
            raise UnknownMacroError("bad-quotation", *fault)
        self._find(self.ledger.sources, source, "unknown-source")
        author = self.name(by) if _ID.fullmatch(by) else escape(by)
        self.used.append(("source", f"{source} {locator}".strip()))
        self.used.append(("quotation", quotation.identity(self.language.code)))
        href = self.links.to("sources", source, self.page)
        label = f'<a href="{href}">{escape(self._source_title(source, ""))}</a>'
        place = escape(self.language.locator(locator)) if locator else ""
        return quotation_html(quotation, self.language, author, label, place)

    def share(self, of: str) -> str:
        """`share("encyclopaedia")`: the share of citations that go to encyclopaedias; or of "locator"."""
        known = self.shares()
        if of not in known:
            hint = did_you_mean(of, known, f"write one of {', '.join(known)}")
            raise UnknownMacroError("unknown-mark", f'there is no share "{of}"', hint)
        return escape(self.language.counted(self.language.number(known[of]), "%"))

    def _find(self, pool: Mapping[str, Any], ident: str, code: str) -> Any:
        if ident not in pool:
            raise UnknownMacroError(code, f'"{ident}"', did_you_mean(ident, pool))
        return pool[ident]

    def _source_title(self, ident: str, locator: str) -> str:
        label = self.language.source_label(self.ledger.sources[ident])
        return f"{label}, {self.language.locator(locator)}" if locator else label


def render(prose: Prose, macros: Macros) -> tuple[str, list[Problem]]:
    """Replace every mark of the page; return the Markdown and the problems of its macros."""
    problems: list[Problem] = []
    macros.taken = frozenset(_LABEL.findall(prose.body))

    def replace(match: re.Match[str]) -> str:
        macros.around = around(prose.body, *match.span())
        try:
            return call(match.group(1), macros.functions)
        except UnknownMacroError as error:
            problems.append(Problem(prose.location(match.start()), *error.args))
            return ""
        finally:
            new = len(macros.used) - len(macros.sections)
            macros.sections += [prose.section(match.start())] * new

    body = _PARTING.sub(WIDE, _MARK.sub(replace, prose.body))
    notes = "".join(f"\n[^{macros.label(number)}]: {note}" for number, note in enumerate(macros.notes, 1))
    return f"{body}\n{notes}\n", problems

"""Inputs and languages go in; every page of every language comes out as Markdown, or its problems."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from generator.figures import Figure, draw_figure
from generator.language import Language
from generator.language.catalogs import OWN
from generator.loading import Inputs
from generator.output.memory import Memory
from generator.pages.bibliography import bibliography
from generator.pages.days import (
    Telling,
    check_days,
    days_of_chapter,
    grounds_of,
    layers_of_days,
    pages_of_days,
    passing_over,
    shown_on,
    told_events,
)
from generator.pages.elsewhere import only_in, stand_in, where_written
from generator.pages.figure_article import articles_of
from generator.pages.figure_block import caption_html, figure_html
from generator.pages.following import notes_of, with_notes
from generator.pages.kept import Kept, KeptPage, Page
from generator.pages.media_block import gallery_html, media_blocks
from generator.pages.parts import check_parts
from generator.pages.proofreading import Proofreader
from generator.pages.reference import Reference
from generator.pages.reference_data import PAGES, Knowledge
from generator.pages.stepper import stepper_html
from generator.pages.targets import check_listed, check_targets
from generator.problems import Problem, did_you_mean
from generator.prose.calls import UnknownMacroError
from generator.prose.links import Links
from generator.prose.macros import Macros, render
from generator.prose.shares import shares
from generator.prose.source import Prose, links_of
from generator.settings import FIGURE_PAGES, Documentary, PageKind, PageSettings


@dataclass(frozen=True, slots=True)
class Site:
    """Every page of one language, its figures, and its layers: drawings that lie over a figure.

    `figure_article` returns the article of a figure's own page; without a page of all figures, none has one.
    `grounds` says over which figure each layer lies, by the ids of both.
    """

    language: Language
    pages: tuple[Page, ...]
    figures: Mapping[str, Figure]
    figure_article: Callable[[str], str] = field(default=lambda _: "", compare=False, repr=False)
    layers: Mapping[str, Figure] = field(default_factory=dict)
    grounds: Mapping[str, str] = field(default_factory=dict)

    @property
    def drawn(self) -> Mapping[str, Figure]:
        """All that is drawn: the figures and the layers."""
        return {**self.figures, **self.layers}


#: A page, unless it cannot be made, with its problems.
_Made = tuple[Page | None, tuple[Problem, ...]]


def make_links(inputs: Inputs) -> Links:
    """Find for each table the page on which its rows stand, for an event the one that tells it in full."""
    documentary = inputs.documentary
    tables = {page.table: f"{page.path}.html" for page in documentary.chapters if page.table}
    rows = {f"phase-{phase}": f"{path}.html" for phase, path in documentary.parts.items()}
    if rows:
        events = inputs.ledger.events.values()
        rows |= {e.id: rows[f"phase-{e.phase}"] for e in events if e.phase in documentary.parts}
    return Links(tables, FIGURE_PAGES if documentary.gallery else "", rows)


def make_site(
    inputs: Inputs,
    language: Language,
    *,
    formatted: bool,
    kept: Kept | None = None,
    only: Collection[str] | None = None,
    memory: Memory | None = None,
) -> Site | list[Problem]:
    """Render every page of *language*; all problems of all pages come together.

    Args:
        inputs: the documentary.
        language: one of its languages.
        formatted: without it generated pages hold only what was written by hand, and no bibliography is made:
            both take longer than all the checks, and cannot fail.
        kept: what was made before; it keeps what is made now.
        only: of the generated pages, those that are rendered in full; all of them if it is not given.
        memory: what earlier builds made, page by page; only what is rendered in full is kept.
    """
    kept, reader = kept or Kept(), memory and memory.reading()
    kept.turn_to(inputs)
    problems: list[Problem] = [*check_days(inputs), *check_parts(inputs)]
    if kept.figures is None:
        kept.days = pages_of_days(inputs)
        figures = _figures(inputs, language, passing_over(kept.days), problems)
        # What lies over a map can only be wrong where the map is: without drawings nobody asks for it.
        kept.layers = layers_of_days(kept.days, inputs, language) if formatted else {}
        kept.figures = None if problems else figures
    else:
        figures = dict(kept.figures)
    links = make_links(inputs)
    titles = {ident: html.escape(source.title) for ident, source in inputs.ledger.sources.items()}
    book = cache(lambda: _bibliography(inputs, language, memory) if formatted else titles)
    reference = Reference(Knowledge(inputs.ledger, language, book, figures=figures, days=kept.days), links)
    counted = cache(lambda: shares(inputs.prose[language.code].values(), inputs.ledger))
    notes = notes_of(inputs, language)
    pages: dict[str, Page] = {}
    data, proofreader = inputs.data if memory else "", Proofreader(inputs, memory, kept.proofread)

    def write(chapters: Iterable[PageSettings], reference: Reference, told: object = None) -> None:
        said = cache(lambda: repr(told))
        for chapter in chapters:
            full = formatted and (only is None or chapter.path in only)
            text = inputs.prose[chapter.read_in(language.code)].get(chapter.path)
            state = (
                text,
                told,
                counted() if text and "share(" in text else None,
                notes.get(chapter.path, {}),
            )
            known = kept.pages.get(chapter.path)
            if known is None or known.state != state or (full and not known.full):
                made_of = (inputs, chapter, language, figures, reference, links, state[-1], proofreader)
                make = partial(_page, *made_of, formatted=full)
                slot = f"Markdown {language.code}/{chapter.path}"
                made = _remembered(slot, state, (data, said()), make, memory if full else reader)
                known = kept.pages[chapter.path] = KeptPage(state, *made, full)
            problems.extend(known.problems)
            if known.page:
                pages[known.page.path] = known.page

    chapters = inputs.documentary.chapters
    write((c for c in chapters if c.kind is PageKind.PROSE), reference)
    told, stands, tellings = kept.named_by(pages.values())
    knowing = reference.knowing(told, stands, tellings)
    others = (c for c in chapters if c.kind in PAGES and c.kind is not PageKind.DAYS)
    write(others, knowing, (told, stands))
    write((c for c in chapters if c.kind is PageKind.DAYS), knowing, (told, tellings))
    listed = {chapter.path for chapter in inputs.documentary.chapters}
    problems += check_listed(inputs.prose[language.code], language.code, inputs.documentary)
    if not problems or set(pages) == listed:
        problems += check_targets(pages.values(), inputs.extra)
    ordered = tuple(pages[c.path] for c in chapters if c.path in pages)

    article = cache(articles_of(inputs, figures, knowing, (told, stands, tellings), memory))
    site = Site(language, ordered, figures, article, kept.layers, grounds_of(kept.days))
    return list(dict.fromkeys(problems)) or site


def _bibliography(inputs: Inputs, language: Language, memory: Memory | None) -> Mapping[str, str]:
    """Return the bibliography of a language, which takes seconds to make."""
    make = partial(bibliography, inputs.ledger.sources, language)
    if memory is None:
        return make()
    # Its words are those of the interface, which a documentary may say otherwise.
    own = sorted(path for path in inputs.files if path.startswith(f"{OWN}/"))
    wanted = ("data/sources.json", inputs.documentary.file, *own)
    parts = {path: inputs.files.get(path, b"") for path in wanted}
    return memory.recall_value(f"bibliography {language.code}", parts, make)


def _remembered(
    slot: str,
    state: tuple[object, ...],
    beside: tuple[str, str],
    make: Callable[[], _Made],
    memory: Memory | None,
) -> _Made:
    """Return a page with its problems, from memory where there is one.

    It is made from *state*, and *beside* it from the data; what its state has of other pages is said there.
    """
    text, _, shared, note = state
    if memory is None or not isinstance(text, str):
        return make()
    parts = {
        "its text": text,
        "the data": beside[0],
        "pages that tell of its rows": beside[1],
        "shares": repr(shared),
        "what has not followed": repr(note),
    }
    return memory.recall_value(slot, parts, make)


def _figures(
    inputs: Inputs, language: Language, passing: Mapping[str, tuple[str, ...]], problems: list[Problem]
) -> dict[str, Figure]:
    """Make every figure; *passing* are the movements that are drawn over a map elsewhere, by its id."""
    figures = {}
    for ident, spec in inputs.documentary.figures.items():
        figure = draw_figure(spec, inputs.ledger, language, passing.get(ident, ()))
        if isinstance(figure, list):
            problems.extend(figure)
        else:
            figures[ident] = figure
    return figures


def _page(
    inputs: Inputs,
    chapter: PageSettings,
    language: Language,
    figures: Mapping[str, Figure],
    reference: Reference,
    links: Links,
    notes: Mapping[str, str],
    reader: Proofreader,
    *,
    formatted: bool,
) -> _Made:
    """Render one chapter; its problems come with it.

    A generated page may open with hand-written front matter and words. What is generated below them is
    rendered only when *formatted*: it holds nothing that a check asks for.
    """
    code = chapter.read_in(language.code)
    file = f"docs/{code}/{chapter.path}.md"
    text = inputs.prose[code].get(chapter.path)
    if text is None:
        return None, (Problem(chapter.location, "missing-page", f"{file} does not exist", "write it"),)
    read = reader.read(file, text)
    if isinstance(read, list):
        return None, tuple(read)
    prose, slips = read
    if code != language.code:
        return _stand_in(prose, chapter, language, inputs.documentary), ()
    marks = Macros(
        inputs.ledger,
        language,
        links,
        f"{chapter.path}.html",
        figure_html=_figure_block(figures, inputs, language, links, chapter.path),
        table_html=lambda topic: reference.answers(topic, chapter.path),
        shares=lambda: shares(inputs.prose[language.code].values(), inputs.ledger),
        image_html=media_blocks(inputs.ledger, language, links, f"{chapter.path}.html"),
        gallery_html=gallery_html,
        year=prose.meta.year,
    )
    body, mistakes = render(prose, marks)
    problems = [*slips, *(mistakes or reader.proofread(prose, body, language.code))]
    if formatted and chapter.kind is not PageKind.PROSE and not mistakes:
        body += "\n" + reference.page(chapter.kind, chapter.path, chapter.options, marks.figure_html)
    body = with_notes(body, notes)
    told = _told(prose, marks, chapter, inputs)
    if chapter.kind is PageKind.PROSE:
        events = [inputs.ledger.events[one.event] for one in told]
        body += days_of_chapter(events, reference.known.days, language, chapter.path)
    page = Page(
        path=chapter.path,
        title=language.typeset(prose.meta.title),
        description=language.typeset(prose.meta.description),
        markdown=body,
        hides_contents=chapter.kind is not PageKind.PROSE,
        used=(*_all_used(marks.used, inputs), *shown_on(chapter, reference.known.days)),
        sections=tuple(ident for ident, _ in prose.sections),
        source=file,
        links=tuple(links_of(prose)),
        told=told,
    )
    return page, tuple(problems)


def _stand_in(prose: Prose, chapter: PageSettings, language: Language, told: Documentary) -> Page:
    """Return what stands in the place of a page that is not written in this language."""
    title = language.typeset(prose.meta.title)
    return Page(
        path=chapter.path,
        title=f"{title} ({only_in(chapter.languages, language, told)})",
        description=where_written(chapter.languages, language, told),
        markdown=stand_in(prose, chapter.path, chapter.languages, language, told),
        hides_contents=True,
        used=(),
        sections=(),
        source=told.file,
        elsewhere=chapter.languages,
    )


def _told(prose: Prose, marks: Macros, chapter: PageSettings, inputs: Inputs) -> tuple[Telling, ...]:
    """Return the events that a page of prose tells of, each with its section, in the order of the page."""
    titles = dict(prose.reading.headings)
    texts = {
        Telling(event, chapter.path, section, prose.meta.title, titles.get(section, ""))
        for mark, section in zip(marks.used, marks.sections, strict=True)
        for event in told_events(_all_used([mark], inputs), inputs.documentary)
        if event in inputs.ledger.events
    }
    return tuple(sorted(texts, key=lambda one: (one.section, one.event)))


def _all_used(used: Iterable[tuple[str, str]], inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Yield what marks named; a figure to be walked through is all of its steps too."""
    for kind, ident in used:
        yield kind, ident
        stepper = inputs.documentary.steppers.get(ident) if kind == "figure" else None
        yield from (("figure", step) for step in (stepper.figures if stepper else ()))


def _figure_block(
    figures: Mapping[str, Figure], inputs: Inputs, language: Language, links: Links, path: str
) -> Callable[[str], str]:
    """Return what turns a figure's id into its block of HTML, as seen from the page at *path*."""

    def caption(text: str) -> str:
        return caption_html(text, inputs, links, f"{path}.html")

    def block(ident: str) -> str:
        known = inputs.documentary.figures
        stepper = inputs.documentary.steppers.get(ident)
        if stepper and set(stepper.figures) <= set(figures):
            return stepper_html(stepper, figures, block, language, caption)
        if stepper or (ident in known and ident not in figures):
            return ""  # the figure's own problem has been said
        if ident not in figures:
            names = [*known, *inputs.documentary.steppers]
            raise UnknownMacroError("unknown-figure", f'"{ident}"', did_you_mean(ident, names))
        return figure_html(figures[ident], inputs, language, links, f"{path}.html")

    return block


__all__ = ["Kept", "Page", "Prose", "Site", "make_site"]

"""A figure goes in; its block in a page comes out: title, room for the picture, sources, table."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Final

from generator.figures import Cell, Figure
from generator.language import Language
from generator.loading import Inputs
from generator.prose.inline import linked_html
from generator.prose.links import Links, relative

#: What a figure can be taken home as: the ending of the file, which is also its name on the page.
DOWNLOADS: Final = ("csv", "svg", "png")


def _e(text: str) -> str:
    return html.escape(text, quote=True)


def picture_room(ident: str) -> str:
    """Return the element that holds a figure's drawings, still empty: `finish` fills it."""
    return f'<div class="fig-picture" data-print="no" data-picture="{ident}"></div>'


def figure_html(
    figure: Figure, inputs: Inputs, language: Language, links: Links, page: str, *, alone: bool = False
) -> str:
    """Return the block of a figure: title, picture, downloads, sources and its table.

    The button stays hidden without script. With it, `data-src` is loaded when the reader asks. Where it
    stands *alone*, on its own page, the page says its title and its sources, and the table is open.
    """
    explore, loading = _e(language.say("Explore")), _e(language.say("Loading…"))
    failed = _e(language.say("The chart could not be loaded."))
    stem = f"{relative(page, f'figures/{figure.id}')}.{language.code}"
    caption = f"<p>{caption_html(figure.caption, inputs, links, page)}</p>" if figure.caption else ""
    downloads = " ".join(
        f'<a href="{stem}.{kind}" download aria-label="{kind.upper()} – {_e(figure.title)}">'
        f"{kind.upper()}</a>"
        for kind in DOWNLOADS
    )
    head = f"<figcaption><strong>{_e(figure.title)}</strong>{caption}</figcaption>\n"
    own_page = links.to_figure(figure.id, page)
    if own_page and not alone:
        name = _e(language.say("Page"))
        link = f'<a href="{own_page}" aria-label="{name} – {_e(figure.title)}">{name}</a>'
        downloads = f"{link} {downloads}"
    return (
        f'\n<figure class="fig" id="fig-{figure.id}" data-figure="{figure.id}" data-src="{stem}.js">\n'
        f"{'' if alone else head}"
        f"{picture_room(figure.id)}\n"
        f'<p class="fig-controls" data-find="no" data-print="no">'
        f'<button type="button" class="fig-explore" hidden '
        f'aria-label="{explore} – {_e(figure.title)}" data-loading="{loading}" '
        f'data-failed="{failed}">{explore}</button> '
        f"{downloads}</p>\n"
        f"{'' if alone else _sources(figure, inputs, language, links, page)}"
        f"{_table(figure, inputs, language, links, page, shown=alone)}"
        f"</figure>\n"
    )


def caption_html(caption: str, inputs: Inputs, links: Links, page: str) -> str:
    """Return the HTML of a caption, whose names lead to their entries as seen from *page*."""
    return linked_html(caption, inputs.ledger.entities, links, page)


def words(language: Language) -> Mapping[str, str]:
    """Return what a chart says once it is awake, by the names its script knows."""
    say = language.say
    return {
        "close": say("Close"),
        "in": say("Zoom in"),
        "out": say("Zoom out"),
        "reset": say("Reset"),
        "chart": say("Chart to explore"),
        "keys": say("Arrow keys go from one figure to the next, plus and minus zoom, Escape closes."),
        "shown": say("Shown sides"),
        "place": say("{n} of {total}", n="{n}", total="{total}"),
    }


def _sources(figure: Figure, inputs: Inputs, language: Language, links: Links, page: str) -> str:
    label = _e(language.say("Sources:"))
    named = [
        f'<a href="{links.to("sources", s, page)}">{_e(language.source_label(inputs.ledger.sources[s]))}</a>'
        for s in figure.sources
    ]
    return f'<p class="fig-source" data-print="source">{label} {", ".join(named)}.</p>\n'


def _table(
    figure: Figure, inputs: Inputs, language: Language, links: Links, page: str, *, shown: bool
) -> str:
    title, summary = _e(figure.title), _e(language.say("The data as a table"))
    head = "".join(f'<th scope="col">{_e(cell)}</th>' for cell in figure.table_head)
    rows = "".join(_row(row, inputs, links, page) for row in figure.table_rows)
    return (
        f'<details class="fig-data" data-find="no" data-print="no"{" open" if shown else ""}>'
        f"<summary>{summary}</summary>\n"
        f'<div class="table-wrap" role="group" tabindex="0" aria-label="{title}">'
        f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>\n</details>\n"
    )


def _row(row: tuple[Cell, ...], inputs: Inputs, links: Links, page: str) -> str:
    cells = []
    for number, cell in enumerate(row):
        text = _e(cell.text)
        if cell.record_id in inputs.ledger.claims:
            table = inputs.ledger.claims[cell.record_id].table
            text = f'<a href="{links.to(table, cell.record_id, page)}">{text}</a>'
        elif cell.record_id in inputs.ledger.events:
            text = f'<a href="{links.to("events", cell.record_id, page)}">{text}</a>'
        elif cell.record_id in inputs.ledger.entities:
            table = inputs.ledger.entities[cell.record_id].table
            text = f'<a href="{links.to(table, cell.record_id, page)}">{text}</a>'
        if cell.value:
            text = f'<data value="{_e(cell.value)}">{text}</data>'
        cells.append(f'<th scope="row">{text}</th>' if number == 0 else f"<td>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"

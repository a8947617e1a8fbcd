"""What a pass may know beside the page it changes: the documentary in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.drawing import Drawings
from generator.figures import Figure
from generator.language import Language
from generator.loading import Inputs
from generator.media import Shown
from generator.pages import Page, Site
from generator.settings import FIGURE_PAGES, Documentary


@dataclass(frozen=True, slots=True)
class FontLinks:
    """Where the style sheet of the fonts stands, and the fonts of the first view; from the site's root.

    `own` are the rules of a page alone, by its path from the root; they name files as the sheet does.
    `italic` is for the first view of pages with many words in italics only.
    """

    sheet: str
    early: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    italic: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """One language of a documentary.

    What is known only when every page has been read is empty until then: `pdfs` and `archives` are
    sizes in bytes by path from the root of the whole site, `sheets` the joined style sheet of several.
    `shown` is what is seen and played of each row of media.
    """

    inputs: Inputs
    site: Site
    address: str
    drawings: Drawings
    pages: Mapping[str, Page]
    files: frozenset[str] = frozenset()
    shown: Mapping[str, Shown] = field(default_factory=dict)
    pdfs: Mapping[str, int] = field(default_factory=dict)
    fonts: FontLinks | None = None
    sheets: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    archives: Mapping[str, int] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The language of the pages."""
        return self.site.language

    @property
    def code(self) -> str:
        """The code of that language, which is also the folder of its site."""
        return self.site.language.code

    @property
    def documentary(self) -> Documentary:
        """The settings of the documentary."""
        return self.inputs.documentary

    @property
    def codes(self) -> tuple[str, ...]:
        """Every language of the site; the first is the default."""
        return tuple(self.inputs.documentary.languages)

    def written_in(self, path: str) -> tuple[str, ...]:
        """Return the languages in which the page at *path* in the site of a language is written."""
        return self.documentary.written_in(path.removesuffix(".html"))

    @property
    def home(self) -> str:
        """The path of the home page in the site of its language."""
        return f"{self.documentary.home}.html"

    @property
    def title(self) -> str:
        """The title of the documentary."""
        return self.language.text(self.documentary.title)

    @property
    def authors(self) -> str:
        """Who wrote it."""
        return self.language.text(self.documentary.authors)


def make_context(
    inputs: Inputs, site: Site, address: str, drawings: Drawings, files: frozenset[str]
) -> Context:
    """Gather what the first passes over the pages of one language know.

    Args:
        inputs: the documentary.
        site: its pages in the language.
        address: the absolute address of the site's root with a final slash, or "" for none.
        drawings: its figures as they are drawn.
        files: what stands in the site of the language beside its pages, by path.
    """
    return Context(inputs, site, address, drawings, pages_by_path(inputs.documentary, site), files)


def pages_by_path(documentary: Documentary, site: Site) -> dict[str, Page]:
    """Return every page of a language by its path: those of the list of pages, then those of figures."""
    pages = {f"{page.path}.html": page for page in site.pages}
    figures = site.figures.values() if documentary.gallery else ()
    return pages | {f"{FIGURE_PAGES}/{figure.id}.html": _page_of(figure, documentary) for figure in figures}


def _page_of(figure: Figure, documentary: Documentary) -> Page:
    return Page(
        path=f"{FIGURE_PAGES}/{figure.id}",
        title=figure.title,
        description=figure.alt,
        markdown="",
        hides_contents=True,
        used=(("figure", figure.id),),
        sections=(),
        source=documentary.file,
    )

"""Changed files go in; the pages that they change come out, those first that somebody looks at.

The whole site is made once, in memory, and stays there with all it was made from. Of a change only what
depends on it is made again: pages by `make_site` and MkDocs as in a build, drawings where a figure may be
another. What is made of all pages together (search, feeds, pictures to share, files to take home) is made
when somebody asks for one of these, as are PDFs and zips.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.build import assemble, epoch_of, print_one, projects_of
from generator.checking import HOME, Checked, check_inputs
from generator.drawing import PROGRAMS, Drawings, draw_figures
from generator.drawing.letters import check_letters
from generator.drawing.packed import packed_script
from generator.figures import Figure
from generator.ledger.model import Ledger
from generator.loading import Inputs, load_files, load_prose
from generator.media import make_shown
from generator.media.renditions import PLACE
from generator.output.build_key import digest, maker
from generator.output.lock import alone_in
from generator.output.memory import Memory
from generator.output.write import write_file, write_tree
from generator.pages import Kept, Site
from generator.problems import Problem
from generator.site.cards import card_scripts, mark_scripts
from generator.site.context import Context, pages_by_path
from generator.site.figure_pages import EMBEDDED, embedded_pages, figure_pages
from generator.site.finish import FinishedSite
from generator.site.layers import late_layers
from generator.site.media import media_files
from generator.site.page_stages import finish_alone, media_in
from generator.site.pictures import is_late_drawing, late_drawings
from generator.site.project import sides_css
from generator.site.style_attributes import sheet
from generator.site.warm_engine import WarmEngine, open_project
from generator.translation.record import FILE, TEXTS

#: A language and a page in it, by path without ending.
Shown = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Update:
    """What a change did: the pages that are others now, by path from the root, and the seconds it took.

    With problems nothing is another: the last good pages stay.
    """

    pages: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class LiveSite:
    """A site in memory: `tree` is what is served, by path from its root; *work* keeps what was made."""

    work: Path
    tree: dict[str, bytes] = field(default_factory=dict)
    inputs: Inputs | None = None
    kept: dict[str, Kept] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict)
    projects: dict[str, dict[str, bytes]] = field(default_factory=dict)
    engines: dict[str, WarmEngine] = field(default_factory=dict)
    drawn: dict[Shown, Figure] = field(default_factory=dict)
    memory: Memory = field(init=False)
    _due: dict[str, set[str]] = field(default_factory=dict)
    _carded: dict[str, Ledger] = field(default_factory=dict)
    _shown: dict[Shown, tuple[bytes, str, str]] = field(default_factory=dict)
    _beside: str = ""
    _whole: str = ""
    _asked: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _letters: set[str] = field(default_factory=set)
    _lacking: bool = False

    def __post_init__(self) -> None:
        self.memory = Memory(self.work / "memory", maker(HOME))

    def update(self, files: Mapping[str, bytes], shown: Collection[Shown]) -> Iterator[Update]:
        """Bring the site up to *files*: what is *shown* first, in one update, then page after page.

        Whoever stops asking leaves the rest to the next change.
        The last update has no pages: everything is made.
        """
        started = time.perf_counter()
        inputs = self._read(files)
        if isinstance(inputs, list):
            yield Update(problems=tuple(sorted(inputs)), seconds=time.perf_counter() - started)
            return
        if not self.contexts or self._beside != _beside(inputs):
            yield replace(self._begin(inputs), seconds=time.perf_counter() - started)
            return
        for only in ({path for _, path in shown}, None):
            checked = check_inputs(inputs, _silent, formatted=True, kept=self.kept, only=only)
            if isinstance(checked, list):
                yield Update(problems=tuple(checked), seconds=time.perf_counter() - started)
                return
            self.inputs = inputs
            for update in self._follow(checked, shown, rest=only is None):
                yield replace(update, seconds=time.perf_counter() - started)
        if self._lacking:
            # A letter that no page had: the fonts are cut anew, and every page asks for them.
            yield replace(self._begin(inputs), seconds=time.perf_counter() - started)
        yield Update(seconds=time.perf_counter() - started)

    def _read(self, files: Mapping[str, bytes]) -> Inputs | list[Problem]:
        """Read the inputs; of the ledger only what has changed is read again."""
        before = self.inputs
        same = before is not None and _apart_from_docs(files) == _apart_from_docs(before.files)
        inputs = load_prose(files, before) if before is not None and same else load_files(files, before)
        letters = list(check_letters(files, PROGRAMS / "node_modules"))
        return [*(inputs if isinstance(inputs, list) else ()), *letters] or inputs

    def file(self, path: str) -> bytes | list[Problem] | None:
        """Return what stands at *path* as the files last were without a problem; `None` where nothing does.

        Pages and what they are drawn with are there. What is made of all of them is made now, unless that has
        been done: with the problems of it, if there are any.
        """
        kept = self.tree.get(path)
        if kept is None or self.inputs is None or _is_shown(path):
            return kept
        with alone_in(self.work, lambda: None):
            now = digest(self.inputs.files)
            if path.endswith(".pdf") or path.startswith("download/"):
                known = self._asked.get(path)
                if known is None or known[0] != now:
                    made = self._make_alone(path, self.inputs)
                    if isinstance(made, list):
                        return made
                    known = self._asked[path] = (now, made)
                return known[1]
            if self._whole != now and (problems := self._begin(self.inputs).problems):
                return list(problems)
            return self.tree.get(path)

    def _make_alone(self, path: str, inputs: Inputs) -> bytes | list[Problem]:
        """Print a PDF, or make the whole site to pack it."""
        checked = check_inputs(inputs, _silent, formatted=True, kept=self.kept, memory=self.memory)
        if isinstance(checked, list):
            return checked
        if path.endswith(".pdf"):
            made: bytes | list[Problem] = print_one(checked, self.work, self.memory, path)
        else:
            finished = self._assemble(checked, promised=False)
            made = finished if isinstance(finished, list) else finished.tree[path]
        self.memory.close()
        return made

    def _assemble(self, checked: Checked, *, promised: bool) -> FinishedSite | list[Problem]:
        return assemble(
            checked,
            self.work,
            self.memory,
            engine="mkdocs",
            address="",
            announce=_silent,
            pdf=True,
            promised=promised,
        )

    def _begin(self, inputs: Inputs) -> Update:
        """Make the whole site; its PDFs and zips are promised."""
        self.kept = {code: self.kept.get(code) or Kept() for code in inputs.documentary.languages}
        checked = check_inputs(inputs, _silent, formatted=True, kept=self.kept, memory=self.memory)
        if isinstance(checked, list):
            return Update(problems=tuple(checked))
        finished = self._assemble(checked, promised=True)
        self.memory.close()
        if isinstance(finished, list):
            return Update(problems=tuple(finished))
        before = self.tree
        self.inputs, self.tree, self.contexts = inputs, dict(finished.tree), dict(finished.contexts)
        self.projects, self.drawn = projects_of(checked), _figures_of(checked.sites)
        self.engines.clear()
        self._due.clear()
        self._carded = dict.fromkeys(inputs.documentary.languages, inputs.ledger)
        self._shown.clear()
        self._beside, self._whole = _beside(inputs), digest(inputs.files)
        self._lacking, self._letters = (
            False,
            set().union(*(raw.decode() for path, raw in self.tree.items() if _is_read(path))),
        )
        # A page that is gone is another one, too.
        pages = [path for path in {**before, **self.tree} if _is_page(path)]
        return Update(tuple(path for path in pages if self.tree.get(path) != before.get(path)))

    def _follow(self, checked: Checked, shown: Collection[Shown], *, rest: bool) -> Iterator[Update]:
        """Make again what would come out another way: pages *shown* together, or the *rest* one by one."""
        projects = projects_of(checked)
        for code, site in checked.sites.items():
            self._due[code] = self._due.get(code, set()) | self._changed(code, projects[code], checked)
            due = [page.path for page in site.pages if page.path in self._due[code]]
            first = [path for path in due if (code, path) in shown]
            for paths in ([path] for path in due) if rest else [first]:
                if paths:
                    yield self._make(code, paths, projects[code], checked)
            if rest:
                self._drop_strays(code)
                if self._carded.get(code) is not checked.inputs.ledger:
                    # A cell that no page prints may stand on a card.
                    self._tell(code, checked.inputs)
                    self._carded[code] = checked.inputs.ledger

    def _tell(self, code: str, inputs: Inputs) -> None:
        """Serve the cards of the ledger as it is now."""
        self.tree |= card_scripts(replace(self.contexts[code], inputs=inputs))

    def _drop_strays(self, code: str) -> None:
        """Serve no page any more that the documentary has no longer."""
        there = {f"{code}/{path}" for path in self.contexts[code].pages}
        for path in [p for p in self.tree if p.startswith(f"{code}/") and p.endswith(".html")]:
            if path not in there and not path.startswith(f"{code}/{EMBEDDED}/"):
                del self.tree[path]

    def _changed(self, code: str, project: Mapping[str, bytes], checked: Checked) -> set[str]:
        """Name the pages of a language that would come out another way now than they were last made."""
        before, site = self.projects.get(code, {}), checked.sites[code]
        if _frame(project) != _frame(before):
            self.engines.pop(code, None)
            return {page.path for page in site.pages}
        gallery = self.inputs and self.inputs.documentary.gallery
        redrawn = {i for i, figure in site.drawn.items() if self.drawn.get((code, i)) is not figure}
        media = self.contexts[code].inputs.ledger.media
        other = {i for i, row in checked.inputs.ledger.media.items() if media.get(i) != row}
        return {
            page.path
            for page in site.pages
            if project[f"docs/{page.path}.md"] != before.get(f"docs/{page.path}.md")
            or (other and other & media_in(project[f"docs/{page.path}.md"].decode()))
            or (redrawn and page.path == gallery)
            or redrawn & {ident for kind, ident in page.used if kind == "figure"}
        }

    def _make(self, code: str, paths: list[str], project: dict[str, bytes], checked: Checked) -> Update:
        """Make pages of one language anew, and serve those that are others."""
        site = checked.sites[code]
        context = self.contexts[code] = self._context(code, site, checked.inputs, paths)
        folder = self.work / "live" / code
        if code in self.engines:
            for path in paths:
                write_file(folder / f"docs/{path}.md", project[f"docs/{path}.md"])
        else:
            write_tree(project, folder)
            self.engines[code] = open_project(folder, code, epoch_of(checked.inputs))
        html, problems = self.engines[code].render(paths)
        if problems:
            return Update(problems=tuple(sorted(problems)))
        # A sheet, a drawing that is made now stays when the files come back to what they were.
        self._whole = ""
        changed = []
        html |= self._figure_pages(html, context)
        for path, raw in html.items():
            page = finish_alone(raw, path, context)
            self._wear(code, page.styles)
            late = late_drawings(page.late, context) | late_layers([page], context)
            texts = [page.html, *(svg for drawn in late.values() for svg in drawn.values())]
            self._lacking = self._lacking or not self._letters.issuperset("".join(texts))
            scripts = {f"{code}/{name}": packed_script(drawn) for name, drawn in late.items()}
            written = {page.where: page.html.encode("utf-8"), **scripts}
            if any(self.tree.get(where) != raw for where, raw in written.items()):
                changed.append(page.where)
            self.tree |= written
        self.tree |= mark_scripts(context)
        self._due[code] -= set(paths)
        remembered = {f"docs/{path}.md": project[f"docs/{path}.md"] for path in paths}
        frame = {name: raw for name, raw in project.items() if not name.endswith(".md")}
        self.projects[code] = {**self.projects.get(code, {}), **frame, **remembered}
        return Update(tuple(changed))

    def _figure_pages(self, html: Mapping[str, bytes], context: Context) -> dict[str, bytes]:
        """Return the pages of figures that would come out another way, if that of all figures was made."""
        inputs, site, drawings = context.inputs, context.site, context.drawings
        path, code = f"{inputs.documentary.gallery}.html", context.code
        if path not in html:
            return {}
        raw = figure_pages(html[path], inputs.documentary, site, context.address)
        self.tree |= embedded_pages(inputs, site, drawings, context.address)
        made = {
            where: (page, drawings.wide[code, ident], drawings.narrow[code, ident])
            for (where, page), ident in zip(raw.items(), site.figures, strict=True)
        }
        others = {
            where: raw[where] for where, parts in made.items() if self._shown.get((code, where)) != parts
        }
        self._shown |= {(code, where): parts for where, parts in made.items()}
        return others

    def _context(self, code: str, site: Site, inputs: Inputs, paths: Collection[str]) -> Context:
        """Return what the passes know now, with fresh drawings of the figures on *paths*."""
        named = (mark for page in site.pages if page.path in paths for mark in page.used)
        used = {ident for kind, ident in named if kind == "figure" and ident in site.drawn}
        used |= set(site.figures) if inputs.documentary.gallery in paths else set()
        drawn = site.drawn
        stale = {i: drawn[i] for i in used if self.drawn.get((code, i)) is not drawn[i]}
        context = self.contexts[code]
        drawings = context.drawings
        if stale:
            fresh = draw_figures({code: stale}, inputs, self.work, self.memory)
            self.memory.close()
            drawings = Drawings(
                wide={**drawings.wide, **fresh.wide},
                narrow={**drawings.narrow, **fresh.narrow},
                plots={**drawings.plots, **fresh.plots},
                narrow_plots={**drawings.narrow_plots, **fresh.narrow_plots},
                plotly=fresh.plotly,
                marks={**drawings.marks, **fresh.marks},
            )
            self.drawn |= {(code, ident): figure for ident, figure in stale.items()}
        pages = pages_by_path(inputs.documentary, site)
        shown = context.shown
        if inputs.ledger.media != context.inputs.ledger.media:
            shown = make_shown(inputs.ledger.media.values(), inputs.files, self.memory)
            self.memory.close()
            self.tree |= media_files(shown)
        return replace(context, inputs=inputs, site=site, pages=pages, drawings=drawings, shown=shown)

    def _wear(self, code: str, styles: Mapping[str, str]) -> None:
        """Add classes that came into being with a page to the joined style sheets of its language."""
        sheets = {path for path in self.contexts[code].sheets.values() if path.startswith(f"{code}/")}
        for path in sheets & self.tree.keys():
            there = self.tree[path]
            new = {name: css for name, css in styles.items() if f".{name}.{name}{{".encode() not in there}
            self.tree[path] = there + sheet(new)


def _figures_of(sites: Mapping[str, Site]) -> dict[Shown, Figure]:
    return {(code, ident): figure for code, site in sites.items() for ident, figure in site.drawn.items()}


def _apart_from_docs(files: Mapping[str, bytes]) -> str:
    return digest({path: raw for path, raw in files.items() if not path.startswith("docs/")})


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _is_read(path: str) -> bool:
    """Tell whether a file is a page, or a drawing that one fetches: fonts have the letters of these."""
    return _is_page(path) or is_late_drawing(path)


def _is_shown(path: str) -> bool:
    """Tell whether a file belongs to what a page shows, and follows each change with it."""
    return _is_read(path) or path.startswith(f"{PLACE}/") or "/cards/" in path or "/assets/" in path


def _beside(inputs: Inputs) -> str:
    """Return the digest of all but tables and texts: of these it is known which pages they change.

    The others are rarely edited, and their traces are everywhere: settings, templates, styles, the package.
    The colours of the sides, which a table holds, stand in a style sheet.
    """
    files = {path: raw for path, raw in inputs.files.items() if not _is_followed(path)}
    return digest({**files, "sides": sides_css(inputs)})


def _is_followed(path: str) -> bool:
    prose = (path.startswith("docs/") and path.endswith(".md")) or path in {FILE, TEXTS}
    return prose or (path.startswith("data/") and path.endswith((".csv", ".geojson")))


def _frame(project: Mapping[str, bytes]) -> str:
    """Return the digest of what every page of a project depends on: settings, navigation, templates."""
    return digest({path: raw for path, raw in project.items() if not path.startswith("docs/")})


def _silent(_: str) -> None:
    """Say nothing: of a change one line is said, at its end."""

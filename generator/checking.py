"""A documentary's folder goes in; its inputs and its pages come out checked, or all that is wrong with them.

What a check needs is little beside what a build does; this module loads no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.drawing import PROGRAMS
from generator.drawing.letters import check_letters
from generator.figures.checks import check_drawn
from generator.language.catalogs import load_languages
from generator.language.forms import check_forms
from generator.ledger.checks import check_ledger
from generator.loading import Inputs, load_files
from generator.media import check_files, telling_files, unlisted_files
from generator.output.build_key import maker
from generator.output.memory import Memory
from generator.output.read import read_inputs
from generator.pages import Kept, Site, make_site
from generator.pages.following import notices
from generator.pages.pairs import check_pairs
from generator.problems import Problem
from generator.prose.inline import check_entries
from generator.settings import check_changes, check_sheets
from generator.site import theme

#: The project's own folder: the generator and what it stands on.
HOME = Path(__file__).resolve().parent.parent
#: How a step is announced to whoever shows progress.
Announce = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A documentary without a problem: its inputs, its pages by language, and what one may want to know."""

    inputs: Inputs
    sites: Mapping[str, Site]
    notices: tuple[Problem, ...] = ()


def check(root: Path, announce: Announce, *, formatted: bool = False) -> Checked | list[Problem]:
    """Read and check the documentary in *root*; every problem that can be found is found."""
    announce("reading the ledger and the prose")
    memory = Memory(root / "build" / "memory", maker(HOME))
    # What a build has made of a page that has not changed says what is wrong with it, too; nothing is kept.
    return check_read(read_inputs(root), announce, formatted=formatted, memory=memory.reading())


def check_read(
    files: Mapping[str, bytes], announce: Announce, *, formatted: bool, memory: Memory | None = None
) -> Checked | list[Problem]:
    """Check the documentary in these *files*, by path; the options are those of `check_inputs`."""
    inputs = load_files(files)
    letters = list(check_letters(files, PROGRAMS / "node_modules"))
    if isinstance(inputs, list):
        return sorted([*inputs, *letters])
    checked = check_inputs(inputs, announce, formatted=formatted, memory=memory)
    problems = checked if isinstance(checked, list) else []
    return sorted({*problems, *letters}) or checked


def check_inputs(
    inputs: Inputs,
    announce: Announce,
    *,
    formatted: bool,
    kept: Mapping[str, Kept] | None = None,
    only: Collection[str] | None = None,
    memory: Memory | None = None,
) -> Checked | list[Problem]:
    """Check what was read, and render its pages; the options are those of `make_site`, *kept* by language."""
    # Of the same ledger and settings, found sound before, nothing is asked again: only words have changed.
    before = kept.values() if kept else ()
    sound = bool(before) and all(one.is_of(inputs) for one in before)
    problems = [] if sound else list(_wrong_records(inputs))
    problems += check_files(inputs.ledger.media.values(), inputs.files)
    problems += check_sheets(inputs.engine, theme.assets(inputs.extra))
    announce("checking pages and translations")
    languages = load_languages(inputs.documentary.languages, files=inputs.files)
    sites: dict[str, Site] = {}
    for language in languages:
        if isinstance(language, Problem):
            problems.append(language)
            continue
        problems += [] if sound else check_forms(inputs.ledger, language)
        kept_pages = kept[language.code] if kept else None
        site = make_site(inputs, language, formatted=formatted, kept=kept_pages, only=only, memory=memory)
        if isinstance(site, list):
            problems += site
        else:
            sites[language.code] = site
    if sites and not sound:
        figures = next(iter(sites.values())).figures
        problems += check_drawn(inputs.documentary, inputs.ledger, figures)
    if len(sites) == len(inputs.documentary.languages):
        problems += check_pairs(
            {code: [page for page in site.pages if not page.elsewhere] for code, site in sites.items()}
        )
    behind = list(notices(inputs))
    problems += behind if inputs.documentary.strict else ()
    media = list(inputs.ledger.media.values())
    files = [*unlisted_files(media, inputs.files), *telling_files(media, inputs.files)]
    for one in before if not problems else ():
        one.sound = True
    known = tuple(sorted([*behind, *files]))
    return sorted(set(problems)) or Checked(inputs, sites, known)


def _wrong_records(inputs: Inputs) -> Iterator[Problem]:
    """Yield what is wrong with the ledger and the settings, whatever the pages say."""
    told = inputs.documentary
    yield from check_ledger(inputs.ledger, told.theatre, told.pace, told.memory_lanes)
    yield from check_entries(inputs.ledger, told)
    yield from check_changes(told)

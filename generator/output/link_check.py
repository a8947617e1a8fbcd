"""Sources go in; the links that lead out of the site come out, and, when asked, whether they answer."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from generator.ledger.sources import Source

#: How long one host may take, in seconds.
PATIENCE = 20
#: How many are asked at once; each is another host, mostly.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """A link of the bibliography: its source, its address, the day it was read, an archived copy or ""."""

    source: str
    address: str
    accessed: str
    archive: str


#: Asks one address; returns "" if it answers, or what went wrong in a few words.
Ask = Callable[[str], str]


def outside_links(sources: Mapping[str, Source]) -> Iterator[OutsideLink]:
    """Yield the link of every source that has one, in the order of the bibliography."""
    for ident, source in sources.items():
        if address := source.text("URL"):
            accessed = source.read_on.text if source.read_on else ""
            yield OutsideLink(ident, address, accessed, source.own.archive)


def dead_links(links: list[OutsideLink], ask: Ask) -> Iterator[tuple[OutsideLink, str]]:
    """Ask every link and yield those that do not answer, with what went wrong."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(ask, (link.address for link in links))
        yield from ((link, answer) for link, answer in zip(links, answers, strict=True) if answer)


def safer_links(links: list[OutsideLink], ask: Ask) -> list[OutsideLink]:
    """Return the links over plain HTTP whose host answers under the same address over HTTPS, too."""
    plain = [link for link in links if link.address.startswith("http://")]
    over_tls = [replace(link, address=f"https://{link.address.removeprefix('http://')}") for link in plain]
    silent = {link.source for link, _ in dead_links(over_tls, ask)}
    return [link for link in plain if link.source not in silent]


def ask_host(address: str) -> str:
    """Ask for a page's head over the network. Nothing is fetched unless somebody runs the command."""
    asked = urllib.request.Request(address, method="HEAD", headers={"User-Agent": "link check"})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE):  # noqa: S310 - addresses of our bibliography
            return ""
    except urllib.error.HTTPError as error:
        with error:
            # Some hosts refuse to give the head alone; they are there.
            return "" if error.code in {403, 405, 429} else f"{error.code} {error.reason}"
    except (urllib.error.URLError, OSError, ValueError) as error:
        return str(getattr(error, "reason", error))

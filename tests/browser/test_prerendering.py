"""The next page, made before it is asked for, is whole when it is shown; on a metered line none is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FLAGS
from tests.devtools import DevTools, browser_by_pipe

pytestmark = [pytest.mark.browser, pytest.mark.node]

#: Why a browser makes no page ahead of time on a machine that has no room for it.
NO_ROOM = {"LowEndDevice", "MemoryLimitExceeded", "MemoryPressureOnTrigger", "MemoryPressureAfterTriggered"}
#: Where the link stands that leads to the first page.
HOME_LINK = """(() => {
  const box = document.querySelector(".md-header__title").getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
})()"""
RULES = "!!document.querySelector('script[type=speculationrules]')"


class Tab:
    """A tab of a browser, and the pages in it: the one that is seen, and the one that is made meanwhile."""

    def __init__(self, tools: DevTools) -> None:
        """Open a tab, and hold it: whoever held its page alone would forbid what is tested here."""
        self.tools = tools
        target = tools.ask("Target.createTarget", url="about:blank", forTab=True)["targetId"]
        held = tools.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tools.ask("Target.setAutoAttach", held, autoAttach=True, waitForDebuggerOnStart=False, flatten=True)
        self.seen = self.page("")
        for domain in ("Page", "Runtime", "Preload"):
            tools.ask(f"{domain}.enable", self.seen)

    def page(self, kind: str) -> str:
        """Wait for a page in the tab, and return the session that holds it."""
        told = self.tools.wait(
            "Target.attachedToTarget",
            lambda about: (
                about["targetInfo"]["type"] == "page" and about["targetInfo"].get("subtype", "") == kind
            ),
        )
        return str(told["params"]["sessionId"])

    def open(self, url: str) -> None:
        """Open a page, and wait until all of it is there."""
        self.tools.ask("Page.navigate", self.seen, url=url)
        self.tools.wait("Page.loadEventFired")

    def mouse(self, kind: str, spot: list[float]) -> None:
        """Move the mouse to a spot of the page that is seen, press or release it there."""
        pressed: dict[str, Any] = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
        self.tools.tell("Input.dispatchMouseEvent", self.seen, type=kind, x=spot[0], y=spot[1], **pressed)


@pytest.fixture
def tab(chromium: str, tmp_path: Path) -> Iterator[Tab]:
    with browser_by_pipe(chromium, FLAGS, tmp_path / "profile") as tools:
        yield Tab(tools)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_page_made_ahead_is_activated_and_its_cards_search_and_paper_are_there(
    code: str, tab: Tab, address: str
) -> None:
    tools = tab.tools
    tab.open(f"{address}/{code}/ledger/places.html")
    tools.until(tab.seen, RULES)
    spot = tools.value(tab.seen, HOME_LINK)
    tab.mouse("mouseMoved", spot)
    told = tools.wait("Preload.prerenderStatusUpdated", lambda about: about["status"] in ("Ready", "Failure"))
    why = told["params"].get("prerenderStatus", "")
    if why in NO_ROOM:
        pytest.skip(f"the browser has no room for a page ahead of time here: {why}")
    assert told["params"]["status"] == "Ready", why
    ahead = tab.page("prerender")
    assert tools.value(ahead, "[document.prerendering, location.pathname]") == [
        True,
        f"/aune/{code}/index.html",
    ]
    tools.value(tab.seen, "localStorage.setItem('scheme', 'slate')")
    tab.mouse("mousePressed", spot)
    tab.mouse("mouseReleased", spot)
    tools.until(ahead, "!document.prerendering")
    assert tools.value(ahead, "performance.getEntriesByType('navigation')[0].activationStart") > 0
    tools.until(ahead, "document.documentElement.dataset.mdColorScheme === 'slate'")
    tools.value(ahead, "document.querySelector('article .claim > a').click()")
    tools.until(ahead, "!!document.querySelector('.card:popover-open')")
    tools.value(ahead, "document.querySelector('.card').hidePopover()")
    tools.value(ahead, "document.querySelector('[data-search]').click()")
    tools.until(ahead, "document.activeElement.matches('.search input')")


def test_on_a_metered_line_no_page_is_made_ahead(tab: Tab, address: str) -> None:
    tab.tools.ask("Emulation.setDataSaverOverride", tab.seen, dataSaverEnabled=True)
    tab.open(f"{address}/en/ledger/places.html")
    assert tab.tools.value(tab.seen, "navigator.connection.saveData") is True
    assert tab.tools.value(tab.seen, RULES) is False
    tab.tools.ask("Emulation.setDataSaverOverride", tab.seen, dataSaverEnabled=False)
    tab.open(f"{address}/en/index.html")
    tab.tools.until(tab.seen, RULES)

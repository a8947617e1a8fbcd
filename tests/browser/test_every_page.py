"""Every page of the documentary of this repository in a real browser, as a reader opens it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_browser import (
    CODES,
    DAYS_VIEW,
    DESK,
    FIRST_VIEW,
    Visit,
    context,
    first_view,
    not_found,
    on_a_telephone,
    pages_of,
    sticking_out,
    visit,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["context"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


#: So many pages are open at once: each is still while the others are, and waits for nothing alone.
TOGETHER = 4


def test_every_page_of_the_real_site_is_light_keeps_still_fits_a_telephone_and_wakes_its_charts(
    browser: Browser, built_real: Path, real_address: str
) -> None:
    site = built_real / "site"
    names = [path.relative_to(site).as_posix() for path in pages_of(site)]
    wrong: dict[str, list[str]] = {}
    for first in range(0, len(names), TOGETHER):
        with ExitStack() as together:
            views = {
                name: together.enter_context(on_a_telephone(browser, f"{real_address}/{name}"))
                for name in names[first : first + TOGETHER]
            }
            for name, seen in views.items():
                if told := told_of(seen, site, real_address, name):
                    wrong[name] = told
    assert wrong == {}


def told_of(seen: Visit, site: Path, address: str, name: str) -> list[str]:
    """Return what is wrong with a page just opened: weight, jumps, what sticks out, errors."""
    told = []
    # The page for what is not found is of no folder, and has the files of all languages.
    if name != "404.html":
        weight, jumped = first_view(seen, site, address, name)
        most = DAYS_VIEW if name.endswith("/days.html") else FIRST_VIEW
        told += [f"a first view of {weight} bytes"] if weight > most else []
        told += [f"parts jump by {jumped}"] if jumped > 0.02 else []
    told += [f"sticks out: {what}" for what in sticking_out(seen.page)]
    wake_all(seen.page)
    abroad = [url for url in seen.asked if not url.startswith((address, "data:", "blob:"))]
    return told + seen.errors + abroad


def wake_all(page: Page) -> None:
    """Wake each chart in turn, on a screen that is now as wide as a desk's."""
    page.keyboard.press("Escape")
    page.set_viewport_size(DESK)
    for figure in page.locator("figure.fig:has(.fig-explore)").all():
        figure.locator(".fig-explore").click()
        figure.locator("svg.main-svg").first.wait_for()
        page.keyboard.press("Escape")


@pytest.mark.parametrize("code", CODES)
def test_every_form_of_a_name_of_the_real_ledger_leads_to_its_entry(
    code: str, context: BrowserContext, built_real: Path, real_address: str
) -> None:
    page = visit(context, f"{real_address}/{code}/index.html").page
    assert not_found(page, built_real) == []

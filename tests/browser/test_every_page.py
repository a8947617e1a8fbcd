"""Every page of the documentary of this repository in a real browser, as a reader opens it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_browser import CODES, FIRST_VIEW, context, first_view, not_found, pages_of, too_wide, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

__all__ = ["context"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_page_of_the_real_site_opens_without_an_error_and_wakes_its_charts(
    browser: Browser, built_real: Path, real_address: str
) -> None:
    site = built_real / "site"
    wrong: dict[str, list[str]] = {}
    with browser.new_context() as context:
        for path in pages_of(site):
            name = path.relative_to(site).as_posix()
            seen = visit(context, f"{real_address}/{name}")
            for figure in seen.page.locator("figure.fig:has(.fig-explore)").all():
                figure.locator(".fig-explore").click()
                figure.locator("svg.main-svg").first.wait_for()
                seen.page.keyboard.press("Escape")
            abroad = [u for u in seen.asked if not u.startswith((real_address, "data:", "blob:"))]
            if seen.errors or abroad:
                wrong[name] = seen.errors + abroad
            seen.page.close()
    assert wrong == {}


def test_a_first_view_of_every_page_of_the_real_site_is_light_and_nothing_jumps(
    browser: Browser, built_real: Path, real_address: str
) -> None:
    site = built_real / "site"
    paths = [p.relative_to(site).as_posix() for p in pages_of(site)]
    views = {path: first_view(browser, site, real_address, path) for path in paths if path != "404.html"}
    assert {path: view for path, view in views.items() if view[0] > FIRST_VIEW or view[1] > 0.02} == {}


def test_no_page_of_the_real_site_scrolls_sideways_on_a_telephone(
    browser: Browser, built_real: Path, real_address: str
) -> None:
    assert too_wide(browser, built_real / "site", real_address) == {}


@pytest.mark.parametrize("code", CODES)
def test_every_form_of_a_name_of_the_real_ledger_leads_to_its_entry(
    code: str, context: BrowserContext, built_real: Path, real_address: str
) -> None:
    page = visit(context, f"{real_address}/{code}/index.html").page
    assert not_found(page, built_real) == []

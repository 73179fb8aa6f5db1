"""The door in a real browser: the moment of work is done while one reads, and answers can be taken back."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

Check = Callable[[Page], None]


def last_session(site: Any) -> tuple[object, ...]:
    return site.rows("select status, signs from respond_session order by id desc limit 1")[0]


def test_the_work_is_done_unnoticed_and_answers_are_taken_back(
    site: Any, device: Callable[..., BrowserContext], check_page: Check
) -> None:
    page = device().new_page()
    page.goto(f"{site.url}/s/short/")
    expect(page.locator("input[name=proof]")).not_to_have_value("")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start").last.click()
    page.wait_for_url("**/words/")
    assert last_session(site) == ("eligible", "{}")
    page.goto(f"{site.url}/s/short/withdraw/")
    check_page(page)
    page.get_by_role("button", name="Delete my answers").click()
    expect(page.get_by_role("heading", name="Your answers are deleted")).to_be_visible()
    assert last_session(site)[0] == "withdrawn"


def test_whoever_is_quicker_than_the_work_still_comes_in(site: Any, device: Callable[..., BrowserContext]) -> None:
    page = device().new_page()
    page.goto(f"{site.url}/s/short/", wait_until="commit")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start").last.click()
    page.wait_for_url("**/words/")
    assert last_session(site)[0] == "eligible"

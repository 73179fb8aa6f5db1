"""The connection goes while somebody answers: what they chose is kept, sent later, and never called saved before."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

NOT_SAVED = "Not saved yet: there is no connection."


@pytest.fixture
def context(site, browser) -> BrowserContext:
    context = browser.new_context(locale="en-CA")
    yield context
    context.close()


@pytest.fixture
def task(site, context: BrowserContext) -> Page:
    """Somebody at the first task of the short study."""
    page = context.new_page()
    page.goto(f"{site.url}/s/short/")
    page.get_by_role("checkbox").check()
    page.locator("form#page-form .button-primary").click()
    for _page in range(12):
        if "task-1" in page.url:
            return page
        for group in page.locator("form#page-form fieldset").all():
            group.locator("input").first.check()
        for text in page.locator("form#page-form input.input").all():
            text.fill("7")
        skip = page.get_by_role("button", name="Skip the practice")
        (skip if skip.count() else page.locator("form#page-form .button-primary")).click()
    raise AssertionError(page.url)


def mark(page: Page, most: int = 0, least: int = 1) -> None:
    page.locator("input[name=most]").nth(most).check(force=True)
    page.locator("input[name=least]").nth(least).check(force=True)


def stored(site) -> list[tuple[object, ...]]:
    return site.rows("SELECT best, worst FROM respond_taskanswer ORDER BY session_id DESC, shown_order")


def test_what_is_chosen_offline_is_sent_when_the_connection_is_back(site, context: BrowserContext, task: Page) -> None:
    before = len(stored(site))
    context.set_offline(True)
    mark(task)
    chosen = [task.locator(f"input[name={end}]:checked").get_attribute("value") for end in ("most", "least")]
    task.get_by_role("button", name="Next").last.click()
    expect(task.locator("[data-tap]")).to_contain_text(NOT_SAVED)
    assert "saved" not in task.locator("main").inner_text().replace(NOT_SAVED, "").lower()
    assert len(stored(site)) == before
    context.set_offline(False)
    task.wait_for_url("**/task-2/", timeout=15_000)
    assert len(stored(site)) == before + 1
    assert tuple(chosen) in stored(site)


def test_a_change_of_mind_while_waiting_is_what_is_sent(site, context: BrowserContext, task: Page) -> None:
    context.set_offline(True)
    mark(task)
    task.get_by_role("button", name="Next").last.click()
    expect(task.locator("[data-tap]")).to_contain_text(NOT_SAVED)
    mark(task, 2, 0)
    chosen = tuple(task.locator(f"input[name={end}]:checked").get_attribute("value") for end in ("most", "least"))
    task.get_by_role("button", name="Next").last.click()
    context.set_offline(False)
    task.wait_for_url("**/task-2/", timeout=15_000)
    assert chosen in stored(site)


@pytest.mark.parametrize("trouble", ["cut off before", "cut off after", "server in trouble"])
def test_an_answer_that_may_have_arrived_is_sent_again_and_counts_once(
    trouble: str, site, context: BrowserContext, task: Page
) -> None:
    before, tries = len(stored(site)), []

    def meet(route: Route) -> None:
        tries.append(route.request.method)
        if route.request.method != "POST" or len(tries) > 1:
            route.continue_()
        elif trouble == "cut off before":
            route.abort()
        elif trouble == "cut off after":
            route.fetch()  # it arrives, and nobody hears of it
            route.abort()
        else:
            route.fulfill(status=503, body="busy")

    context.set_offline(True)
    mark(task)
    task.get_by_role("button", name="Next").last.click()
    expect(task.locator("[data-tap]")).to_contain_text(NOT_SAVED)
    task.route("**/task-1/", meet)
    context.set_offline(False)
    task.wait_for_url("**/task-2/", timeout=15_000)
    assert tries[:2] == ["POST", "POST"]
    assert len(stored(site)) == before + 1


def test_what_the_server_asks_for_is_still_shown(site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{site.url}/s/study/")
    page.get_by_role("checkbox").check()
    page.locator("form#page-form .button-primary").click()
    page.wait_for_url("**/background-1/")
    context.set_offline(True)
    page.locator("form#page-form .button-primary").click()  # nothing is filled in
    expect(page.locator("[data-tap]")).to_contain_text(NOT_SAVED)
    context.set_offline(False)
    expect(page.locator("#problems")).to_be_visible(timeout=15_000)
    assert "background-1" in page.url

"""The task page close up: what a script adds, what assistive technology is told, how little is sent."""

import re

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
BIGGEST_PAGE = 60_000
"""Bytes a first visit may load, before compression."""


@pytest.fixture(scope="module")
def cookies(site, browser) -> dict:
    """A participant at the first task; each test opens it in a device of its own."""
    context = browser.new_context(locale="en-CA")
    page = context.new_page()
    page.goto(f"{site.url}/s/study/")
    page.get_by_role("checkbox").check()
    page.locator("form#page-form .button-primary").click()
    while "background" in page.url:
        for group in page.locator("form#page-form fieldset").all():
            group.locator("input").first.check()
        for text in page.locator("form#page-form input.input").all():
            text.fill("7")
        page.locator("form#page-form .button-primary").click()
    page.locator("form#page-form .button-primary").click()
    page.get_by_role("button", name="Skip the practice").click()
    assert page.url.endswith("/task-1/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def task(site, device, cookies) -> Page:
    page = device(PHONE, storage_state=cookies).new_page()
    page.goto(f"{site.url}/s/study/task-1/")
    return page


def test_both_groups_and_every_choice_have_their_names(task: Page) -> None:
    labels = task.locator(".item-label").all_inner_texts()
    assert len(labels) == 5
    for end in ("Most important", "Least important"):
        group = task.get_by_role("group", name=end, exact=True)
        names = group.get_by_role("radio")
        expect(names).to_have_count(5)
        for place, label in enumerate(labels):
            expect(names.nth(place)).to_have_accessible_name(f"{label}: {end}")


def test_the_cards_are_a_list_and_the_question_is_the_heading(task: Page) -> None:
    expect(task.get_by_role("list").get_by_role("listitem")).to_have_count(5)
    expect(task.get_by_role("heading", level=1)).to_contain_text("most important, and which is least important")
    expect(task.get_by_role("progressbar", name="Task 1 of 12")).to_have_count(1)


def test_the_same_item_as_both_is_said_at_once_and_waits(task: Page) -> None:
    task.locator("label[for=most-2]").click()
    task.locator("label[for=least-2]").click()
    expect(task.locator("#most-2")).to_be_checked()
    expect(task.locator("#least-2")).to_be_checked()
    expect(task.locator("#both-2")).to_be_visible()
    expect(task.locator("#least-2")).to_have_accessible_description(re.compile("cannot be both"))
    task.locator("label[for=least-4]").click()
    expect(task.locator("#both-2")).to_be_hidden()
    expect(task.locator("#most-2")).to_be_checked()


def test_next_tells_what_is_missing_without_moving_the_page(task: Page) -> None:
    task.locator("label[for=most-1]").click()
    task.wait_for_timeout(100)
    before = task.evaluate("window.scrollY")
    task.get_by_role("button", name="Next").click()
    expect(task.locator("#still")).to_have_text("Still to choose: Least important")
    assert task.evaluate("window.scrollY") == before
    assert task.url.endswith("/task-1/")
    task.locator("label[for=least-3]").click()
    expect(task.locator("#still")).to_be_empty()


def test_controls_are_large_enough_for_a_thumb(task: Page) -> None:
    for control in task.locator(".pick-words, .frame-header .button, .actions .button, .item-more summary").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44, control.inner_text()


def test_the_table_on_a_wide_screen_has_most_left_item_middle_least_right(task: Page) -> None:
    task.set_viewport_size(DESK)
    for row in range(1, 6):
        most, item, least = (
            task.locator(f"{kind}.row-{row}").bounding_box() for kind in (".most .pick", ".item", ".least .pick")
        )
        assert most["x"] + most["width"] <= item["x"] + 1 <= least["x"] + 1
        assert most["y"] == item["y"] == least["y"]
        assert most["height"] == item["height"] == least["height"]


def test_on_a_phone_each_card_holds_its_two_controls(task: Page) -> None:
    for row in range(1, 6):
        most, item, least = (
            task.locator(f"{kind}.row-{row}").bounding_box() for kind in (".most .pick", ".item", ".least .pick")
        )
        assert item["y"] + item["height"] <= most["y"] + 1
        assert most["y"] == least["y"]
        assert most["x"] < least["x"]


def test_marks_can_be_seen_with_forced_colours(task: Page) -> None:
    task.emulate_media(forced_colors="active")
    task.locator("label[for=most-1]").click()
    marked, unmarked = (
        task.locator(f"label[for=most-{row}] .pick-words").evaluate("(one) => getComputedStyle(one).backgroundColor")
        for row in (1, 2)
    )
    assert marked != unmarked


def test_printed_the_cards_are_all_there(task: Page) -> None:
    task.emulate_media(media="print")
    expect(task.locator(".item-label")).to_have_count(5)
    expect(task.get_by_role("button", name="Next")).to_be_hidden()


def test_a_page_is_light_and_comes_from_this_site_alone(site, device, cookies) -> None:
    page = device(PHONE, storage_state=cookies).new_page()
    loaded: list[tuple[str, int]] = []
    complaints: list[str] = []
    page.on("response", lambda response: loaded.append((response.url, len(response.body()))))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site.url}/s/study/task-1/", wait_until="networkidle")
    assert all(address.startswith(site.url) for address, _size in loaded)
    assert sum(size for _address, size in loaded) < BIGGEST_PAGE
    assert complaints == []

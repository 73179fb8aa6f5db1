"""Real participants' paths through the shipped study, in a real browser at a real server."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Page, expect

PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
TASKS = 12

NEXT = "form#page-form .button-primary"


class Walker:
    """A participant: opens the link, answers what is asked, goes on."""

    def __init__(self, page: Page, site, check: Callable[[Page], None] | None = None, study: str = "study") -> None:
        self.page, self.site, self.check, self.study = page, site, check, study
        self.requests: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))

    @property
    def key(self) -> str:
        return self.page.url.partition(f"/s/{self.study}/")[2].strip("/")

    def look(self) -> None:
        if self.check is not None:
            self.check(self.page)

    def open(self) -> "Walker":
        self.page.goto(f"{self.site.url}/s/{self.study}/")
        self.look()
        return self

    def next(self) -> None:
        self.page.locator(NEXT).click()

    def agree(self) -> "Walker":
        self.page.get_by_role("checkbox").check()
        self.next()
        return self

    def answer_questions(self, adult: str = "yes") -> None:
        """Answer every question of this page with its first option, and go on."""
        for group in self.page.locator("form#page-form fieldset").all():
            group.locator("input").first.check()
        for text in self.page.locator("form#page-form input.input").all():
            text.fill("7")
        if self.page.locator("#q-adult-no").count():
            self.page.locator(f"#q-adult-{adult}").check()
        self.look()
        self.next()

    def reach_tasks(self) -> "Walker":
        self.open().agree()
        while self.key.startswith("background"):
            self.answer_questions()
        expect(self.page).to_have_url(re.compile("/words/$"))
        self.look()
        self.next()
        self.look()
        self.mark(1, 3)
        self.next()
        self.look()
        self.next()
        return self

    def reach_short_tasks(self) -> "Walker":
        """The first task of the short study, which asks nothing before it."""
        self.study = "short"
        self.open().agree()
        self.next()
        return self

    def mark(self, most: int, least: int) -> None:
        self.page.locator(f"label[for=most-{most}]").click()
        self.page.locator(f"label[for=least-{least}]").click()

    def do_task(self) -> None:
        number = int(self.key.removeprefix("task-"))
        size = self.page.locator(".item").count()
        self.mark(number % size + 1, (number + 1) % size + 1)
        if number == 1:
            self.look()
        self.next()

    def do_tasks(self) -> "Walker":
        while self.key.startswith("task-"):
            self.do_task()
        return self

    def finish(self) -> "Walker":
        while not self.key.startswith("thanks"):
            self.answer_questions()
        self.look()
        return self


def stored(site, page: Page) -> tuple[str, int, str, str]:
    """Status, number of answered tasks, group and language of the newest session."""
    del page
    ((session, status, group, language),) = site.rows(
        'select id, status, "group", language from respond_session order by id desc limit 1'
    )
    ((tasks,),) = site.rows("select count(*) from respond_taskanswer where session_id = ?", session)
    return status, tasks, group, language


def test_without_scripts_on_a_phone(site, device: Callable[..., BrowserContext]) -> None:
    page = device(PHONE, java_script_enabled=False).new_page()
    Walker(page, site).reach_tasks().do_tasks().finish()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert stored(site, page) == ("complete", TASKS, "HP", "en")


def test_without_scripts_the_server_says_what_cannot_be(site, device: Callable[..., BrowserContext]) -> None:
    page = device(PHONE, java_script_enabled=False).new_page()
    walker = Walker(page, site).reach_short_tasks()
    walker.mark(2, 2)
    walker.next()
    assert walker.key == "task-1"
    expect(page.locator("#most-2")).to_be_checked()
    expect(page.locator("#least-2")).to_be_checked()
    expect(page.locator("#both-2")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("is marked as both")


def test_at_320_px_every_page_fits_and_reads_well(site, device, check_page) -> None:
    page = device(SMALL_PHONE).new_page()
    Walker(page, site, partial(check_page, schemes=("light",))).reach_tasks().do_tasks().finish()
    assert stored(site, page)[:2] == ("complete", TASKS)


def test_on_a_desk_every_page_reads_well(site, device, check_page) -> None:
    page = device(DESK).new_page()
    walker = Walker(page, site, partial(check_page, schemes=("dark",))).reach_tasks().do_tasks().finish()
    assert {re.match(r"[a-z]+://[^/]+", request).group() for request in walker.requests} == {site.url}


def test_in_french_every_page_fits(site, device, check_page) -> None:
    page = device(SMALL_PHONE, locale="fr-CA").new_page()
    Walker(page, site, partial(check_page, schemes=())).reach_tasks().do_tasks().finish()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci")
    assert stored(site, page) == ("complete", TASKS, "HP", "fr")


def test_the_language_changes_without_losing_the_place(site, device) -> None:
    page = device(PHONE).new_page()
    walker = Walker(page, site).reach_short_tasks()
    walker.do_task()
    walker.mark(1, 3)
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert walker.key == "task-2"
    expect(page.locator("#most-1")).to_be_checked()
    expect(page.locator("#least-3")).to_be_checked()
    expect(page.get_by_role("group", name="Le plus important")).to_have_count(1)


def test_closing_the_browser_in_the_middle(site, browser, device) -> None:
    context = device(PHONE)
    walker = Walker(context.new_page(), site).reach_short_tasks()
    for _task in range(4):
        walker.do_task()
    cookies = context.storage_state()
    context.close()

    page = device(PHONE, storage_state=cookies).new_page()
    again = Walker(page, site, study="short").open()
    assert again.key == "task-5"
    page.get_by_role("button", name="Back").click()
    expect(page.locator("input:checked")).to_have_count(2)
    again.do_task()
    again.do_task()
    assert stored(site, page)[:2] == ("started", 5)


def test_going_on_at_another_device_with_the_code(site, device) -> None:
    page = device(PHONE).new_page()
    walker = Walker(page, site).reach_short_tasks()
    walker.do_task()
    page.get_by_text("Stop now and go on later").click()
    code = page.locator(".resume-code .code").inner_text()

    other = device(DESK).new_page()
    other.goto(f"{site.url}/s/short/")
    other.get_by_role("link", name="I have a code").click()
    other.get_by_label("Your code").fill(code.lower().replace("-", ""))
    other.get_by_role("button", name="Go on").click()
    assert other.url.endswith("/task-2/")


def test_somebody_under_18(site, device, check_page) -> None:
    page = device(PHONE).new_page()
    walker = Walker(page, site, check_page).open().agree()
    walker.answer_questions(adult="no")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your interest")
    check_page(page)
    assert stored(site, page)[:2] == ("ineligible", 0)


@pytest.mark.parametrize("viewport", [SMALL_PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_beside_the_way(site, device, check_page, viewport: dict[str, int]) -> None:
    page = device(viewport).new_page()
    walker = Walker(page, site).open()
    walker.next()
    expect(page.get_by_role("alert")).to_contain_text("Please tick the box")
    check_page(page)
    page.get_by_role("button", name="I do not want to take part").click()
    check_page(page)
    page.get_by_role("button", name="Back to the first page").click()
    walker.agree()
    walker.next()
    check_page(page)
    page.get_by_text("Stop now and go on later").click()
    check_page(page)
    page.get_by_role("button", name="Forget me").click()
    check_page(page)
    page.goto(f"{site.url}/s/study/resume/")
    page.get_by_role("button", name="Go on").click()
    check_page(page)


def test_by_keyboard_alone(site, device) -> None:
    page = device(DESK).new_page()
    page.goto(f"{site.url}/s/study/")
    keys = Keys(page)
    keys.to("#agree")
    keys.press("Space")
    keys.to(NEXT)
    keys.press("Enter")
    while "background" in page.url or "quality" in page.url or "demographics" in page.url:
        for group in range(page.locator("form#page-form fieldset").count()):
            keys.to(f"form#page-form fieldset >> nth={group} >> input >> nth=0")
            keys.press("Space")
        for field in range(page.locator("form#page-form input.input").count()):
            keys.to(f"form#page-form input.input >> nth={field}")
            page.keyboard.type("7")
        keys.to(NEXT)
        keys.press("Enter")
        if page.url.endswith("/words/"):
            keys.to(NEXT)
            keys.press("Enter")
            keys.to("text=Skip the practice")
            keys.press("Enter")
        while "/task-" in page.url:
            keys.to("#most-1")
            keys.press("Space")
            keys.press("ArrowDown")
            expect(page.locator("#most-2")).to_be_checked()
            keys.to("#least-1")
            keys.press("Space")
            keys.to(NEXT)
            keys.press("Enter")
    assert page.url.endswith("/thanks/")
    assert stored(site, page)[:2] == ("complete", TASKS)


class Keys:
    """Somebody who has only a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        before = self.page.url
        self.page.keyboard.press(key)
        if key == "Enter":
            self.page.wait_for_url(lambda url: url != before)

    def to(self, selector: str) -> None:
        """Tab until the focus is there, and see that it can be seen."""
        wanted = self.page.locator(selector)
        for _press in range(120):
            if wanted.evaluate("(element) => element === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"{selector} on {self.page.url} cannot be reached with the Tab key")
        assert wanted.evaluate("(element) => element.matches(':focus-visible')")


def test_the_enter_key_in_a_text_goes_on_and_changes_nothing_else(site, device) -> None:
    page = device(DESK).new_page()
    walker = Walker(page, site).open().agree()
    while not page.locator("form#page-form input.input").count():
        walker.answer_questions()
    before = walker.key
    page.locator("form#page-form input.input").first.press("Enter")
    expect(page).not_to_have_url(re.compile(before))
    expect(page.locator("html")).to_have_attribute("lang", "en")

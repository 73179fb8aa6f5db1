"""The owner's way through a site of their own: from the first run to a report that holds what somebody answered."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

DESK = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}
TASKS = 12
EMAIL = "olga@example.org"
PASSWORD = "a calm long sentence"
REPORT_MILLISECONDS = 90_000

Check = Callable[[Page], None]


INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONGROUND_", "DJANGO_"))}

FURNISH = """
import sys
from pathlib import Path
from commonground.web.site import preparing
preparing.set_up(Path(sys.argv[1]))
preparing.migrate()
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.simulation.fielding import Flow, simulate_study
from commonground.web.accounts.models import User
from commonground.web.studies.designs import design_of
from commonground.web.respond.importing import store_sessions
from commonground.web.studies.actions import add_study
owner = User.objects.create_user(sys.argv[3], sys.argv[4], name="Olga")
study = add_study(owner=owner, text=Path(sys.argv[2]).read_text(encoding="utf-8"), name="study.yaml")
people = simulate_study(study.record(), design_of(study), PUBLISHED_LIKE, Flow({"HP": 4, "R": 3, "P": 3}), seed=1)
store_sessions(study=study, sessions=people.sessions)
"""


@contextmanager
def serving(folder: Path) -> Iterator[dict[str, Any]]:
    """`commonground serve` on a data directory; what it printed."""
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [Path(sys.executable).parent / "commonground", "serve", "--data", folder / "data", "--json"],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=INHERITED,
        )
        assert process.stdout
        line = process.stdout.readline()
        assert line, (folder / "log").read_text()
        yield json.loads(line)
        process.terminate()
        process.wait(30)
        process.stdout.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A new site without an owner."""
    with serving(tmp_path_factory.mktemp("served")) as printed:
        yield printed


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory, study_file: Path) -> Iterator[dict[str, Any]]:
    """A site with an owner and a study that ten people have answered."""
    folder = tmp_path_factory.mktemp("owned")
    arguments = [folder / "data", study_file, EMAIL, PASSWORD]
    subprocess.run([sys.executable, "-W", "error", "-c", FURNISH, *arguments], env=INHERITED, check=True)
    with serving(folder) as printed:
        yield printed


@pytest.fixture(scope="module")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped study with few resamples: here the way matters, not the numbers."""
    from commonground.files.templates import template_text

    path = tmp_path_factory.mktemp("study") / "our-study.yaml"
    text = template_text("partner-priorities").replace("resamples: 2000", "resamples: 100")
    text = text.replace("ethics@example.org", "board@uni.ca")
    path.write_text(text.replace("permutations: 2000", "permutations: 100"), encoding="utf-8")
    return path


def answer_everything(page: Page, link: str) -> None:
    """A participant: first options, first card as most, second as least, until the thanks."""
    page.goto(link)
    page.get_by_role("checkbox").check()
    tasks = 0
    while True:
        page.locator("form#page-form .button-primary").first.click()
        step = page.url.rstrip("/").rpartition("/")[2]
        if step == "thanks":
            assert tasks == TASKS
            return
        if step.startswith("task-"):
            tasks += 1
            page.locator("#most-1").check()
            page.locator("#least-2").check()
        elif step == "example":
            page.get_by_role("button", name="Skip the practice").click()
            page.locator("#most-1").check()
            page.locator("#least-2").check()
            tasks += 1
        else:
            for group in page.locator("form#page-form fieldset").all():
                group.locator("input").first.check()
            for text in page.locator("form#page-form input.input").all():
                text.fill("7")


def make_the_account(owner: Page, served: dict[str, Any], check_page: Check) -> None:
    """The first run: without the token nothing, with it the owner's account."""
    owner.goto(served["site"])
    expect(owner.get_by_role("heading", level=1)).to_have_text("This site is new")
    check_page(owner)
    owner.goto(served["first_run"])
    owner.get_by_role("button", name="Make the account").click()
    expect(owner.get_by_role("alert")).to_be_visible()  # says what is missing
    check_page(owner)
    owner.get_by_label("Your name").fill("Olga")
    owner.get_by_label("E-mail address").fill(EMAIL)
    owner.get_by_label("Password").fill(PASSWORD)
    owner.get_by_role("button", name="Make the account").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Your partnerships and studies")
    check_page(owner)


def bring_a_study(owner: Page, study_file: Path, check_page: Check) -> None:
    """Bring a document with a mistake, then a good one."""
    owner.get_by_role("link", name="Start a study").click()
    check_page(owner)
    upload = owner.get_by_label("A study document from this device")
    upload.set_input_files(
        files=[{"name": "broken.yaml", "mimeType": "text/yaml", "buffer": b"title: Ours\nitms: []\n"}]
    )
    owner.get_by_role("button", name="Check it and make the study").click()
    expect(owner.get_by_text("broken.yaml, line").first).to_be_visible()
    check_page(owner)
    upload.set_input_files(study_file)
    owner.get_by_role("button", name="Check it and make the study").click()
    expect(owner.get_by_role("heading", name="Next: try it with a few people")).to_be_visible()
    check_page(owner)


def choose_the_design(owner: Page, check_page: Check) -> None:
    """Six at a time and back to five; how precise each would be is worked out by the worker."""
    owner.locator(".steps").get_by_role("link", name="Design").click()
    expect(owner.locator(".lead")).to_contain_text("11 tasks of 5.")
    expect(owner.get_by_role("img", name="A square of 11 by 11 items.")).to_be_visible()
    check_page(owner)
    owner.get_by_role("button", name=re.compile("Choose ?: 11 tasks of 6")).click()
    expect(owner.locator(".lead")).to_contain_text("11 tasks of 6.")
    owner.get_by_role("button", name=re.compile("Choose ?: 11 tasks of 5")).click()
    owner.get_by_role("button", name="Work out the precision of each").click()
    owner.get_by_role("link", name="Compare the designs").click(timeout=REPORT_MILLISECONDS)
    expect(owner.get_by_text("±0.").first).to_be_visible()
    check_page(owner)


def launch_it(owner: Page, check_page: Check) -> str:
    """Mend what has to be mended, then say twice that it is meant; returns the link for participants."""
    owner.locator(".steps").get_by_role("link", name="Live").click()
    expect(owner.get_by_text("1 thing has to be mended first.")).to_be_visible()
    check_page(owner)
    owner.get_by_role("link", name=re.compile("Mend it ?: Whom to ask")).click()
    check_page(owner)
    group = owner.get_by_role("group", name="Whom to ask about the study")
    for language in ("English", "French"):
        group.get_by_label(language).fill("team@uni.ca")
    owner.get_by_role("button", name="Save the texts").click()
    owner.locator(".steps").get_by_role("link", name="Live").click()
    owner.get_by_role("button", name="Launch the study").click()
    expect(owner.get_by_role("alert")).to_be_visible()  # it has to be said that it is meant
    owner.get_by_role("checkbox").check()
    owner.get_by_role("button", name="Launch the study").click()
    expect(owner.get_by_role("heading", name="Next: send the link")).to_be_visible()
    check_page(owner)
    return owner.locator(".next .public-link a").inner_text()


def depart_from_the_plan(owner: Page, check_page: Check) -> None:
    """After the launch the plan is frozen; what goes another way is entered, and stays."""
    owner.get_by_role("link", name="Analysis plan").click()
    check_page(owner)
    owner.get_by_role("link", name="Enter a departure").click()
    check_page(owner)
    owner.get_by_label("What is done otherwise").fill("Collecting goes on two months longer.")
    owner.get_by_label("Why").fill("Few researchers had answered.")
    owner.get_by_role("checkbox").check()
    owner.get_by_role("button", name="Enter it").click()
    expect(owner.get_by_role("heading", name="1. Outcomes")).to_be_visible()
    owner.get_by_role("link", name="What partners need most").click()
    owner.get_by_role("link", name="Versions").click()
    check_page(owner)
    owner.get_by_role("link", name=re.compile("What changed ?: Version 4")).click()
    expect(owner.locator("ins").first).to_have_text("team@uni.ca")
    check_page(owner)
    owner.get_by_role("link", name="What partners need most").click()


def see_the_answers(owner: Page) -> None:
    """The counts have gone up, and the download holds what was answered."""
    owner.reload()
    expect(owner.get_by_role("row", name="Health professionals")).to_contain_text("2 of 64")
    with owner.expect_download() as download:
        owner.get_by_role("link", name="choices.csv").click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * TASKS
    assert len({row["respondent"] for row in rows}) == 2
    assert all((row["best"], row["worst"]) == (row["item_1"], row["item_2"]) for row in rows)


def get_the_report(owner: Page, check_page: Check) -> None:
    """Start the report, leave its page, find it again: it gets ready by itself and holds both people."""
    owner.get_by_role("button", name="Make a report").click()
    expect(owner.get_by_role("link", name="See how far it is")).to_be_visible()
    check_page(owner)
    owner.get_by_role("link", name="What partners need most").click()
    owner.get_by_role("link", name="Report of").click()
    expect(owner.get_by_role("link", name="Read the report")).to_be_visible(timeout=REPORT_MILLISECONDS)
    expect(owner.get_by_text("It holds the answers of 2 people.")).to_be_visible()
    check_page(owner)
    with owner.expect_download() as archive:
        owner.get_by_role("link", name="Download it with its figures and data").click()
    assert archive.value.suggested_filename.endswith(".zip")
    owner.get_by_role("link", name="Read the report").click()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("What partners need most")


def sign_in(page: Page, served: dict[str, Any]) -> None:
    page.goto(served["site"])
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main .button-primary").click()


def test_from_the_first_run_to_a_report_that_holds_what_was_answered(
    device: Callable[..., BrowserContext], check_page: Check, served: dict[str, Any], study_file: Path
) -> None:
    owner = device(DESK, accept_downloads=True).new_page()
    make_the_account(owner, served, check_page)
    bring_a_study(owner, study_file, check_page)
    choose_the_design(owner, check_page)
    link = launch_it(owner, check_page)
    depart_from_the_plan(owner, check_page)
    for _person in range(2):
        answer_everything(device().new_page(), link)
    see_the_answers(owner)
    get_the_report(owner, check_page)
    owner.goto(served["site"])
    owner.get_by_role("button", name="Sign out", exact=True).click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Sign in")
    check_page(owner)


def test_in_french_on_a_small_phone_every_page_fits(
    device: Callable[..., BrowserContext], check_page: Check, owned: dict[str, Any]
) -> None:
    phone = device(SMALL_PHONE, locale="fr-CA").new_page()
    sign_in(phone, owned)
    expect(phone.locator("html")).to_have_attribute("lang", "fr")
    check_page(phone)
    phone.locator(".study-card a").click()
    check_page(phone)
    study = phone.url
    for page in ("design/", "design/own/", "plan/", "plan/change/", "launch/", "ethics/", "versions/"):
        phone.goto(f"{study}{page}")
        check_page(phone)
    phone.goto(f"{owned['site']}studies/new/")
    check_page(phone)


def test_a_page_that_does_not_exist_says_so(
    device: Callable[..., BrowserContext], check_page: Check, owned: dict[str, Any]
) -> None:
    page = device(DESK).new_page()
    page.goto(f"{owned['site']}no-such-page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    check_page(page)


def test_without_javascript_a_button_shows_how_far_a_report_is(
    device: Callable[..., BrowserContext], owned: dict[str, Any]
) -> None:
    page = device(DESK, java_script_enabled=False).new_page()
    sign_in(page, owned)
    page.locator(".study-card a").click()
    page.get_by_role("button", name="Make a report").click()
    for _look in range(60):
        again = page.get_by_role("link", name="See how far it is")
        if not again.count():
            break
        page.wait_for_timeout(1000)
        again.click()
    expect(page.get_by_role("link", name="Read the report")).to_be_visible()

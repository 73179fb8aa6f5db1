"""A reviewer on a small phone without an account, and the owner at a desk who decides; then an interview."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

DESK = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}
PASSWORD = "a calm long sentence"
INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONGROUND_", "DJANGO_"))}

FURNISH = """
import os, django
django.setup()
from commonground.files.templates import template_text
from commonground.web.accounts.models import User
from commonground.web.items import actions
from commonground.web.studies.actions import add_study
owner = User.objects.create_user("olga-items@example.org", os.environ["FIRST_PASSWORD"], name="Olga")
study = add_study(owner=owner, text=template_text("partner-priorities"), name="study.yaml", public_id="developed")
actions.start_from_document(study=study, actor=owner)
for item in ("net", "plan", "know", "champ", "comm", "lead", "exp"):
    actions.remove(study=study, item=item, reason="a short list for a short test", actor=owner)
"""


@pytest.fixture(scope="module")
def items(site) -> str:
    """A study with four items on its list."""
    environment = {
        **INHERITED,
        "COMMONGROUND_DATA": str(site.data),
        "COMMONGROUND_URL": site.url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
        "FIRST_PASSWORD": PASSWORD,
    }
    subprocess.run([sys.executable, "-c", FURNISH], env=environment, check=True, cwd=Path(__file__).parent)
    return f"{site.url}/studies/developed/"


@pytest.fixture
def olga(items: str, device: Callable[..., BrowserContext]) -> Page:
    """The owner, signed in, at the list."""
    page = device(DESK).new_page()
    page.goto(f"{items}items/")
    page.get_by_label("E-mail").fill("olga-items@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    return page


def answer(page: Page, question: str, mark: str) -> None:
    page.get_by_role("group", name=question).get_by_label(mark, exact=True).check()


def review(page: Page, link: str, check_page: Callable[..., None]) -> None:
    """Rate the four items and the list, French for a while."""
    page.goto(link)
    check_page(page, schemes=("light",))
    page.get_by_role("link", name="Begin").click()
    answer(page, "Does it matter here?", "Yes")
    answer(page, "Is it different from every other item?", "No")
    page.get_by_label("In your own words").fill("It says the same as the goal.")
    check_page(page)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_text("Élément 2 sur 4")).to_be_visible()
    page.get_by_role("button", name="English").click()
    for _place in range(3):
        page.get_by_role("button", name="Save and go on").click()
    answer(page, "Is everything here that matters?", "No")
    page.get_by_label("What is missing?").fill("Time for the family.")
    check_page(page, schemes=("light",))
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible()


def test_a_list_is_reviewed_decided_and_brought_into_the_study(
    items: str, olga: Page, device: Callable[..., BrowserContext], check_page: Callable[..., None]
) -> None:
    expect(olga.get_by_text("4 items are on the list.")).to_be_visible()
    check_page(olga, schemes=("light",))
    olga.get_by_role("link", name="Open a round of review").click()
    olga.get_by_label("Who reviews").select_option(label="Review by an expert panel")
    olga.get_by_role("button", name="Open the round").click()
    olga.get_by_label("Whom this link is for").fill("Ada")
    olga.get_by_label("They answer as").select_option(label="Patient/caregiver partners")
    olga.get_by_role("button", name="Make the link").click()
    link = olga.locator(".reviewer-link").inner_text().strip()
    check_page(olga, schemes=("light",))
    reviewer = device(SMALL_PHONE).new_page()
    review(reviewer, link, check_page)
    olga.goto(f"{items}items/rounds/1/")
    expect(olga.get_by_text("Time for the family.")).to_be_visible()
    check_page(olga)
    olga.set_viewport_size(SMALL_PHONE)
    check_page(olga, schemes=("light",))
    olga.get_by_role("link", name="Decide about the next item").click()
    expect(olga.get_by_text("It says the same as the goal.")).to_be_visible()
    check_page(olga, schemes=("light",))
    olga.set_viewport_size(DESK)
    olga.get_by_label("Reason").fill("It is not: the panel talked about it.")
    olga.get_by_role("button", name="Keep it as it is").click()
    olga.get_by_role("link", name="Revise the wording").click()
    check_page(olga, schemes=("light",))
    olga.get_by_label("Item, as people read it in a task (English)").fill("A goal all of us share")
    olga.get_by_label("Reason").fill("Shorter.")
    olga.get_by_role("button", name="Save the wording").click()
    olga.goto(f"{items}items/rounds/1/")
    olga.get_by_text("Keep all that are left").click()
    olga.get_by_label("Reason").fill("Nothing was said against them.")
    olga.get_by_role("button", name="Keep them").click()
    olga.get_by_role("button", name="Close the round").click()
    reviewer.goto(link)
    expect(reviewer.get_by_role("heading", level=1)).to_contain_text("This review is over")
    olga.goto(f"{items}items/flow/")
    check_page(olga)
    olga.goto(f"{items}items/item/goal/")
    expect(olga.locator("ins").first).to_be_visible()
    check_page(olga, schemes=("light",))
    olga.goto(f"{items}items/")
    olga.get_by_role("link", name="Bring the list into the study").click()
    check_page(olga, schemes=("light",))
    expect(olga.get_by_text("7 items go out")).to_be_visible()


def test_an_interview_fills_sheets_screen_by_screen(items: str, olga: Page, check_page: Callable[..., None]) -> None:
    olga.goto(f"{items}pretest/")
    check_page(olga, schemes=("light",))
    olga.get_by_role("link", name="Begin an interview").click()
    olga.get_by_role("button", name="Go to the first screen").click()
    olga.set_viewport_size(SMALL_PHONE)
    olga.get_by_role("group", name="I have read this").get_by_label("Not clear").check()
    olga.get_by_label("What they said").fill("Which data?")
    check_page(olga, schemes=("light",))
    olga.get_by_role("button", name="Save and go on").click()
    expect(olga.get_by_role("heading", level=1, name="Questions before the tasks")).to_be_visible()
    olga.goto(f"{items}pretest/")
    expect(olga.get_by_text("Which data?")).to_be_visible()
    check_page(olga)
    olga.goto(f"{items}pretest/blank/")
    check_page(olga, schemes=("light",))

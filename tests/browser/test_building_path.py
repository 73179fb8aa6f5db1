"""A small questionnaire built by keyboard alone, seen at 320 and 1280 pixels, and walked as a participant."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

DESK = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}
PASSWORD = "a calm long sentence"
INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONGROUND_", "DJANGO_"))}

FURNISH = """
import json, os, sys, django
django.setup()
from commonground.web.accounts.models import User
from commonground.web.studies.actions import add_study
owner = User.objects.create_user("olga-builds@example.org", os.environ["FIRST_PASSWORD"], name="Olga")
add_study(owner=owner, text=sys.stdin.read(), name="study.yaml", public_id="built")
"""

STUDY = """\
format_version: 1
id: built
title: {en: What helps?, fr: "Qu’est-ce qui aide?"}
languages: [en, fr]
frame: {question: {en: What helps most?, fr: "Qu’est-ce qui aide le plus?"}}
items:
  - {id: trust, label: {en: Trust, fr: Confiance}, short_label: Trust}
  - {id: time, label: {en: Time, fr: Temps}, short_label: Time}
  - {id: money, label: {en: Money, fr: Argent}, short_label: Money}
  - {id: tea, label: {en: Tea, fr: Thé}, short_label: Tea}
groups: [{id: all, label: {en: Everybody, fr: Tout le monde}, short_label: All}]
consent: {version: "1", sections: [Please read.], agreement: I agree.}
task_explanation: Choose two.
design: {per_task: 3}
thanks: Many thanks.
"""


@pytest.fixture(scope="module")
def built(site) -> str:
    """A study without questions."""
    environment = {
        **INHERITED,
        "COMMONGROUND_DATA": str(site.data),
        "COMMONGROUND_URL": site.url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
        "FIRST_PASSWORD": PASSWORD,
    }
    where = Path(__file__).parent
    subprocess.run([sys.executable, "-c", FURNISH], env=environment, input=STUDY, text=True, check=True, cwd=where)
    return f"{site.url}/studies/built/"


def press(control: Locator) -> None:
    """Go to a control and press Enter, as people do who use no mouse."""
    control.focus()
    control.press("Enter")


def write(page: Page, label: str, text: str, nth: int = 0) -> None:
    page.get_by_label(label, exact=True).nth(nth).focus()
    page.keyboard.type(text)


@pytest.fixture
def olga(built: str, device: Callable[..., BrowserContext]) -> Page:
    """The owner, signed in, at the questionnaire."""
    page = device(DESK).new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{built}questionnaire/")
    page.get_by_label("E-mail").fill("olga-builds@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in", exact=True))
    return page


def ask_whether(page: Page, check_page: Callable[..., None]) -> None:
    """A question with three answers, the third on a small phone."""
    press(page.get_by_role("link", name="Add a question : Before the tasks"))
    check_page(page, schemes=("light",))
    press(page.get_by_role("link", name="One answer"))
    write(page, "Question English", "Do you work with patients?")
    write(page, "Question Français", "Travaillez-vous avec des patients?")
    write(page, "Answer English", "Yes")
    write(page, "Answer English", "No", nth=1)
    press(page.get_by_role("button", name="Add an answer"))
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.set_viewport_size(SMALL_PHONE)
    write(page, "Answer English", "Sometimes", nth=2)
    check_page(page)
    press(page.get_by_label("Answer English", exact=True).nth(2))
    expect(page.get_by_role("heading", level=3, name="Do you work with patients?")).to_be_visible()
    check_page(page)


def ask_how_long(page: Page, check_page: Callable[..., None]) -> None:
    """A number that only some people are asked for."""
    press(page.get_by_role("link", name="Add a question : At the end: about the person"))
    press(page.get_by_role("link", name="Number"))
    write(page, "Question English", "For how many years?")
    page.get_by_label("Look at the answer to").select_option(label="Do you work with patients?")
    press(page.get_by_role("button", name="Add this rule"))
    page.get_by_role("checkbox", name="Yes").press("Space")
    check_page(page, schemes=("dark",))
    press(page.get_by_role("button", name="Save the question"))
    expect(page.get_by_text("Only if “Do you work with patients?” is “Yes”")).to_be_visible()


def translate(page: Page, check_page: Callable[..., None]) -> None:
    press(page.get_by_role("link", name="Languages"))
    expect(page.get_by_text("texts are missing in French.")).to_be_visible()
    check_page(page, schemes=("light",))
    press(page.get_by_role("link", name="Questions before the tasks"))
    write(page, "Answer 1 Français missing Do you work with patients?", "Oui")
    check_page(page, schemes=("dark",))
    press(page.get_by_role("button", name="Save the texts"))


def walk(page: Page, check_page: Callable[..., None]) -> None:
    press(page.get_by_role("link", name="Walk through it"))
    page.set_viewport_size(SMALL_PHONE)
    page.get_by_role("checkbox").press("Space")
    press(page.get_by_role("button", name="Start").last)
    page.get_by_role("radio", name="Yes").press("Space")
    check_page(page, schemes=("light",))
    press(page.get_by_role("button", name="Next").last)
    expect(page.get_by_role("heading", name="How it works")).to_be_visible()
    press(page.get_by_text("Go to another page"))
    press(page.get_by_role("link", name="A little more about you (1)"))
    expect(page.get_by_text("For how many years?")).to_be_visible()
    check_page(page, schemes=("dark",))
    press(page.get_by_role("link", name="Leave the preview"))


def test_a_questionnaire_is_built_by_keyboard_and_previewed(olga: Page, check_page: Callable[..., None]) -> None:
    ask_whether(olga, check_page)
    ask_how_long(olga, check_page)
    olga.set_viewport_size(DESK)
    translate(olga, check_page)
    press(olga.get_by_role("link", name="Preview"))
    expect(olga.frame_locator("iframe").first.get_by_text("Preview: nothing is saved.")).to_be_visible()
    check_page(olga, schemes=("light",))
    walk(olga, check_page)
    expect(olga.get_by_role("heading", level=1, name="Preview")).to_be_visible()

"""A page that holds every type of question: small phone, keyboard alone, errors beside the field, both languages."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

SMALL_PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

OPTIONS = [
    {"id": "nurse", "label": {"en": "Nurse", "fr": "Infirmière"}},
    {"id": "parent", "label": {"en": "Parent", "fr": "Parent"}},
    {"id": "none", "label": {"en": "None of these", "fr": "Rien de cela"}},
]
NESTED = [
    {**OPTIONS[0], "children": [{"id": "ward", "label": "On a ward"}, {"id": "home", "label": "At people’s homes"}]},
    OPTIONS[1],
    {**OPTIONS[2], "exclusive": True},
]
AGREEMENT = {
    "low": {"en": "Not at all", "fr": "Pas du tout"},
    "high": {"en": "Completely", "fr": "Tout à fait"},
    "points": [{"at": 3, "label": {"en": "Half and half", "fr": "À moitié"}}],
    "not_applicable": {"en": "Does not apply to me", "fr": "Ne me concerne pas"},
}
EVERY_TYPE = (
    {"id": "note", "type": "information", "text": {"en": "Please take your time.", "fr": "Prenez votre temps."}},
    {"id": "role", "type": "single", "text": {"en": "Who are you?", "fr": "Qui êtes-vous?"}, "options": OPTIONS},
    {"id": "roles", "type": "multiple", "text": {"en": "And who else?", "fr": "Et qui encore?"}, "options": NESTED},
    {"id": "years", "type": "number", "text": {"en": "For how long?", "fr": "Depuis quand?"}, "unit": "years"},
    {"id": "trust", "type": "scale", "text": {"en": "I am heard.", "fr": "On m’écoute."}, "scale": AGREEMENT},
    {"id": "hopes", "type": "ranking", "text": {"en": "Rank these.", "fr": "Classez-les."}, "options": OPTIONS},
    {"id": "since", "type": "date", "text": {"en": "Since when?", "fr": "Depuis quand?"}, "latest": "2026-12-31"},
    {"id": "month", "type": "date", "precision": "month", "text": {"en": "Which month?", "fr": "Quel mois?"}},
    {"id": "born", "type": "date", "precision": "year", "text": {"en": "Which year?", "fr": "Quelle année?"}},
    {"id": "where", "type": "country", "text": {"en": "Where?", "fr": "Où?"}, "first_listed": ["CA"]},
    {"id": "word", "type": "text", "text": {"en": "One word", "fr": "Un mot"}},
    {"id": "more", "type": "long_text", "text": {"en": "Anything else?", "fr": "Autre chose?"}},
)

PAGES = 5
"""So many pages these questions make."""

STUDY = {
    "format_version": 1,
    "id": "types",
    "title": {"en": "What helps a team?", "fr": "Qu’est-ce qui aide une équipe?"},
    "languages": ["en", "fr"],
    "frame": {"question": "What helps most, and what least?"},
    "items": [{"id": name, "label": name.title(), "short_label": name} for name in ("trust", "time", "money", "tea")],
    "groups": [{"id": "all", "label": "Everybody", "short_label": "All"}],
    "consent": {"version": "1", "sections": ["Please read."], "agreement": "I agree."},
    "task_explanation": "Choose two.",
    "design": {"per_task": 3},
    "thanks": "Many thanks.",
    "background": EVERY_TYPE,
}
"""Every type is asked before the tasks, so that none of these has to be answered first."""

STORE = """
import sys, django
django.setup()
from commonground.files.study import parse_study
from commonground.web.studies.models import Study
text = sys.stdin.read()
found = parse_study(text)
Study.objects.create(public_id="types", document=text, document_hash=found.hash, title="Types", is_open=True)
"""


@pytest.fixture(scope="module")
def types_study(site) -> str:
    """The address of the study, open at the running site."""
    environment = {
        **os.environ,
        "COMMONGROUND_DATA": str(site.data),
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
    }
    subprocess.run(
        [sys.executable, "-W", "error", "-c", STORE], env=environment, input=json.dumps(STUDY), text=True, check=True
    )
    return f"{site.url}/s/types/"


def begin(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("checkbox").check()
    page.locator("form .button-primary").click()
    expect(page).to_have_url(f"{address}background-1/")


def on(page: Page, address: str, number: int) -> None:
    """Enter sends the page; then comes the one of this number, after the last one the words."""
    page.keyboard.press("Enter")
    arrive(page, address, number)


def send(page: Page, address: str, number: int) -> None:
    page.locator("form#page-form .button-primary").click()
    arrive(page, address, number)


def arrive(page: Page, address: str, number: int) -> None:
    expect(page).to_have_url(f"{address}background-{number}/" if number <= PAGES else f"{address}words/")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_every_type_on_a_small_phone_has_nothing_for_axe_to_find(
    types_study: str, device: Callable[..., BrowserContext], check_page: Callable[..., None]
) -> None:
    page = device(SMALL_PHONE, locale="fr-CA", java_script_enabled=True).new_page()
    begin(page, types_study)
    seen = set()
    for number in range(1, PAGES + 1):
        seen |= {kind for kind in ("scale", "ranking", "date", "information") if page.locator(f".{kind}").count()}
        check_page(page)
        send(page, types_study, number + 1)
    assert seen == {"scale", "ranking", "date", "information"}


def test_a_wrong_answer_is_explained_beside_its_field(
    types_study: str, device: Callable[..., BrowserContext], check_page: Callable[..., None]
) -> None:
    page = device(SMALL_PHONE).new_page()
    begin(page, types_study)
    send(page, types_study, 2)
    send(page, types_study, 3)
    page.get_by_label("Nurse").select_option("1")
    page.get_by_label("Parent").select_option("1")
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").select_option("2")
    page.get_by_label("Year").fill("2020")
    page.locator("form#page-form .button-primary").click()
    expect(page.locator("#q-hopes-problem")).to_contain_text("given to two answers")
    expect(page.locator("#q-since-problem")).to_contain_text("does not exist")
    expect(page.get_by_label("Nurse")).to_have_value("nurse:1")
    expect(page.get_by_label("Day")).to_have_value("31")
    check_page(page, ("light",))
    page.get_by_role("link", name="Rank these.").click()
    expect(page.locator("#q-hopes-nurse")).to_be_focused()


def test_the_keyboard_alone_answers_every_type(site, types_study: str, device: Callable[..., BrowserContext]) -> None:
    page = device(DESK, java_script_enabled=False).new_page()
    begin(page, types_study)
    page.locator("#q-role-nurse").focus()
    press(page, "Space", "Tab", "Tab", "Tab", "Space", "Tab", "Tab", "Tab")
    page.keyboard.type("2.5")
    on(page, types_study, 2)
    page.locator("#q-trust-1").focus()
    press(page, "ArrowRight", "ArrowRight")
    on(page, types_study, 3)
    page.locator("#q-hopes-nurse").focus()
    for keys in ("2", "Tab", "1", "Tab", "3", "Tab", "7", "Tab", "may", "Tab"):
        press(page, *([keys] if keys == "Tab" else keys))
    page.keyboard.type("1999")
    on(page, types_study, 4)
    page.locator("#q-month-month").focus()
    press(page, "D", "Tab")
    page.keyboard.type("2001")
    press(page, "Tab")
    page.keyboard.type("1984")
    press(page, "Tab", "F", "r", "a", "n", "Tab")
    page.keyboard.type("calm")
    on(page, types_study, 5)
    page.locator("#q-more").focus()
    page.keyboard.type("No more.")
    page.get_by_role("button", name="Next").focus()
    on(page, types_study, 6)
    stored = site.rows("select answers from respond_session where answers like '%calm%'")
    assert json.loads(str(stored[0][0])) == {
        "note": None, "role": "nurse", "roles": ["nurse", "home"], "years": 2.5, "trust": 3,
        "hopes": ["parent", "nurse", "none"], "since": "1999-05-07", "month": "2001-12", "born": 1984, "where": "FR",
        "word": "calm", "more": "No more.",
    }  # fmt: skip
    page.get_by_role("button", name="Back").click()
    arrive(page, types_study, 5)
    page.get_by_role("button", name="Back").click()
    arrive(page, types_study, 4)
    expect(page.locator("#q-month-year")).to_have_value("2001")
    expect(page.locator("#q-where")).to_have_value("FR")
    page.get_by_role("button", name="Back").click()
    arrive(page, types_study, 3)
    expect(page.locator("#q-hopes-nurse")).to_have_value("nurse:2")

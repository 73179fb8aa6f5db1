"""Two people screen answers in a browser, blind to each other; then the data are locked."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

DESK = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}
REASON = re.compile("^Reason")
PASSWORD = "a calm long sentence"
INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONGROUND_", "DJANGO_"))}

FURNISH = """
import os, django
django.setup()
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.records.sessions import Status
from commonground.simulation.fielding import Flow, simulate_study
from commonground.web.accounts.models import User
from commonground.web.respond.importing import store_sessions
from commonground.web.respond.models import Session
from commonground.web.studies.actions import add_study, set_open
from commonground.web.studies.designs import design_of
from commonground.web.workspaces.actions import set_role
password = os.environ["FIRST_PASSWORD"]
owner = User.objects.create_user("olga-screens@example.org", password, name="Olga")
other = User.objects.create_user("sam-screens@example.org", password, name="Sam")
study = add_study(owner=owner, text=template_text("partner-priorities"), name="study.yaml", public_id="screened")
set_role(workspace=study.workspace, user=other, role="screener")
people = simulate_study(study.record(), design_of(study), PUBLISHED_LIKE, Flow({"HP": 4, "R": 3, "P": 3}), seed=1)
store_sessions(study=study, sessions=people.sessions)
set_open(study, is_open=True)
set_open(study, is_open=False)
for place, one in enumerate(Session.objects.of(study).filter(status=Status.COMPLETE)):
    one.seconds, one.address_hash = (222, "x") if place == 0 else (1500, "")
    one.completed_at = one.started_at.replace(day=1 + place)
    one.save()
"""


@pytest.fixture(scope="module")
def furnished(site) -> str:
    """A closed study on the site: one of ten complete answers came fast."""
    environment = {
        **INHERITED,
        "COMMONGROUND_DATA": str(site.data),
        "COMMONGROUND_URL": site.url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
        "FIRST_PASSWORD": PASSWORD,
    }
    subprocess.run([sys.executable, "-c", FURNISH], env=environment, check=True, cwd=Path(__file__).parent)
    return f"{site.url}/studies/screened/"


def sign_in(context: BrowserContext, where: str, email: str) -> Page:
    page = context.new_page()
    page.goto(where)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


@pytest.fixture
def two(furnished: str, device: Callable[..., BrowserContext]) -> tuple[Page, Page]:
    """Sam on a small phone, Olga at a desk."""
    sam = sign_in(device(SMALL_PHONE), f"{furnished}screening/", "sam-screens@example.org")
    olga = sign_in(device(DESK), f"{furnished}screening/", "olga-screens@example.org")
    return sam, olga


def test_two_people_decide_settle_and_lock(
    furnished: str, two: tuple[Page, Page], check_page: Callable[..., None]
) -> None:
    sam, olga = two
    for page in two:
        expect(page.get_by_role("heading", level=1)).to_contain_text("Case")
        expect(page.get_by_text("3.7 minutes for the whole survey.")).to_be_visible()
        check_page(page)
    sam.get_by_role("button", name="Exclude").click()
    expect(sam.get_by_role("link", name="Choose a reason that goes with your decision.")).to_be_visible()
    check_page(sam, schemes=("light",))
    sam.get_by_label(REASON).select_option(label="Not answered in earnest")
    sam.get_by_label("In your own words").fill("Three minutes cannot be.")
    sam.get_by_role("button", name="Exclude").click()
    expect(sam.get_by_text("Your decision is saved.")).to_be_visible()
    expect(olga.get_by_text("Three minutes cannot be.")).to_have_count(0)
    olga.get_by_label(REASON).select_option(label="The sign is too weak")
    olga.get_by_role("button", name="Keep").click()
    olga.get_by_role("link", name="Settle").click()
    check_page(olga, schemes=("light",))
    olga.get_by_role("link", name="Case").click()
    expect(olga.get_by_text("Three minutes cannot be.")).to_be_visible()
    olga.get_by_label(REASON).select_option(label="Not answered in earnest")
    olga.get_by_label("In your own words").fill("We talked: nobody reads twelve tasks in three minutes.")
    olga.get_by_label("We settled this together").check()
    check_page(olga)
    olga.get_by_role("button", name="Exclude").click()
    expect(olga.get_by_text("The case is settled.")).to_be_visible()
    olga.get_by_role("link", name="Progress").click()
    expect(olga.get_by_text("Gwet’s AC1")).to_be_visible()
    check_page(olga)
    olga.get_by_role("link", name="Lock", exact=True).click()
    expect(olga.get_by_text("Excluded after screening: not answered in earnest")).to_be_visible()
    check_page(olga)
    olga.get_by_label("Type the word in bold").fill("partner-priorities")
    olga.get_by_role("button", name="Lock the data for good").click()
    expect(olga.get_by_role("heading", level=1, name="The data are locked")).to_be_visible()
    expect(olga.get_by_text("Nothing has changed since")).to_be_visible()
    check_page(olga)

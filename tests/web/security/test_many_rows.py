"""Lists do not ask the database more often when there are more rows."""

import re
from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonground.web.accounts.models import User
from commonground.web.collecting.actions import add_source, save_outreach
from commonground.web.collecting.models import Outreach
from commonground.web.partnerships import starters
from commonground.web.partnerships.models import Partnership
from commonground.web.respond.models import Session
from commonground.web.results.models import ReportJob
from commonground.web.studies.actions import add_study
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import create_workspace, set_role
from commonground.web.workspaces.invitations import invite

PAGES = (
    "/studies/{study}/",
    "/studies/{study}/collecting/",
    "/studies/{study}/collecting/links/",
    "/studies/{study}/collecting/invitations/",
    "/studies/{study}/recruitment/",
    "/studies/{study}/contacts/",
    "/studies/{study}/versions/",
    "/studies/{study}/plan/",
    "/studies/{study}/items/",
    "/studies/{study}/screening/",
    "/studies/{study}/screening/progress/",
    "/studies/{study}/files/respondents.csv",
    "/studies/{study}/files/choices.csv",
    "/workspaces/{workspace}/",
    "/workspaces/{workspace}/log/",
    "/workspaces/{workspace}/log.csv",
)


MORE = 3
"""Rows of each kind that are added."""


def more(study: Study, owner: User, answered: Callable[..., Study], seed: int, people: int) -> None:
    """A few more of everything."""
    assert study.workspace
    answered(study, seed=seed, HP=people, R=people, P=people)
    for one in Session.objects.filter(study=study):
        one.respondent, one.signs = f"{seed}-{one.pk}", {"honeypot": True}
        one.save()
    for place in range(MORE):
        add_source(study=study, label=f"Link {place}", group="", planned=3, actor=owner)
        save_outreach(outreach=Outreach(study=study, kind="clinic", name=f"{seed}-{place}"), actor=owner)
        ReportJob.objects.create(study=study)
        invite(workspace=study.workspace, role="viewer", actor=owner, now=timezone.now())
        other = User.objects.create_user(f"m{seed}-{place}@example.org", "a calm long sentence")
        set_role(workspace=study.workspace, user=other, role="viewer")


def asked(client: Client, address: str) -> list[str]:
    """What a page asks the database for, the second time it is opened."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return [one["sql"] for one in found.captured_queries]


def kinds(asked_for: list[str]) -> Counter[str]:
    """How often each kind of question was asked, whatever it was about."""
    return Counter(re.sub(r"IN \([^)]*\)|'[^']*'|\d+", "?", sql)[:400] for sql in asked_for)


def test_no_page_about_a_study_asks_more_for_more_rows(
    as_owner: Client, owner: User, study: Study, answered: Callable[..., Study]
) -> None:
    assert study.workspace
    places = {"study": study.public_id, "workspace": study.workspace.slug}
    more(study, owner, answered, seed=1, people=12)  # enough for a report, so that nothing else changes
    before = {page: asked(as_owner, page.format(**places)) for page in PAGES}
    more(study, owner, answered, seed=2, people=4)
    grown = {}
    for page, first in before.items():
        repeated = kinds(asked(as_owner, page.format(**places))) - kinds(first)
        often = {kind: number for kind, number in repeated.items() if number >= MORE}  # fewer: another state, not a row
        grown |= {page: often} if often else {}
    assert not grown


def test_the_first_page_does_not_ask_again_for_each_study(as_owner: Client, owner: User, study_text: str) -> None:
    def add(number: int) -> None:
        workspace = create_workspace(owner=owner, name=f"W{number}")
        add_study(owner=owner, text=study_text, name="study.yaml", workspace=workspace)
        Partnership.objects.create(
            workspace=workspace, name=f"P{number}", deletes_on=timezone.localdate(),
            question=starters.QUESTION.model_dump(), items=[],
        )  # fmt: skip

    add(1)
    first = asked(as_owner, "/")
    for number in range(2, 5):
        add(number)
    assert len(asked(as_owner, "/")) <= len(first)


def test_the_second_factor_is_looked_for_only_where_it_is_asked_for(as_owner: Client, study: Study) -> None:
    assert not [sql for sql in asked(as_owner, f"/studies/{study.public_id}/data-flow/") if "secondfactor" in sql]

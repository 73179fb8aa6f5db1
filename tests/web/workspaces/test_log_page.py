"""The audit log as a page and as a table."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client

from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.models import AuditEvent, Workspace


@pytest.fixture
def workspace(study: Study) -> Workspace:
    assert study.workspace
    return study.workspace


def test_the_newest_entry_comes_first(as_owner: Client, workspace: Workspace) -> None:
    record_event(workspace=workspace, action="did the first thing")
    record_event(workspace=workspace, action="did the second thing")
    page = as_owner.get(f"/workspaces/{workspace.slug}/log/").content.decode()
    assert page.index("did the second thing") < page.index("did the first thing")


def test_one_study_can_be_picked_out(as_owner: Client, workspace: Workspace, study: Study) -> None:
    record_event(workspace=workspace, action="did something here", study=study.public_id)
    record_event(workspace=workspace, action="did something there", study="another")
    for page in ("log/", "log.csv"):
        shown = as_owner.get(f"/workspaces/{workspace.slug}/{page}?study={study.public_id}").content.decode()
        assert "did something here" in shown
        assert "did something there" not in shown


def test_a_long_log_has_pages(as_owner: Client, workspace: Workspace) -> None:
    for number in range(101):
        record_event(workspace=workspace, action=f"did thing {number:03}")
    first = as_owner.get(f"/workspaces/{workspace.slug}/log/").content.decode()
    second = as_owner.get(f"/workspaces/{workspace.slug}/log/?page=2").content.decode()
    assert "thing 100" in first
    assert "thing 000" not in first
    assert "thing 000" in second


def test_the_page_says_whether_the_log_is_whole(as_owner: Client, workspace: Workspace) -> None:
    last = record_event(workspace=workspace, action="did something")
    whole = as_owner.get(f"/workspaces/{workspace.slug}/log/").content.decode()
    assert "The log is whole" in whole
    assert last.digest in whole
    with connection.cursor() as cursor:
        cursor.execute("update workspaces_auditevent set action = 'did nothing' where id = %s", [last.pk])
    broken = as_owner.get(f"/workspaces/{workspace.slug}/log/").content.decode()
    assert "The log is whole" not in broken
    assert f"Entry {last.pk}" in broken


def test_the_table_holds_everything_and_no_formula(as_owner: Client, workspace: Workspace) -> None:
    record_event(workspace=workspace, action="=1+1", study="@x", note="<b>", who="=cmd|' /C calc'!A0")
    answer = as_owner.get(f"/workspaces/{workspace.slug}/log.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == AuditEvent.objects.filter(workspace=workspace).count()
    assert (rows[-1]["action"], rows[-1]["study"]) == ("'=1+1", "'@x")
    assert rows[-1]["previous"] == rows[-2]["digest"]


def test_what_people_wrote_is_never_markup(as_owner: Client, workspace: Workspace) -> None:
    record_event(workspace=workspace, action="did it", who="<script>alert(1)</script>")
    assert "<script>alert(1)" not in as_owner.get(f"/workspaces/{workspace.slug}/log/").content.decode()

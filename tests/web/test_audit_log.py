"""The audit log: what members did stays as it was written."""

import pytest
from django.db import connection

from commonground.web.accounts.models import User
from commonground.web.studies.actions import set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import first_broken, record_event
from commonground.web.workspaces.models import AuditEvent, LogIsAppendOnlyError, Workspace


@pytest.fixture
def workspace(study: Study) -> Workspace:
    assert study.workspace
    return study.workspace


def test_opening_and_closing_are_on_record(study: Study, owner: User, workspace: Workspace) -> None:
    set_open(study, is_open=True, actor=owner)
    set_open(study, is_open=False, actor=owner)
    said = [(event.action, event.actor, event.study) for event in AuditEvent.objects.filter(workspace=workspace)]
    assert said[-2:] == [
        ("opened study", "owner@example.org", study.public_id),
        ("closed study", "owner@example.org", study.public_id),
    ]
    assert first_broken(workspace) is None


def test_an_entry_cannot_be_changed_or_removed(workspace: Workspace) -> None:
    event = record_event(workspace=workspace, action="tested")
    event.action = "nothing happened"
    for wrong in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(action="nothing happened"),
    ):
        with pytest.raises(LogIsAppendOnlyError):
            wrong()
    assert AuditEvent.objects.get(pk=event.pk).action == "tested"


@pytest.mark.parametrize(
    "change",
    [
        "update workspaces_auditevent set action = 'nothing happened' where id = %s",
        "update workspaces_auditevent set details = '{\"to\": 2}' where id = %s",
        "delete from workspaces_auditevent where id = %s",
    ],
)
def test_a_change_behind_the_programs_back_shows(change: str, workspace: Workspace) -> None:
    event = record_event(workspace=workspace, action="gave", to=1)
    last = record_event(workspace=workspace, action="took")
    with connection.cursor() as cursor:
        cursor.execute(change, [event.pk])
    broken = first_broken(workspace)
    assert broken is not None
    assert broken.pk == (last.pk if change.startswith("delete") else event.pk)

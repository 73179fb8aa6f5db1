"""Two at the same moment: what happens once happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from commonground.records.errors import RequestError
from commonground.screening.decisions import Verdict
from commonground.screening.records import Stage
from commonground.web.accounts import second_factor
from commonground.web.accounts.models import User
from commonground.web.contacts.actions import draw_winners, leave_details
from commonground.web.contacts.models import Drawing
from commonground.web.contacts.vault import Details
from commonground.web.respond.models import Session
from commonground.web.screening.actions import NotYoursToDecideError, decide
from commonground.web.screening.models import Decision
from commonground.web.studies.actions import add_study, set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import create_workspace, set_role
from commonground.web.workspaces.audit import first_broken, record_event
from commonground.web.workspaces.invitations import InvitationIsOverError, accept, invite
from commonground.web.workspaces.models import AuditEvent, Member, Workspace

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def at_once(do: Callable[[int], object]) -> list[object]:
    """Let several do the same at the same moment; what each got, or the name of what stopped it."""
    start = Barrier(PEOPLE)

    def one(place: int) -> object:
        start.wait(timeout=30)
        try:
            return do(place)
        except (InvitationIsOverError, RequestError, NotYoursToDecideError) as error:
            return type(error).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


@pytest.fixture
def workspace(owner: User) -> Workspace:
    return create_workspace(owner=owner, name="Ours")


def test_an_invitation_lets_in_one(workspace: Workspace, owner: User) -> None:
    _made, token = invite(workspace=workspace, role="viewer", actor=owner, now=timezone.now())
    people = [User.objects.create_user(f"p{place}@example.org", "a calm long sentence") for place in range(PEOPLE)]
    at_once(lambda place: accept(token=token, user=people[place], now=timezone.now()))
    assert Member.objects.filter(workspace=workspace).count() == 2


def test_a_study_is_launched_once(workspace: Workspace, owner: User, study_text: str) -> None:
    study = add_study(owner=owner, text=study_text, name="study.yaml", workspace=workspace)
    at_once(lambda _place: set_open(Study.objects.get(pk=study.pk), is_open=True, actor=owner))
    launched = Study.objects.get(pk=study.pk)
    assert launched.launched_hash == launched.document_hash
    assert first_broken(workspace) is None


def test_a_recovery_code_is_taken_once(owner: User) -> None:
    (code, *_rest) = second_factor.new_recovery_codes(user=owner)
    taken = at_once(lambda _place: second_factor.takes(user=owner, code=code, now=timezone.now()))
    assert sorted(map(bool, taken)) == [False, False, False, True]


def test_winners_are_drawn_once_and_nobody_enters_twice(workspace: Workspace, owner: User, study_text: str) -> None:
    text = (
        f'{study_text}\nfielding: {{"contacts": {{"wishes": ["draw"], "draw": {{"prizes": 1, "prize": "A book"}}}}}}\n'
    )
    study = add_study(owner=owner, text=text, name="study.yaml", workspace=workspace)

    def enter(place: int) -> object:
        return leave_details(
            study=study, wishes=["draw"], details=Details(f"p{place}@example.org"), pass_text="one pass"
        )

    assert sorted(map(bool, at_once(enter))) == [False, False, False, True]
    today = timezone.localdate()
    got = at_once(lambda _place: draw_winners(study=study, actor=owner, today=today))
    assert sum(isinstance(one, Drawing) for one in got) == 1


def test_a_case_is_decided_by_as_many_as_it_needs(workspace: Workspace, owner: User, study_text: str) -> None:
    study = add_study(owner=owner, text=study_text, name="study.yaml", workspace=workspace)
    Session.objects.create(
        study=study, respondent="case", status="complete", group="HP", signs={"honeypot": True},
        started_at=timezone.now(), completed_at=timezone.now(),
    )  # fmt: skip
    people = [User.objects.create_user(f"s{place}@example.org", "a calm long sentence") for place in range(PEOPLE)]
    for one in people:
        set_role(workspace=workspace, user=one, role="screener")
    at_once(
        lambda place: decide(
            study=study, respondent="case", reviewer=people[place], stage=Stage.APART, verdict=Verdict.UNSURE,
            reason="", note="fine",
        )
    )  # fmt: skip
    assert Decision.objects.count() == study.record().screening.reviewers


def test_one_consent_page_sent_twice_begins_one_session(workspace: Workspace, owner: User, study_text: str) -> None:
    study = add_study(owner=owner, text=study_text, name="study.yaml", workspace=workspace)
    set_open(study, is_open=True, actor=owner)
    at_once(lambda _place: Client().post(study.public_path, {"visit": "the same", "agree": "yes"}).status_code)
    assert Session.objects.filter(study=study).count() == 1


def test_the_log_keeps_one_chain(workspace: Workspace, owner: User) -> None:
    at_once(lambda place: [record_event(workspace=workspace, action="did", actor=owner, place=place) for _ in "abc"])
    assert AuditEvent.objects.filter(workspace=workspace, action="did").count() == 3 * PEOPLE
    assert first_broken(workspace) is None

"""Screening on the site: two people decide blind, differences are settled, stage 2 waits, the data are locked."""

import hashlib
import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from commonground.records.errors import StudyError
from commonground.records.sessions import Status
from commonground.screening.decisions import State, Verdict
from commonground.screening.records import Rule, Stage
from commonground.web.accounts.models import User
from commonground.web.respond.models import Session
from commonground.web.screening import actions
from commonground.web.screening.models import Adjudication, Decision, SignList
from commonground.web.screening.signs import signs_of
from commonground.web.screening.standing import standing_of
from commonground.web.studies.actions import StudyIsLockedError, change_document, set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import set_role
from commonground.web.workspaces.models import AuditEvent
from commonground.web.workspaces.roles import Role

SECRET = "a note nobody else may read yet"


@pytest.fixture
def fielded(study: Study, answered: Callable[..., Study]) -> Study:
    """A closed study: three complete answers came fast, two of them from one address; the others carry no such sign."""
    answered(study, HP=4, R=4, P=4, stopped=1)
    set_open(study, is_open=True)
    set_open(study, is_open=False)
    complete = list(Session.objects.of(study).filter(status=Status.COMPLETE))
    for place, session in enumerate(complete):
        session.seconds = 200 if place < 3 else 1500
        session.address_hash = "same" if place in (1, 2) else f"own {place}"
        session.completed_at = session.started_at.replace(day=1 + place)
        session.save()
    return study


@pytest.fixture
def people(fielded: Study, owner: User, stranger: User) -> dict[str, Client]:
    """Two screeners and a third one, each in a browser of their own."""
    third = User.objects.create_user("third@example.org", "a calm long sentence", name="Thea Third")
    assert fielded.workspace
    for user in (stranger, third):
        set_role(workspace=fielded.workspace, user=user, role=Role.SCREENER)
    clients = {"Olga": Client(), "Sam": Client(), "Thea": Client()}
    for client, user in zip(clients.values(), (owner, stranger, third), strict=True):
        client.force_login(user)
    return clients


def flagged(study: Study) -> list[str]:
    return list(signs_of(study, Stage.APART))


def page(client: Client, study: Study, rest: str = "screening/") -> str:
    return client.get(f"/studies/{study.public_id}/{rest}").content.decode()


def send(client: Client, study: Study, case: str, *said: str, stage: int = 1) -> int:
    """Send a verdict with, where given, its reason and words."""
    verdict, reason, note = (*said, "", "")[:3]
    sent = {"case": case, "stage": stage, "verdict": verdict, "reason": reason, "note": note}
    return client.post(f"/studies/{study.public_id}/screening/", sent).status_code


def all_decide(study: Study, people: dict[str, Client], verdict: str = "keep", reason: str = "weak") -> None:
    for name in ("Olga", "Sam"):
        for case in flagged(study):
            assert send(people[name], study, case, verdict, reason, "said") == 302


def test_a_case_shows_its_signs_whom_they_wrong_and_no_choices(fielded: Study, people: dict[str, Client]) -> None:
    shown = page(people["Sam"], fielded)
    assert f"Case {flagged(fielded)[0]}" in shown
    assert "3.3 minutes for the whole survey." in shown
    assert "people who read fast, know the subject well" in shown
    assert len(flagged(fielded)) == 3
    assert not {rule for signs in signs_of(fielded, Stage.APART).values() for rule in signs if rule in set(Rule)}
    assert "0 of 3 decided by you" in shown


def test_nobody_learns_of_anothers_decision_before_their_own(fielded: Study, people: dict[str, Client]) -> None:
    before = page(people["Sam"], fielded)
    for case in flagged(fielded):
        assert send(people["Olga"], fielded, case, "exclude", "duplicate", SECRET) == 302
    assert re.sub(r'value="\w{64}"', "", page(people["Sam"], fielded)) == re.sub(r'value="\w{64}"', "", before)
    case = flagged(fielded)[0]
    everywhere = ["", "screening/", "screening/progress/", "screening/settle/", f"screening/settle/1/{case}/", "lock/"]
    everywhere += [f"files/{name}" for name in ("choices.csv", "respondents.csv", "study.yaml", "design.csv")]
    for rest in everywhere:
        for name in ("Sam", "Thea"):
            found = page(people[name], fielded, rest)
            assert SECRET not in found, rest
            assert "The same person again</strong>" not in found
            assert "Olga" not in found, rest
    for name in ("choices.csv", "respondents.csv"):
        assert people["Sam"].get(f"/studies/{fielded.public_id}/files/{name}").status_code == 403
        assert "screening" not in page(people["Olga"], fielded, f"files/{name}").splitlines()[0]
    settled = people["Sam"].post(f"/studies/{fielded.public_id}/screening/settle/1/{case}/", {"verdict": "keep"})
    assert settled.status_code == 302
    assert not Adjudication.objects.exists()


def test_the_log_names_no_verdict(fielded: Study, people: dict[str, Client]) -> None:
    send(people["Olga"], fielded, flagged(fielded)[0], "exclude", "duplicate", SECRET)
    entry = AuditEvent.objects.get(action="decided case")
    assert entry.details == {"case": flagged(fielded)[0], "stage": 1}


def test_a_decision_needs_a_reason_that_goes_with_it_and_words(fielded: Study, people: dict[str, Client]) -> None:
    case = flagged(fielded)[0]
    for verdict, reason, note, words in (
        ("exclude", "weak", "said", "Choose a reason that goes with your decision."),
        ("exclude", "duplicate", " ", "Say why in your own words."),
        ("unsure", "", "", "Say why in your own words."),
        ("keep", "", "said", "Choose a reason that goes with your decision."),
        ("perhaps", "", "said", "Send your decision with one of the buttons."),
    ):
        sent = {"case": case, "stage": 1, "verdict": verdict, "reason": reason, "note": note}
        answer = people["Sam"].post(f"/studies/{fielded.public_id}/screening/", sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_case_is_decided_once_by_each_of_two(fielded: Study, people: dict[str, Client]) -> None:
    case = flagged(fielded)[0]
    for name in ("Olga", "Olga", "Sam", "Thea"):
        send(people[name], fielded, case, "keep", "weak")
    assert [one.reviewer.name for one in Decision.objects.all()] == ["Olga Owner", "Sam Stranger"]
    assert Decision.objects.first().seen == ["total_time"]
    assert f"Case {case}" not in page(people["Thea"], fielded)


def test_signs_from_the_choices_wait_until_the_rest_is_settled(fielded: Study, people: dict[str, Client]) -> None:
    everybody = [one.respondent for one in Session.objects.of(fielded)]
    assert standing_of(fielded).second is None
    assert not SignList.objects.filter(stage=2).exists()
    for case in everybody:
        send(people["Sam"], fielded, case, "exclude", "careless", "said", stage=2)
    assert not Decision.objects.exists()
    all_decide(fielded, people)
    second = standing_of(fielded).second
    assert second is not None
    for case in second.signs:
        assert send(people["Sam"], fielded, case, "exclude", "careless", "said", stage=2) == 302
        assert send(people["Olga"], fielded, case, "exclude", "careless", "said", stage=2) == 302
    standing = standing_of(fielded)
    assert standing.second is not None
    assert standing.second.count(State.EXCLUDED) == len(second.signs)
    assert standing.first.count(State.EXCLUDED) == 0
    set_open(fielded, is_open=True)
    assert standing_of(fielded).second is None


def test_a_difference_is_settled_by_a_third_or_by_both_together(fielded: Study, people: dict[str, Client]) -> None:
    first, second, _ = flagged(fielded)
    for case in (first, second):
        send(people["Olga"], fielded, case, "exclude", "duplicate", "twice from one address")
        send(people["Sam"], fielded, case, "unsure", "", "a household?")
    where = f"/studies/{fielded.public_id}/screening/settle/1"
    shown = people["Thea"].get(f"{where}/{first}/").content.decode()
    assert "Olga Owner" in shown
    assert "a household?" in shown
    given = {"verdict": "exclude", "reason": "duplicate", "note": "the texts agree as well"}
    assert people["Sam"].post(f"{where}/{first}/", given).status_code == 422  # one of the two, alone
    assert people["Thea"].post(f"{where}/{first}/", given | {"together": "on"}).status_code == 422
    assert people["Thea"].post(f"{where}/{first}/", given).status_code == 302
    assert people["Sam"].post(f"{where}/{second}/", given | {"together": "on"}).status_code == 302
    states = standing_of(fielded).first.outcomes
    assert {states[case].state for case in (first, second)} == {State.EXCLUDED}
    assert [(one.by.name, one.together) for one in Adjudication.objects.all()] == [
        ("Thea Third", False),
        ("Sam Stranger", True),
    ]


def test_an_excluded_case_is_looked_at_again_after_an_appeal(fielded: Study, people: dict[str, Client]) -> None:
    all_decide(fielded, people, "exclude", "careless")
    case = flagged(fielded)[0]
    assert "1 case is excluded" not in page(people["Thea"], fielded, "screening/settle/")
    assert "3 cases are excluded" in page(people["Thea"], fielded, "screening/settle/")
    given = {"verdict": "keep", "reason": "explained", "note": "wrote to us and told what happened"}
    people["Thea"].post(f"/studies/{fielded.public_id}/screening/settle/1/{case}/", given)
    assert Adjudication.objects.get().is_appeal
    assert standing_of(fielded).first.outcomes[case].state is State.KEPT


def test_agreement_is_told_only_once_everybody_has_decided(fielded: Study, people: dict[str, Client]) -> None:
    for case in flagged(fielded):
        send(people["Olga"], fielded, case, "keep", "weak")
    assert "Cohen’s kappa" not in page(people["Sam"], fielded, "screening/progress/")
    for case, verdict in zip(flagged(fielded), ("keep", "keep", "unsure"), strict=True):
        send(people["Sam"], fielded, case, verdict, "weak" if verdict == "keep" else "", "hm")
    shown = page(people["Sam"], fielded, "screening/progress/")
    assert "Cohen’s kappa" in shown
    assert "2/3" in shown


def test_the_lock_waits_for_every_case_and_for_the_word(fielded: Study, people: dict[str, Client]) -> None:
    where, word = f"/studies/{fielded.public_id}/lock/", fielded.record().id
    assert "3 cases of stage 1 wait to be decided or settled." in page(people["Olga"], fielded, "lock/")
    people["Olga"].post(where, {"name": word})
    fielded.refresh_from_db()
    assert fielded.locked_at is None
    all_decide(fielded, people)
    assert people["Sam"].post(where, {"name": word}).status_code == 403
    assert people["Olga"].post(where, {"name": "yes"}).status_code == 422
    assert people["Olga"].post(where, {"name": word}).status_code == 302
    fielded.refresh_from_db()
    assert fielded.locked_at is not None


def test_an_open_study_cannot_be_locked(fielded: Study, people: dict[str, Client], owner: User) -> None:
    all_decide(fielded, people)
    set_open(fielded, is_open=True)
    with pytest.raises(actions.NotReadyToLockError, match="The study is open"):
        actions.lock_study(study=fielded, actor=owner)


@pytest.fixture
def locked(fielded: Study, people: dict[str, Client], owner: User) -> Study:
    """One of the three was excluded, then everything was locked."""
    first, *rest = flagged(fielded)
    for name in ("Olga", "Sam"):
        send(people[name], fielded, first, "exclude", "duplicate", "said")
        for case in rest:
            send(people[name], fielded, case, "keep", "weak")
    actions.lock_study(study=fielded, actor=owner)
    fielded.refresh_from_db()
    return fielded


def test_what_was_locked_is_what_can_be_downloaded(locked: Study, people: dict[str, Client]) -> None:
    lines = []
    for name in ("choices.csv", "respondents.csv", "study.yaml"):
        content = people["Olga"].get(f"/studies/{locked.public_id}/files/{name}").content
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == locked.locked_hash
    table = page(people["Olga"], locked, "files/respondents.csv").splitlines()
    assert table[0].endswith("screening,screening_reason,screening_sensitivity")
    assert sum(",excluded,duplicate," in row for row in table) == 1
    assert sum(row.endswith(",kept,weak,") for row in table) == 2
    shown = page(people["Olga"], locked, "lock/")
    assert "Nothing has changed since" in shown
    assert locked.locked_hash in shown


def test_after_the_lock_nothing_changes(locked: Study, people: dict[str, Client], owner: User) -> None:
    session = Session.objects.of(locked).first()
    assert session is not None
    case = session.respondent
    for change in (
        session.save,
        session.delete,
        session.task_answers.first().save,
        lambda: set_open(locked, is_open=True),
        lambda: change_document(study=locked, text=locked.document, name="study.yaml", actor=owner),
        lambda: actions.lock_study(study=locked, actor=owner),
        lambda: actions.decide(
            study=locked,
            respondent=case,
            reviewer=owner,
            stage=Stage.APART,
            verdict=Verdict.KEEP,
            reason="weak",
            note="",
        ),
    ):
        with pytest.raises(StudyIsLockedError), transaction.atomic():
            change()
    people["Olga"].post(f"/studies/{locked.public_id}/collection/", {"to": "open"})
    locked.refresh_from_db()
    assert not locked.is_open
    assert "Nothing has changed since" in page(people["Olga"], locked, "lock/")


def test_a_change_behind_the_programs_back_shows(locked: Study, people: dict[str, Client]) -> None:
    Session.objects.filter(study=locked, status=Status.COMPLETE).update(language="fr")
    assert "The data are not what was locked" in page(people["Olga"], locked, "lock/")


def test_nobody_can_answer_a_locked_study(locked: Study, client: Client) -> None:
    assert client.get(f"/s/{locked.public_id}/").status_code == 200
    before = Session.objects.of(locked).count()
    client.post(f"/s/{locked.public_id}/", {"visit": "x" * 32, "agree": "yes"})
    assert Session.objects.of(locked).count() == before


def test_the_report_of_a_locked_study_leaves_the_excluded_out(locked: Study) -> None:
    from commonground.report.parts import Table
    from commonground.web.results.documents import report_of

    report = report_of(locked, progress=lambda *_: None).document
    assert locked.locked_at is not None
    assert report.locked_on == locked.locked_at.date().isoformat()
    section = next(one for one in report.sections if one.id == "exclusions")
    sizes = next(block for block in section.blocks if isinstance(block, Table))
    assert {row.cells["set"]: row.cells["all"] for row in sizes.rows} == {
        "All complete answers": 12,
        "Complete answers kept after screening": 11,
        "Unfinished answers as well": 14,
    }
    flow = next(figure for figure in report.figures if figure.id == "recruitment-flow")
    assert "Excluded after screening: the same person again: 1" in flow.alt


def test_unsure_settles_nothing(fielded: Study, people: dict[str, Client], stranger: User) -> None:
    with pytest.raises(StudyError, match="keeping or excluding"):
        actions.settle_case(
            study=fielded,
            respondent="x",
            by=stranger,
            stage=Stage.APART,
            verdict=Verdict.UNSURE,
            reason="",
            note="",
        )


def test_a_pilot_is_no_case(fielded: Study) -> None:
    before = flagged(fielded)
    Session.objects.filter(study=fielded, respondent=before[0]).update(is_pilot=True)
    assert before[0] not in flagged(fielded)

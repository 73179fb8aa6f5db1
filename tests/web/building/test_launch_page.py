"""The launch: a list of points with their state, what must be mended first, and a launch that is said twice."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.records.study import Study as StudyRecord
from commonground.web.accounts.models import User
from commonground.web.building.launch_points import Around, Point, checked, launch_points
from commonground.web.building.launching import NotReadyToLaunchError, launch_study
from commonground.web.studies.actions import change_document, set_pilot
from commonground.web.studies.models import Stage, Study
from commonground.web.workspaces.actions import set_role
from commonground.web.workspaces.roles import Role

TODAY = date(2026, 11, 22)
NOBODY = Around(TODAY)


def ready_text(**replaced: str) -> str:
    text = template_text("partner-priorities").replace("@example.org", "@uni.ca")
    text = text.replace("resamples: 2000", "resamples: 100").replace("permutations: 2000", "permutations: 100")
    for before, after in replaced.items():
        assert before in text
        text = text.replace(before, after)
    return text


def points(text: str, around: Around = NOBODY) -> dict[str, Point]:
    found = launch_points(parse_study(text).study, checked(text), around)
    return {point.title: point for point in found}


@pytest.fixture(scope="module")
def ready() -> StudyRecord:
    return parse_study(ready_text()).study


def point(record: StudyRecord, title: str, around: Around = NOBODY) -> Point:
    return next(one for one in launch_points(record, checked(ready_text()), around) if one.title == title)


def changed(record: StudyRecord, part: str, **values: object) -> StudyRecord:
    return record.model_copy(update={part: getattr(record, part).model_copy(update=values)})


class TestPoints:
    def test_the_template_needs_only_addresses_of_its_own(self) -> None:
        found = points(template_text("partner-priorities"))
        assert [point.title for point in found.values() if point.state == "must"] == ["Whom to ask"]
        assert points(ready_text())["Whom to ask"].state == "done"

    def test_each_point_leads_to_where_it_can_be_mended(self) -> None:
        text = template_text("partner-priorities")
        assert points(text)["Whom to ask"].page == "building:ethics"
        consent = points(text.replace("study-team@example.org", "team@uni.ca"))["Whom to ask"]
        assert (consent.page, consent.part) == ("building:texts", "consent")

    def test_people_under_18_keep_a_study_from_its_launch(self, ready: StudyRecord) -> None:
        assert point(ready, "People under 18").state == "done"
        without = ready.model_copy(update={"eligibility": ready.eligibility[1:]})
        assert point(without, "People under 18").state == "must"
        agreed = changed(without, "ethics", guardianship=ready.contact)
        assert point(agreed, "People under 18").state == "done"

    def test_a_missing_language_must_be_mended(self) -> None:
        found = points(ready_text().replace("languages: [en, fr]", "languages: [en, fr, es]"))
        assert found["Languages"].state == "must"
        assert "line" in found["Languages"].more[0]

    def test_rules_that_lead_nowhere_must_be_mended(self) -> None:
        text = ready_text().replace("  - {group: P, when: {question: role, equals: patient-caregiver}}\n", "")
        assert points(text)["Questions and rules"].state == "must"

    @pytest.mark.parametrize(
        ("values", "state"),
        [
            ({}, "advice"),
            ({"closes_on": date(2027, 3, 1)}, "done"),
            ({"closes_on": date(2026, 11, 21)}, "must"),
            ({"opens_on": date(2027, 4, 1), "closes_on": date(2027, 3, 1)}, "must"),
        ],
    )
    def test_dates(self, ready: StudyRecord, values: dict[str, date], state: str) -> None:
        assert point(changed(ready, "fielding", **values), "Dates").state == state

    def test_a_design_that_cannot_compare_must_be_mended(self, ready: StudyRecord) -> None:
        ids = [item.id for item in ready.items]
        apart = changed(ready, "design", per_task=5, tasks=2, own=((tuple(ids[:5]), tuple(ids[5:10])),))
        assert point(apart, "Design").state == "must"
        seldom = changed(ready, "design", tasks=5)
        assert point(seldom, "Design").state in {"advice", "done"}

    def test_what_an_ethics_board_asks_is_advice(self, ready: StudyRecord) -> None:
        missing = point(ready, "Ethics")
        assert missing.state == "advice"
        assert "approval" in missing.words
        words = ready.contact
        full = changed(
            ready, "ethics", approval="REB 1", controller=words, storage=words, retention=words, complaints=words
        )
        assert point(full, "Ethics").state == "done"

    def test_what_is_around_the_document_counts_as_well(self, ready: StudyRecord) -> None:
        lonely, pair = Around(TODAY, screeners=1), Around(TODAY, screeners=2, pretested=True, items_settled=False)
        assert point(ready, "Screening", lonely).words.startswith("2 people are to decide")
        assert "second look" in point(ready, "Screening", pair).words
        assert [point(ready, "Pretest", around).state for around in (lonely, pair)] == ["advice", "done"]
        assert [point(ready, "Items", around).state for around in (lonely, pair)] == ["done", "advice"]


@pytest.fixture
def prepared(study: Study, owner: User) -> Study:
    return change_document(study=study, text=ready_text(), name="study.yaml", actor=owner)


def page(client: Client, study: Study) -> str:
    return " ".join(client.get(f"/studies/{study.public_id}/launch/").content.decode().split())


def test_what_must_be_mended_keeps_the_study_shut(as_owner: Client, study: Study, owner: User) -> None:
    said = page(as_owner, study)
    assert "1 thing has to be mended first." in said
    assert "Launch the study</button>" not in said
    as_owner.post(f"/studies/{study.public_id}/launch/", {"sure": "on"})
    study.refresh_from_db()
    assert study.stage == Stage.PREPARING
    with pytest.raises(NotReadyToLaunchError, match="address of the template"):
        launch_study(study=study, actor=owner, today=TODAY)


def test_a_launch_is_said_twice_and_then_freezes(as_owner: Client, prepared: Study) -> None:
    assert "The study can be launched." in page(as_owner, prepared)
    assert as_owner.post(f"/studies/{prepared.public_id}/launch/").status_code == 422
    prepared.refresh_from_db()
    assert prepared.stage == Stage.PREPARING
    opened = as_owner.post(f"/studies/{prepared.public_id}/launch/", {"sure": "on"}, follow=True)
    assert "Next: send the link" in opened.content.decode()
    prepared.refresh_from_db()
    assert (prepared.stage, prepared.launched_hash) == (Stage.LIVE, prepared.document_hash)
    assert prepared.launched_hash in page(as_owner, prepared)


def test_the_button_of_old_leads_to_the_list(as_owner: Client, prepared: Study) -> None:
    answer = as_owner.post(f"/studies/{prepared.public_id}/collection/", {"to": "open"})
    assert answer.headers["Location"] == f"/studies/{prepared.public_id}/launch/"
    prepared.refresh_from_db()
    assert not prepared.is_open


def test_a_pilot_ends_with_the_launch(as_owner: Client, prepared: Study) -> None:
    set_pilot(prepared, is_open=True)
    assert "The pilot ends with the launch" in page(as_owner, prepared)
    as_owner.post(f"/studies/{prepared.public_id}/launch/", {"sure": "on"})
    prepared.refresh_from_db()
    assert (prepared.stage, prepared.is_pilot) == (Stage.LIVE, False)


@pytest.mark.parametrize(("role", "may"), [(Role.ANALYST, True), (Role.SCREENER, False), (Role.VIEWER, False)])
def test_who_may_launch(client: Client, prepared: Study, stranger: User, role: str, *, may: bool) -> None:
    assert prepared.workspace
    set_role(workspace=prepared.workspace, user=stranger, role=role)
    client.force_login(stranger)
    assert ("Launch the study</button>" in page(client, prepared)) == may
    client.post(f"/studies/{prepared.public_id}/launch/", {"sure": "on"})
    prepared.refresh_from_db()
    assert prepared.is_open == may


def test_a_launched_study_says_when_and_how_it_stands_today(
    as_owner: Client, prepared: Study, answered: Callable[..., Study]
) -> None:
    as_owner.post(f"/studies/{prepared.public_id}/launch/", {"sure": "on"})
    answered(prepared, HP=2)
    said = page(as_owner, prepared)
    assert "Launched on" in said
    assert "Launch the study</button>" not in said

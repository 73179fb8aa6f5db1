"""The analysis plan: written before anyone answers, frozen at the launch, then with a log of departures."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from commonground.files.deviations import read_deviations
from commonground.files.study import parse_study, plan_hash
from commonground.records.deviations import DataSeen, PlanPart
from commonground.records.errors import DataError, StudyError
from commonground.web.accounts.models import User
from commonground.web.results.documents import report_of
from commonground.web.studies.actions import change_document, set_open
from commonground.web.studies.models import Deviation, Study
from commonground.web.studies.planning import add_deviation, launched_plan_hash, plan_log
from commonground.web.workspaces.models import AuditEvent, LogIsAppendOnlyError


def page(client: Client, study: Study, path: str = "plan/") -> str:
    return " ".join(client.get(f"/studies/{study.public_id}/{path}").content.decode().split())


def written(study: Study, **changes: str) -> dict[str, str]:
    plan, rules = study.record().analysis, study.record().screening
    return {
        "primary": plan.primary,
        "secondary": "\n".join(plan.secondary),
        "constant": str(plan.added.constant),
        "constant_to": plan.added.to,
        "reason": plan.added.reason,
        "threshold": str(plan.threshold),
        "equivalence_margin": str(plan.equivalence_margin),
        "resamples": str(plan.resamples),
        "permutations": str(plan.permutations),
        "seed": str(plan.seed),
        "minimum_minutes": str(rules.minimum_minutes),
        "reviewers": str(rules.reviewers),
        "base": study.document_hash,
    } | changes


DEPARTURE = {
    "part": "fielding",
    "changed": "Collecting goes on two months longer.",
    "reason": "Few researchers had answered.",
    "data_seen": "counts",
    "sure": "on",
}


class TestBeforeTheLaunch:
    def test_the_plan_stands_in_words_with_its_hash(self, as_owner: Client, study: Study) -> None:
        said = page(as_owner, study)
        assert "0.1 is added to every count of: Researchers." in said
        assert "rescaled scores at least 0.2 apart" in said
        assert "The whole survey in under 10 minutes." in said
        assert "seed 20260101" in said
        assert plan_hash(study.record()) in said
        assert "No primary outcome is named." in said

    def test_it_can_be_written(self, as_owner: Client, study: Study) -> None:
        form = written(
            study,
            primary="Mean scores",
            secondary="Ranks\n\nRatios",
            constant="0.5",
            constant_to="all",
            minimum_minutes="",
        )
        answer = as_owner.post(f"/studies/{study.public_id}/plan/change/", form, follow=True)
        assert "The plan is saved." in answer.content.decode()
        study.refresh_from_db()
        plan = study.record().analysis
        assert (plan.primary, plan.secondary, plan.added.constant, plan.added.to) == (
            "Mean scores",
            ("Ranks", "Ratios"),
            0.5,
            "all",
        )
        assert study.record().screening.minimum_minutes is None
        assert "# rescaled scores at least this far apart" in study.document

    def test_what_is_left_as_it_is_changes_no_answer(self, as_owner: Client, study: Study) -> None:
        before = study.record()
        as_owner.post(f"/studies/{study.public_id}/plan/change/", written(study))
        study.refresh_from_db()
        assert study.record() == before

    def test_two_people_do_not_write_over_each_other(self, as_owner: Client, study: Study, owner: User) -> None:
        form = written(study, primary="Mine")
        text = study.document.replace("threshold: 0.2", "threshold: 0.3")
        change_document(study=study, text=text, name="study.yaml", actor=owner)
        answer = as_owner.post(f"/studies/{study.public_id}/plan/change/", form)
        assert answer.status_code == 422
        assert "Somebody else has changed" in answer.content.decode()
        assert "Mine" in answer.content.decode()

    def test_a_departure_belongs_after_the_launch(self, as_owner: Client, study: Study, owner: User) -> None:
        as_owner.post(f"/studies/{study.public_id}/plan/depart/", DEPARTURE)
        assert not Deviation.objects.exists()
        with pytest.raises(StudyError, match="launch"):
            add_deviation(
                study=study,
                actor=owner,
                part=Deviation.Part.OTHER,
                changed="x",
                reason="y",
                data_seen=Deviation.Seen.NOTHING,
            )


class TestAfterTheLaunch:
    @pytest.fixture
    def launched(self, study: Study, owner: User) -> Study:
        set_open(study, is_open=True, actor=owner)
        return study

    def test_the_plan_is_frozen_with_time_and_hash(self, as_owner: Client, launched: Study) -> None:
        said = page(as_owner, launched)
        assert "Frozen at the launch on" in said
        assert "Write the plan" not in said
        as_owner.post(f"/studies/{launched.public_id}/plan/change/", written(launched, primary="Another"))
        launched.refresh_from_db()
        assert launched.record().analysis.primary == ""
        assert launched_plan_hash(launched) == plan_hash(launched.record())

    def test_a_departure_is_dated_and_signed(self, as_owner: Client, launched: Study, owner: User) -> None:
        as_owner.post(f"/studies/{launched.public_id}/plan/depart/", DEPARTURE)
        said = page(as_owner, launched)
        assert "Collecting goes on two months longer." in said
        assert f"by {owner.name}." in said
        assert "only how many had answered" in said
        event = AuditEvent.objects.last()
        assert event
        assert event.action == "entered departure from plan"

    def test_it_cannot_be_changed_or_left_half_empty(self, as_owner: Client, launched: Study) -> None:
        for missing in ("changed", "reason", "sure"):
            sent = {name: value for name, value in DEPARTURE.items() if name != missing}
            assert as_owner.post(f"/studies/{launched.public_id}/plan/depart/", sent).status_code == 422
        as_owner.post(f"/studies/{launched.public_id}/plan/depart/", DEPARTURE)
        entry = Deviation.objects.get()
        entry.reason = "Another"
        with pytest.raises(LogIsAppendOnlyError):
            entry.save()

    def test_the_log_can_be_taken_away_and_read_again(
        self, as_owner: Client, launched: Study, tmp_path: pytest.TempPathFactory
    ) -> None:
        as_owner.post(f"/studies/{launched.public_id}/plan/depart/", DEPARTURE)
        path = tmp_path / "deviations.csv"  # type: ignore[operator]  # a path
        path.write_bytes(as_owner.get(f"/studies/{launched.public_id}/plan/deviations.csv").content)
        (entry,) = read_deviations(path)
        assert entry == plan_log(launched).deviations[0]
        assert (entry.part, entry.data_seen) == (PlanPart.FIELDING, DataSeen.COUNTS)
        path.write_text(path.read_text().replace("counts", "perhaps"))
        with pytest.raises(DataError, match="row 2"):
            read_deviations(path)

    def test_it_stands_in_the_report(self, as_owner: Client, launched: Study, answered: Callable[..., Study]) -> None:
        as_owner.post(f"/studies/{launched.public_id}/plan/depart/", DEPARTURE)
        answered(launched, HP=3)
        document = report_of(launched, progress=lambda *_told: None).document
        (section,) = (one for one in document.sections if one.id == "deviations")
        opening, table = section.blocks
        assert launched_plan_hash(launched) in opening.text
        assert table.rows[0].cells["changed"] == DEPARTURE["changed"]

    def test_departures_can_be_entered_after_the_lock(self, as_owner: Client, launched: Study) -> None:
        from django.utils import timezone

        Study.objects.filter(pk=launched.pk).update(locked_at=timezone.now())
        as_owner.post(f"/studies/{launched.public_id}/plan/depart/", DEPARTURE)
        assert Deviation.objects.count() == 1

    def test_a_plan_changed_behind_the_programs_back_shows(self, as_owner: Client, launched: Study) -> None:
        text = launched.document.replace("threshold: 0.2", "threshold: 0.4")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE studies_study SET document = %s, document_hash = %s", [text, parse_study(text).hash])
        assert "is not the one that was launched" in page(as_owner, launched)


def test_the_plan_can_be_taken_away_as_a_text(as_owner: Client, study: Study) -> None:
    content = as_owner.get(f"/studies/{study.public_id}/plan/plan.md").content.decode()
    assert content.startswith("# Analysis plan: What partners need most")
    assert "## Comparing groups" in content
    assert plan_hash(study.record()) in content

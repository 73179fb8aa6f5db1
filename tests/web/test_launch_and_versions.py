"""A study before and after its launch: what may change, what is kept, and that collected data keep their meaning."""

import pytest

from commonground.records.errors import StudyError
from commonground.web.accounts.models import User
from commonground.web.studies.actions import StudyIsLockedError, change_document, set_open, set_pilot
from commonground.web.studies.designs import design_of
from commonground.web.studies.models import Stage, Study


def changed(study: Study, owner: User, before: str, after: str) -> Study:
    assert before in study.document
    return change_document(
        study=study, text=study.document.replace(before, after), name="study.yaml", actor=owner, note="as discussed"
    )


def test_before_launch_anything_may_change_and_every_document_is_kept(study: Study, owner: User) -> None:
    first = study.document_hash
    study = changed(study, owner, "per_task: 5", "per_task: 6")
    assert design_of(study).per_task == 6
    assert [version.document_hash for version in study.document_versions.all()][-1] == study.document_hash != first
    assert study.document_versions.last().made_by == owner.email


def test_launch_freezes_the_design(study: Study, owner: User) -> None:
    assert study.stage == Stage.PREPARING
    set_open(study, is_open=True, actor=owner)
    assert (study.stage, study.launched_hash) == (Stage.LIVE, study.document_hash)
    assert study.design["versions"][0] == [list(task) for task in design_of(study).versions[0]]


def test_after_launch_what_answers_depend_on_stays(study: Study, owner: User) -> None:
    set_open(study, is_open=True, actor=owner)
    kept = study.document
    with pytest.raises(StudyError) as refused:
        changed(study, owner, "per_task: 5", "per_task: 6")
    (problem,) = refused.value.problems
    assert problem.where == "design.per_task"
    assert "new study" in problem.mend
    study.refresh_from_db()
    assert study.document == kept


def test_after_launch_the_thank_you_page_may_change(study: Study, owner: User) -> None:
    set_open(study, is_open=True, actor=owner)
    before = str(study.record().thanks)
    study = changed(study, owner, before[:20], f"Well. {before[:20]}")
    assert str(study.record().thanks).startswith("Well.")
    assert study.launched_hash != study.document_hash


def test_a_pilot_belongs_before_the_launch(study: Study, owner: User) -> None:
    set_pilot(study, is_open=True, actor=owner)
    assert (study.stage, study.launched_at) == (Stage.PILOT, None)
    set_open(study, is_open=True, actor=owner)
    assert (study.stage, study.is_pilot) == (Stage.LIVE, False)
    with pytest.raises(StudyError, match="before the launch"):
        set_pilot(study, is_open=True, actor=owner)


def test_a_locked_study_does_not_change(study: Study, owner: User) -> None:
    from django.utils import timezone

    Study.objects.filter(pk=study.pk).update(locked_at=timezone.now())
    for wrong in (lambda: set_open(study, is_open=True), lambda: changed(study, owner, "per_task: 5", "per_task: 6")):
        with pytest.raises(StudyIsLockedError, match="locked"):
            wrong()

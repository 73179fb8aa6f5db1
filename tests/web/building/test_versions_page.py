"""Every document a study has had, and what changed in words."""

from django.test import Client

from commonground.files.study_edits import edited
from commonground.web.accounts.models import User
from commonground.web.studies.actions import change_document, set_open
from commonground.web.studies.models import Study


def changed(study: Study, owner: User, changes: dict[tuple[str | int, ...], object], note: str = "") -> Study:
    return change_document(study=study, text=edited(study.document, changes), name="study.yaml", actor=owner, note=note)


def page(client: Client, study: Study, path: str) -> str:
    return " ".join(client.get(f"/studies/{study.public_id}/versions/{path}").content.decode().split())


def test_each_says_when_by_whom_and_which_was_launched(as_owner: Client, study: Study, owner: User) -> None:
    first = study.document_hash
    study = changed(study, owner, {("minutes",): 21}, "Measured in the pretest")
    set_open(study, is_open=True, actor=owner)
    said = page(as_owner, study, "")
    assert "Measured in the pretest" in said
    assert owner.email in said
    assert study.document_hash in said
    assert first not in said  # this study came before versions were kept
    assert said.count("launched</span>") == 1
    assert "a changed consent needs a version of its own" in said


def test_a_version_tells_its_changes_in_words(as_owner: Client, study: Study, owner: User) -> None:
    study = change_document(study=study, text=study.document, name="study.yaml", actor=owner)
    study = changed(
        study, owner, {("items", 0, "label", "en"): "Openness", ("design", "per_task"): 6, ("contact",): None}
    )
    said = page(as_owner, study, "2/")
    assert "3 changes against version 1" in said
    assert "<ins>Openness</ins>" in said
    assert "open · label · en" in said
    assert "taken away" in said
    assert "<h3>Design</h3>" in said


def test_layout_alone_changes_nothing_that_people_read(as_owner: Client, study: Study, owner: User) -> None:
    study = change_document(study=study, text=study.document, name="study.yaml", actor=owner)
    study = change_document(study=study, text=f"# a comment\n{study.document}", name="study.yaml", actor=owner)
    assert "only layout or comments" in page(as_owner, study, "2/")


def test_a_version_can_be_taken_away_as_it_was_written(as_owner: Client, study: Study, owner: User) -> None:
    text = study.document.replace("minutes: 20", "minutes: 22")
    study = change_document(study=study, text=text, name="study.yaml", actor=owner)
    answer = as_owner.get(f"/studies/{study.public_id}/versions/1/study.yaml")
    assert answer.content.decode() == text
    assert as_owner.get(f"/studies/{study.public_id}/versions/2/").status_code == 404


def test_what_people_wrote_is_never_taken_for_markup(as_owner: Client, study: Study, owner: User) -> None:
    text = study.document.replace("minutes: 20", "minutes: 22 # <b>")
    study = change_document(study=study, text=text, name="study.yaml", actor=owner, note="<b>note</b>")
    script = text.replace('citation: "', 'citation: "<script>alert(1)</script>')
    study = change_document(study=study, text=script, name="study.yaml", actor=owner)
    for path in ("", "1/", "2/"):
        said = page(as_owner, study, path)
        assert "<script>alert" not in said
        assert "<b>note" not in said
    assert "&lt;script&gt;alert" in said

"""Questions of an XLSForm come into the questionnaire only after one has seen what they are."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from commonground.web.building.xlsform import _under_free_ids
from commonground.web.studies.models import Study


def workbook() -> SimpleUploadedFile:
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (
        ("type", "name", "label::English (en)", "relevant"),
        ("select_one yesno", "adult", "Are you an adult?", ""),
        ("integer", "age", "How <b>old</b>?", "${adult} = 'yes'"),
        ("geopoint", "where", "Where are you?", ""),
    ):
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in (("list_name", "name", "label::English (en)"), ("yesno", "yes", "Yes"), ("yesno", "no", "No")):
        choices.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("form.xlsx", file.getvalue())


def test_what_is_in_it_is_shown_first_and_then_taken_over(as_owner: Client, study: Study) -> None:
    where = f"/studies/{study.public_id}/questionnaire/xlsform/"
    before = study.document
    page = as_owner.post(where, {"file": workbook()}).content.decode()
    assert "2 questions can be taken over" in page
    assert "where" in page
    assert "<b>old" not in page
    study.refresh_from_db()
    assert study.document == before
    taken = page.split('name="taken" value="')[1].split('"')[0]
    answer = as_owner.post(where, {"taken": taken, "section": "demographics"}, follow=True)
    assert "2 questions were added." in answer.content.decode()
    study.refresh_from_db()
    adult, age = study.record().demographics[-2:]
    assert (adult.id, age.id) == ("adult-2", "age-2"), "both names were taken"
    assert age.show_if is not None
    assert age.show_if.question == "adult-2"


def test_what_is_no_workbook_is_said_so(as_owner: Client, study: Study) -> None:
    where = f"/studies/{study.public_id}/questionnaire/xlsform/"
    refused = as_owner.post(where, {"file": SimpleUploadedFile("form.xlsx", b"no workbook")})
    assert refused.status_code == 422
    assert "Nothing has changed" in refused.content.decode()
    assert as_owner.post(where, {"taken": "forged"}).status_code == 302


def test_ids_of_new_questions_never_meet() -> None:
    questions = [{"id": "a"}, {"id": "b", "show_if": {"all": [{"question": "a", "equals": "x"}]}}]
    added = _under_free_ids(questions, {"a"})
    assert [one["id"] for one in added] == ["a-2", "b"]
    assert added[1]["show_if"] == {"all": [{"question": "a-2", "equals": "x"}]}

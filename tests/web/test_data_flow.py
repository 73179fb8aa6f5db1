"""The data-flow page: what a study keeps, from its document, and what is missing before it can be filed."""

from collections.abc import Callable

import pytest
from django.test import Client

from commonground.files.study import parse_study
from commonground.records.questions import Question, QuestionType
from commonground.web.accounts.models import User
from commonground.web.privacy.flow import kept, seats, stated
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import set_role

ETHICS = """
ethics:
  approval: REB 1234
  controller: {en: "The university.", fr: "L’université."}
  storage: A server in Halifax.
  retention: Seven years.
  complaints: office@example.org
fielding:
  closes_on: 2026-05-31
  address_key_days: 30
  contacts:
    wishes: [draw, results]
    draw: {prizes: 12, prize: 25 dollars}
    deleted_on: 2026-12-31
"""


@pytest.fixture
def with_words(study: Study, study_text: str) -> Callable[[str], Study]:
    """The study with words added to the end of its document."""

    def change(added: str) -> Study:
        found = parse_study(study_text + added, "study.yaml")
        study.document, study.document_hash = found.text, found.hash
        study.save()
        return study

    return change


def page(client: Client, study: Study) -> str:
    answer = client.get(f"/studies/{study.public_id}/data-flow/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_missing_is_named_with_its_place_in_the_document(as_owner: Client, study: Study) -> None:
    words = page(as_owner, study)
    for field in ("ethics.controller", "ethics.approval", "ethics.storage", "ethics.retention", "ethics.complaints"):
        assert field in words
    assert "are missing before this can be filed" in words


def test_a_study_that_says_all_is_ready_but_for_what_withdrawing_can_do(
    as_owner: Client, with_words: Callable[[str], Study]
) -> None:
    study = with_words(ETHICS)
    assert [one.field for one in stated(study.record()) if one.is_missing] == ["consent.withdrawal"]
    words = page(as_owner, study)
    for said in ("REB 1234", "The university.", "Seven years.", "2026-12-31", "30 days after closing", "2026-05-31"):
        assert said in words, said


def test_contacts_are_told_of_only_where_the_study_asks_for_them(
    study: Study, with_words: Callable[[str], Study]
) -> None:
    before = [one.what for one in kept(study.record())]
    after = kept(with_words(ETHICS).record())
    assert "Contact details" not in before
    (contacts,) = (one for one in after if one.what == "Contact details")
    assert "Prize draw, Results" in contacts.details
    assert "owner" in contacts.who
    assert "analyst" not in contacts.who


def test_questions_in_which_people_write_freely_are_named(study: Study) -> None:
    record = study.record()
    free = Question(id="more", type=QuestionType.LONG_TEXT, text="What else?")  # type: ignore[arg-type]  # pydantic
    (answers,) = (one for one in kept(record.model_copy(update={"demographics": (free,)})) if one.what == "Answers")
    assert "may name somebody: What else?" in answers.details
    (answers,) = (one for one in kept(record) if one.what == "Answers")
    assert "may name somebody" not in answers.details


def test_roles_are_counted(study: Study, stranger: User) -> None:
    assert study.workspace
    set_role(workspace=study.workspace, user=stranger, role="screener")
    counts = {seat.role: seat.members for seat in seats(study.workspace)}
    assert counts == {"owner": 1, "analyst": 0, "screener": 1, "reviewer": 0, "viewer": 0}


def test_the_page_speaks_french(as_owner: Client, with_words: Callable[[str], Study]) -> None:
    study = with_words(ETHICS)
    as_owner.cookies["commonground_language"] = "fr"
    words = page(as_owner, study)
    assert "Flux des données" in words
    assert "L’université." in words
    assert "How long" not in words


def test_what_is_missing_leads_to_where_it_is_filled_in(as_owner: Client, study: Study) -> None:
    page = as_owner.get(f"/studies/{study.public_id}/data-flow/").content.decode()
    assert f'href="/studies/{study.public_id}/ethics/"' in page

"""What each page says when something is missing, and in which language."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.models import Study


def test_consent_is_a_box_that_one_ticks(participant) -> None:
    participant.open()
    page = participant.client.post(participant.url(), {"visit": participant.hidden("visit")})
    assert page.status_code == 422
    assert "Please tick the box" in page.content.decode()
    assert not Session.objects.exists()


def test_declining_is_counted_and_nothing_else_is_kept(participant) -> None:
    participant.open()
    visit = participant.hidden("visit")
    page = participant.client.post(participant.url(), {"visit": visit, "decline": "yes"})
    assert "That is completely fine" in page.content.decode()
    assert all(not cookie.value for name, cookie in page.cookies.items() if name.startswith("commonground_visit"))
    session = participant.session
    assert (session.status, session.answers, session.group) == ("declined", {}, "")


def test_a_change_of_mind_is_one_person(participant) -> None:
    participant.open()
    visit = participant.hidden("visit")
    participant.client.post(participant.url(), {"visit": visit, "decline": "yes"})
    page = participant.client.post(participant.url(), {"visit": visit, "reconsider": "yes"})
    assert "I agree." in page.content.decode()
    participant.client.post(participant.url(), {"visit": visit, "agree": "yes"})
    assert participant.session.status == "consented"
    participant.client.post(participant.url(), {"visit": visit, "decline": "yes"})
    assert participant.session.status == "declined"


def test_declining_never_deletes_answers_already_given(participant) -> None:
    participant.open()
    visit = participant.hidden("visit")
    participant.page = participant.client.post(participant.url(), {"visit": visit, "agree": "yes"}, follow=True)
    participant.answer_background()
    participant.client.post(participant.url(), {"visit": visit, "decline": "yes"})
    assert participant.session.status == "eligible"


def test_a_closed_study_says_so(participant) -> None:
    participant.agree()
    Study.objects.update(is_open=False)
    page = participant.send({"q-age": "40", "q-role": "nurse"})
    assert "takes no answers at the moment" in page.content.decode()
    assert "kept safely" in page.content.decode()
    stranger = Client().get(participant.url())
    assert "Nothing was saved" in stranger.content.decode()
    assert participant.session.answers == {}


def test_a_link_that_leads_nowhere(client: Client, db: None) -> None:
    assert client.get("/s/nowhere/").status_code == 404


def test_answers_that_need_another_look_are_named_and_kept(participant) -> None:
    participant.agree()
    page = participant.send({"q-age": "forty", "q-areas": ["none", "acute"]})
    assert page.status_code == 422
    assert participant.key == "background-1"
    assert "Please write a number, for example 12." in participant.text
    assert "This question still needs an answer." in participant.text
    assert "does not go together" in participant.text
    assert 'value="forty"' in participant.text
    assert 'href="#q-role-nurse"' in participant.text
    assert participant.text.count(" checked") == 2


@pytest.mark.parametrize(("age", "words"), [("-1", "from 0 to 120"), ("121", "from 0 to 120")])
def test_a_number_out_of_range_says_the_range(participant, age: str, words: str) -> None:
    participant.agree()
    participant.send({"q-age": age, "q-role": "nurse"})
    assert words in participant.text


def test_the_same_item_twice_keeps_both_marks_and_says_so_at_the_card(participant) -> None:
    participant.reach_tasks()
    item = participant.shown()[1]
    page = participant.send({"most": item, "least": item})
    assert page.status_code == 422
    assert participant.text.count(" checked") == 2
    assert re.search(r'id="both-2" role="status">', participant.text)
    assert participant.text.count('aria-describedby="both-2"') == 2
    assert "is marked as both" in participant.text
    assert not TaskAnswer.objects.exists()


def test_a_missing_mark_is_named_and_the_other_is_kept(participant) -> None:
    participant.reach_tasks()
    participant.send({"most": participant.shown()[2]})
    assert "“Least important” has not been chosen yet." in participant.text
    assert participant.text.count(" checked") == 1
    participant.send()
    assert "Some answers need another look" in participant.text


def test_the_first_showing_counts_when_a_page_comes_back(participant) -> None:
    participant.reach_tasks()
    stamp = participant.hidden("stamp")
    participant.send({"most": participant.shown()[0]})
    assert participant.hidden("stamp") == stamp


def test_the_practice_is_not_kept_and_can_be_undone(participant) -> None:
    participant.agree().answer_background()
    participant.send()
    assert "Alex chose ham." in participant.text
    fields = {"stamp": participant.hidden("stamp"), "try": "yes", "most": "1", "least": "1"}
    page = participant.client.post(participant.url("example"), fields)
    assert "This cannot be both" in page.content.decode()
    page = participant.client.post(participant.url("example"), fields | {"least": "2"})
    assert "That is all there is to it" in page.content.decode()
    assert "Undo and try again" in page.content.decode()
    assert not TaskAnswer.objects.exists()
    assert "example" not in participant.session.seen


def test_the_repeat_is_announced(participant) -> None:
    participant.agree().answer_background()
    assert "comes twice, on purpose" in participant.text


def test_the_language_follows_the_browser_then_the_person(participant, another: Callable) -> None:
    page = participant.client.get(participant.url(), headers={"accept-language": "fr-CA,en;q=0.5"})
    text = page.content.decode()
    assert '<html lang="fr"' in text
    assert "J’accepte." in text
    assert 'value="en" lang="en"' in text
    page = another().client.get(participant.url(), headers={"accept-language": "de"})
    assert '<html lang="en"' in page.content.decode()


def test_changing_the_language_keeps_the_place_and_what_was_filled_in(participant) -> None:
    participant.reach_tasks()
    participant.pick()
    items = participant.shown()
    sent = {"stamp": participant.hidden("stamp"), "language": "fr", "most": items[1], "least": items[1]}
    page = participant.client.post(participant.url("task-2"), sent)
    text = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="fr"' in text
    assert text.count(" checked") == 2
    assert participant.session.language == "fr"
    participant.open()
    assert participant.key == "task-2"
    assert '<html lang="fr"' in participant.text


def test_questions_keep_what_was_filled_in_when_the_language_changes(participant) -> None:
    participant.agree()
    page = participant.send({"q-age": "4x", "q-role": "parent"}, language="fr")
    assert 'value="4x"' in page.content.decode()
    assert page.status_code == 200
    assert participant.session.answers == {}


def test_a_language_the_study_does_not_speak_is_ignored(participant) -> None:
    participant.agree()
    participant.send({"q-age": "40"}, language="xx")
    assert participant.session.language == "en"


def test_consent_in_french_begins_a_session_in_french(participant) -> None:
    participant.open(language="fr")
    assert participant.hidden("in_language") == "fr"
    participant.client.post(
        participant.url(), {"visit": participant.hidden("visit"), "agree": "yes", "in_language": "fr"}
    )
    assert participant.session.language == "fr"
    assert participant.session.consent_version == "2"


def test_a_text_without_a_translation_says_its_language(at: type, study_with: Callable[..., Study]) -> None:
    person = at(study_with(title={"en": "Only in English"}))
    person.open(language="fr")
    assert '<span lang="en">Only in English</span>' in person.text


def test_a_page_without_its_cookie_is_explained() -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/s/any/", {"agree": "yes"})
    assert page.status_code == 403
    assert "Nothing was lost" in page.content.decode()


def test_an_optional_choice_can_be_taken_back(participant) -> None:
    participant.reach_tasks().do_tasks()
    participant.send({"q-clear": "yes"})
    participant.open("quality-1")
    assert "No answer" in participant.text
    participant.send({"q-clear": ""})
    assert participant.session.answers["clear"] is None

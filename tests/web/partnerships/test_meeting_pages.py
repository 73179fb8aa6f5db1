"""The meeting: an agenda out of the results, one thing at a time, prompts, and what was agreed."""

from collections.abc import Callable

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.partnerships.models import MeetingNote, Partnership, Voice
from commonground.web.partnerships.rounds import close_round, open_results

HEAD = ("open", "goal", "res", "fit", "exp", "lead", "net", "plan", "know", "champ", "comm")


@pytest.fixture
def shown(answer: Callable[..., Client], partnership: Partnership, owner: User) -> str:
    """Results of five people who want the same; the address of the partnership."""
    for number in range(5):
        answer(f"Person {number}", order=HEAD)
    close_round(partnership=partnership, actor=owner, today=partnership.meets_on)
    open_results(partnership=partnership, actor=owner, today=partnership.meets_on)
    return f"/partnerships/{partnership.public_id}/"


def test_the_agenda_comes_from_what_was_shown_and_has_three_lengths(as_owner: Client, shown: str) -> None:
    page = as_owner.get(f"{shown}meeting/").content.decode()
    assert "What we share" in page
    assert "When to pause" in page
    assert f"{shown}meeting/open/" in page
    short = as_owner.get(f"{shown}meeting/?minutes=30")
    assert sum(step.minutes for step, *_words in short.context["steps"]) == 30
    assert as_owner.get(f"{shown}meeting/?minutes=5000").context["minutes"] == 85


def test_there_is_no_meeting_before_the_results(as_owner: Client, partnership: Partnership) -> None:
    assert as_owner.get(f"/partnerships/{partnership.public_id}/meeting/").status_code == 302
    assert as_owner.get(f"/partnerships/{partnership.public_id}/meeting/open/").status_code == 302


def test_what_was_agreed_is_written_down_and_comes_into_the_draft(as_owner: Client, shown: str) -> None:
    assert as_owner.get(f"{shown}meeting/nothing/").status_code == 404
    page = as_owner.get(f"{shown}meeting/comm/").content.decode()
    assert "What do you need to take part when you are unwell?" in page
    assert as_owner.post(f"{shown}meeting/comm/", {"text": " "}).status_code == 422
    as_owner.post(f"{shown}meeting/comm/", {"text": "We call, not write.", "who": "Bo"})
    assert "We call, not write." in as_owner.get(f"{shown}meeting/comm/").content.decode()
    assert "We call, not write." in as_owner.get(f"{shown}agreement/draft/").content.decode()
    as_owner.post(f"{shown}notes/{MeetingNote.objects.get().pk}/")
    assert not MeetingNote.objects.exists()


def test_one_can_walk_from_thing_to_thing(as_owner: Client, shown: str) -> None:
    seen, item = [], as_owner.get(f"{shown}meeting/").context["steps"][2][3][0].id
    for _thing in range(20):
        seen.append(item)
        item = as_owner.get(f"{shown}meeting/{item}/").context["after"]
        if not item:
            break
    assert sorted(seen) == sorted(HEAD)


def test_when_the_questions_close_the_order_of_answers_is_mixed(
    answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    from django.db import connection

    clients = [answer(f"Person {number}") for number in range(8)]
    before = list(Voice.objects.values_list("pk", "code_hash"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_hash FROM partnerships_voice ORDER BY rowid")
        came = [row[0] for row in cursor.fetchall()]
    close_round(partnership=partnership, actor=owner, today=partnership.meets_on)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_hash FROM partnerships_voice ORDER BY rowid")
        lies = [row[0] for row in cursor.fetchall()]
    assert sorted(came) == sorted(lies)
    assert came != lies
    assert not {pk for pk, _hash in before} & set(Voice.objects.values_list("pk", flat=True))
    assert "Your picture is ready" in clients[0].get(f"{partnership.public_path}here/").content.decode()

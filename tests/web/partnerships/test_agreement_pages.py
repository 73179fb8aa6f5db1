"""The agreement on the pages: drafted from the talk, put before everybody, marked by each for themselves."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from commonground.web.partnerships.agreements import write_down
from commonground.web.partnerships.models import AgreementMark, AgreementVersion, Partnership


@pytest.fixture
def drafted(as_owner: Client, partnership: Partnership) -> Callable[..., dict[str, str]]:
    """What the draft page would send, with some lines written over."""

    def sending(**changed: str) -> dict[str, str]:
        page = as_owner.get(f"/partnerships/{partnership.public_id}/agreement/draft/")
        form = page.context["form"]
        sent = {f"{form.prefix}-{name}": str(value) for name, value in form.management_form.initial.items()}
        for one in form.forms:
            sent |= {one.add_prefix(name): str(one[name].value() or "") for name in one.fields}
        return sent | {"review_on": "2027-03-01"} | changed

    return sending


def put(client: Client, partnership: Partnership, sent: dict[str, str]) -> None:
    assert client.post(f"/partnerships/{partnership.public_id}/agreement/draft/", sent).status_code == 302


def test_what_was_written_down_in_the_meeting_becomes_the_draft(
    as_owner: Client, partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    write_down(partnership=partnership, item="comm", text="We call, not write.", who="Bo", due=date(2027, 1, 1))
    sent = drafted()
    assert (sent["line-0-text"], sent["line-0-section"], sent["line-0-who"]) == (
        "We call, not write.",
        "communication",
        "Bo",
    )
    put(as_owner, partnership, sent)
    kept = AgreementVersion.objects.get()
    assert (kept.number, len(kept.lines), kept.lines[0]["item"]) == (1, 1, "comm")


def test_the_same_text_is_not_put_before_people_twice(
    as_owner: Client, partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    put(as_owner, partnership, drafted(**{"line-0-text": "We meet on Mondays."}))
    put(as_owner, partnership, drafted())
    assert AgreementVersion.objects.count() == 1
    put(as_owner, partnership, drafted(**{"line-1-text": "Expenses within a month.", "line-1-section": "pay"}))
    page = as_owner.get(f"/partnerships/{partnership.public_id}/agreement/").content.decode()
    assert AgreementVersion.objects.count() == 2
    assert "What is new in this version" in page
    assert "<ins>Expenses within a month.</ins>" in page


def test_more_empty_lines_lose_nothing(
    as_owner: Client, partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    sent = drafted(**{"line-0-text": "We meet on Mondays.", "more": "yes"})
    page = as_owner.post(f"/partnerships/{partnership.public_id}/agreement/draft/", sent)
    assert "We meet on Mondays." in page.content.decode()
    assert not AgreementVersion.objects.exists()


def test_a_day_that_is_none_is_said_and_the_words_stay(
    as_owner: Client, partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    sent = drafted(**{"line-0-text": "We meet.", "line-0-due": "soon"})
    page = as_owner.post(f"/partnerships/{partnership.public_id}/agreement/draft/", sent)
    assert page.status_code == 422
    assert "We meet." in page.content.decode()
    assert 'value="soon"' in page.content.decode()


def test_everybody_marks_for_themselves_and_it_shows_who_agrees(
    as_owner: Client, join: Callable[..., Client], partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    amina, boris = join("Amina"), join("Boris")
    put(as_owner, partnership, drafted(**{"line-0-text": "We meet on Mondays."}))
    where = f"{partnership.public_path}agreement/"
    assert "What we agreed" in amina.get(f"{partnership.public_path}here/").content.decode()
    amina.post(where, {"number": 1, "answer": "agree"})
    page = boris.post(where, {"number": 1, "answer": "agree_with_note", "note": ""})
    assert (page.status_code, "Write the note" in page.content.decode()) == (422, True)
    boris.post(where, {"number": 1, "answer": "not_yet", "note": "Mondays are hard"})
    page = as_owner.get(f"/partnerships/{partnership.public_id}/agreement/").content.decode()
    assert "“Mondays are hard”" in page
    assert "Everybody agrees." not in page
    boris.post(where, {"number": 1, "answer": "agree"})
    assert "Everybody agrees." in amina.get(where).content.decode()


def test_the_lead_has_no_way_to_mark_for_somebody(
    as_owner: Client, join: Callable[..., Client], partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    join("Amina")
    put(as_owner, partnership, drafted(**{"line-0-text": "We meet on Mondays."}))
    as_owner.post(f"/partnerships/{partnership.public_id}/agreement/", {"number": 1, "answer": "agree"})
    as_owner.post(f"{partnership.public_path}agreement/", {"number": 1, "answer": "agree"})
    assert not AgreementMark.objects.exists()


def test_a_mark_on_an_older_text_is_asked_for_again(
    as_owner: Client, join: Callable[..., Client], partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    amina = join("Amina")
    put(as_owner, partnership, drafted(**{"line-0-text": "We meet on Mondays."}))
    put(as_owner, partnership, drafted(**{"line-0-text": "We meet on Fridays."}))
    page = amina.post(f"{partnership.public_path}agreement/", {"number": 1, "answer": "agree", "note": "fine"})
    assert "Please read it once more" in page.content.decode()
    assert "fine" in page.content.decode()
    assert not AgreementMark.objects.exists()


def test_a_page_to_print_holds_the_text_and_says_it_is_no_contract(
    as_owner: Client, partnership: Partnership, drafted: Callable[..., dict[str, str]]
) -> None:
    assert as_owner.get(f"/partnerships/{partnership.public_id}/agreement/print/").status_code == 302
    put(as_owner, partnership, drafted(**{"line-0-text": "We meet on Mondays."}))
    page = as_owner.get(f"/partnerships/{partnership.public_id}/agreement/print/").content.decode()
    assert "We meet on Mondays." in page
    assert "This is no contract" in page

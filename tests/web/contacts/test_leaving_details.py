"""Leaving contact details: each wish apart, none needed, once a person, and nothing of it beside the answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from commonground.records.fielding import Wish
from commonground.web.contacts.actions import read_entries
from commonground.web.contacts.models import Entry, SpentPass
from commonground.web.contacts.vault import ContactsKeyError, Details, Vault, open_vault
from commonground.web.studies.models import Study

Finished = Callable[..., Client]


def at_details(client: Client, study: Study) -> HttpResponse:
    return client.post(f"/s/{study.public_id}/details/", follow=True)


def send(client: Client, study: Study, *wishes: str, **fields: str) -> HttpResponse:
    return client.post(f"/contacts/{study.public_id}/", {"wish": wishes, **fields}, follow=True)


def people(study: Study, wish: Wish) -> list[str]:
    return [person.reach for _entry, person in read_entries(study, wish)]


def test_each_wish_is_kept_apart_and_none_is_needed(asking: Study, finished: Finished) -> None:
    client = finished(asking)
    page = at_details(client, asking).content.decode()
    assert "None of this is needed" in page
    assert page.count('type="checkbox"') == 3
    done = send(client, asking, "draw", "future", reach="ada@example.org", name="Ada")
    assert "Your contact details are saved" in done.content.decode()
    assert [people(asking, wish) for wish in Wish] == [["ada@example.org"], [], ["ada@example.org"]]


def test_the_thanks_page_offers_it_where_the_study_asks(asking: Study, study: Study, finished: Finished) -> None:
    study.is_open = True
    study.save()
    for one, offers in ((asking, True), (study, False)):
        from django.template.loader import render_to_string

        client = finished(one)
        session = one.sessions.get()
        words = render_to_string(
            "contacts/offer.html",
            {"study": one.record(), "visit": {"session": session}, "public_id": one.public_id},
        )
        assert ("Leave contact details" in words) == offers, client


def test_nobody_leaves_details_twice(asking: Study, finished: Finished) -> None:
    client = finished(asking)
    at_details(client, asking)
    send(client, asking, "draw", reach="ada@example.org")
    again = at_details(client, asking)
    assert "You have left contact details already" in again.content.decode()
    send(client, asking, "draw", reach="other@example.org")
    assert people(asking, Wish.DRAW) == ["ada@example.org"]
    assert SpentPass.objects.count() == 1


def test_a_pass_is_the_same_on_another_device(asking: Study, finished: Finished) -> None:
    one, name = finished(asking), f"commonground_visit_{asking.public_id}"
    at_details(one, asking)
    send(one, asking, "draw", reach="ada@example.org")
    other = Client()
    other.cookies[name] = one.cookies[name].value
    assert "already" in at_details(other, asking).content.decode()


def test_one_address_stands_on_a_list_once_and_nobody_learns_that_it_did(asking: Study, finished: Finished) -> None:
    pages = []
    for reach in ("ada@example.org", "  Ada@Example.org "):
        client = finished(asking)
        at_details(client, asking)
        pages.append(send(client, asking, "draw", reach=reach).content)
    assert pages[0] == pages[1]
    assert people(asking, Wish.DRAW) == ["ada@example.org"]


@pytest.mark.parametrize("changes", [{"status": "started"}, {"is_pilot": True}, {"status": "declined"}])
def test_only_who_has_finished_gets_a_pass(asking: Study, finished: Finished, changes: dict[str, object]) -> None:
    client = finished(asking, **changes)
    client.post(f"/s/{asking.public_id}/details/")
    assert f"commonground_pass_{asking.public_id}" not in client.cookies
    send(client, asking, "draw", reach="ada@example.org")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("forged", ["", "00-00", "é", "a" * 5000, "-"])
def test_a_made_up_pass_opens_nothing(asking: Study, forged: str, db: None) -> None:
    client = Client()
    client.cookies[f"commonground_pass_{asking.public_id}"] = forged
    assert "There is nothing to leave here" in send(client, asking, "draw", reach="a@example.org").content.decode()


def test_a_pass_of_one_study_does_not_open_another(study_asking: Callable[..., Study], finished: Finished) -> None:
    one, other = study_asking(), study_asking()
    client = finished(one)
    at_details(client, one)
    stolen = client.cookies[f"commonground_pass_{one.public_id}"].value
    client.cookies[f"commonground_pass_{other.public_id}"] = stolen
    send(client, other, "draw", reach="a@example.org")
    assert not Entry.objects.exists()


def test_what_is_missing_is_said_and_what_was_written_stays(asking: Study, finished: Finished) -> None:
    client = finished(asking)
    at_details(client, asking)
    unticked = send(client, asking, reach="ada@example.org")
    assert unticked.status_code == 422
    assert "Please tick at least one" in unticked.content.decode()
    assert 'value="ada@example.org"' in unticked.content.decode()
    empty = send(client, asking, "draw")
    assert "Please write how we can reach you" in empty.content.decode()
    assert 'value="draw" checked' in empty.content.decode()
    assert not SpentPass.objects.exists()


def test_another_language_keeps_what_was_written(asking: Study, finished: Finished) -> None:
    client = finished(asking)
    at_details(client, asking)
    page = send(client, asking, "results", reach="ada@example.org", language="fr").content.decode()
    assert 'lang="fr"' in page
    assert 'value="ada@example.org"' in page
    assert 'value="results" checked' in page


def test_people_who_do_not_take_part_enter_the_draw_where_it_is_open_to_all(
    study_asking: Callable[..., Study], client: Client
) -> None:
    open_to_all = study_asking(draw={"prizes": 1, "prize": "a book", "open_to_all": True})
    page = client.get(f"/contacts/{open_to_all.public_id}/").content.decode()
    assert "without taking part" in page
    send(client, open_to_all, "draw", "results", reach="out@example.org")
    assert people(open_to_all, Wish.DRAW) == ["out@example.org"]
    assert people(open_to_all, Wish.RESULTS) == []


def test_many_entries_from_one_place_have_to_wait(study_asking: Callable[..., Study], client: Client) -> None:
    open_to_all = study_asking(draw={"prizes": 1, "prize": "a book", "open_to_all": True})
    client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    answers = [send(client, open_to_all, "draw", reach=f"{one}@example.org").status_code for one in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_programs_that_fill_the_hidden_field_are_thanked_and_not_kept(asking: Study, finished: Finished) -> None:
    client = finished(asking)
    at_details(client, asking)
    done = send(client, asking, "draw", reach="bot@example.org", website="https://example.org")
    assert done.status_code == 200
    assert not Entry.objects.exists()


def test_what_is_stored_is_sealed(asking: Study, finished: Finished, data_directory: Path) -> None:
    client = finished(asking)
    at_details(client, asking)
    send(client, asking, "draw", reach="ada@example.org", name="Ada")
    (entry,) = Entry.objects.all()
    assert b"ada" not in bytes(entry.sealed).lower()
    assert (data_directory / "contacts-key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ContactsKeyError):
        Vault(b"x" * 32).unseal(bytes(entry.sealed), about="whatever")


def test_sealed_details_do_not_show_their_length(db: None) -> None:
    sealed = [open_vault().seal(Details(one), about="a") for one in ("a@b.ca", "a" * 60 + "@example.org")]
    assert len(sealed[0]) == len(sealed[1])


def test_without_its_key_nothing_is_taken_and_no_other_key_is_made(
    asking: Study, finished: Finished, data_directory: Path, as_owner: Client
) -> None:
    client = finished(asking)
    at_details(client, asking)
    send(client, asking, "draw", reach="ada@example.org")
    key = (data_directory / "contacts-key").read_text()
    (data_directory / "contacts-key").unlink()
    other = finished(asking)
    refused = at_details(other, asking)
    assert refused.status_code == 503
    assert "cannot be taken at the moment" in refused.content.decode()
    assert not (data_directory / "contacts-key").exists()
    (data_directory / "contacts-key").write_text("00" * 32)
    asking.is_open = False
    asking.save()
    shown = as_owner.post(f"/studies/{asking.public_id}/contacts/open/", follow=True)
    assert "The contacts key is another one" in shown.content.decode()
    (data_directory / "contacts-key").write_text(key)
    assert people(asking, Wish.DRAW) == ["ada@example.org"]

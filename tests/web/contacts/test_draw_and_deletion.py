"""The draw, the lists, and what makes details go: a request, or the day."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from commonground.records.errors import RequestError
from commonground.records.fielding import Wish
from commonground.web.accounts.models import User
from commonground.web.contacts.actions import draw_one_more, draw_winners, leave_details, purge_due, read_entries
from commonground.web.contacts.models import Drawing, Entry, SpentPass
from commonground.web.contacts.vault import Details
from commonground.web.contacts.wishes import open_wishes
from commonground.web.studies.actions import set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import set_role
from commonground.web.workspaces.models import AuditEvent
from commonground.web.workspaces.roles import Role

TODAY = date(2026, 3, 1)


def filled(study: Study, number: int = 6, *, is_open: bool = False) -> Study:
    for one in range(number):
        leave_details(study=study, wishes=list(Wish), details=Details(f"person{one}@example.org", f"=Name {one}"))
    study.is_open = is_open
    study.save()
    return study


def winners(study: Study) -> list[str]:
    return [person.reach for entry, person in read_entries(study, Wish.DRAW) if entry.place]


def test_winners_are_drawn_once_and_by_anybody_again(asking: Study, owner: User) -> None:
    filled(asking)
    drawing = draw_winners(study=asking, actor=owner, today=TODAY, seed="12-17-31")
    entries = list(Entry.objects.filter(wish=Wish.DRAW))
    listed = sorted(entry.digest for entry in entries)
    assert drawing.list_hash == hashlib.sha256("\n".join(listed).encode()).hexdigest()
    order = sorted(listed, key=lambda digest: hashlib.sha256(f"12-17-31:{digest}".encode()).hexdigest())
    assert [entry.digest for entry in sorted(entries, key=lambda one: one.place or 99) if entry.place] == order[:2]
    with pytest.raises(RequestError, match="already"):
        draw_winners(study=asking, actor=owner, today=TODAY)


def test_the_log_tells_of_the_draw_by_numbers_only(asking: Study, owner: User) -> None:
    drawing = draw_winners(study=filled(asking), actor=owner, today=TODAY)
    event = AuditEvent.objects.get(action="drew winners")
    assert event.details == {"entries": 6, "prizes": 2, "seed": drawing.seed, "list": drawing.list_hash}
    assert "person" not in str(event.details)


def test_everybody_is_equally_likely_to_win() -> None:
    from commonground.web.contacts.drawing import drawn_order

    names = [hashlib.sha256(str(one).encode()).hexdigest() for one in range(5)]
    first = [drawn_order(names, str(seed))[0] for seed in range(2000)]
    counts = [first.count(name) for name in names]
    assert sum((count - 400) ** 2 / 400 for count in counts) < 23.5  # chi-squared with 4 degrees: one in 10,000


@pytest.mark.parametrize(
    ("drawn_on", "is_open", "number", "words"),
    [
        (None, True, 2, "still open"),
        ("2026-04-01", False, 2, "2026-04-01"),
        (None, False, 0, "Nobody"),
    ],
)
def test_a_draw_that_cannot_be_yet_says_why(
    drawn_on: str | None, is_open: bool, number: int, words: str, study_asking: Callable[..., Study]
) -> None:
    draw = {"prizes": 1, "prize": "a book", "drawn_on": drawn_on}
    study = filled(study_asking(draw=draw), number, is_open=is_open)
    with pytest.raises(RequestError, match=words):
        draw_winners(study=study, actor=User.objects.get(), today=TODAY)


def test_fewer_entries_than_prizes_all_win_and_the_next_steps_in(asking: Study, owner: User) -> None:
    filled(asking, 3)
    draw_winners(study=asking, actor=owner, today=TODAY, seed="1")
    before = winners(asking)
    assert draw_one_more(study=asking, actor=owner)
    assert winners(asking)[:2] == before
    assert len(winners(asking)) == 3
    assert not draw_one_more(study=asking, actor=owner)


def test_after_the_draw_nobody_enters_any_more(asking: Study, owner: User) -> None:
    assert Wish.DRAW in open_wishes(asking, today=TODAY)
    draw_winners(study=filled(asking), actor=owner, today=TODAY)
    assert open_wishes(asking, today=TODAY) == (Wish.RESULTS, Wish.FUTURE)


def opened(client: Client, study: Study) -> str:
    """Open the lists of a study, as its owner does; the page after it."""
    return client.post(f"/studies/{study.public_id}/contacts/open/", follow=True).content.decode()


def test_the_lists_are_opened_once_and_then_nobody_leaves_details(asking: Study, as_owner: Client, owner: User) -> None:
    """Else an owner could read a list, let one more person in, and read it again."""
    filled(asking, 2)
    base = f"/studies/{asking.public_id}/contacts/"
    shut = as_owner.get(base).content.decode()
    assert "Open the lists for good" in shut
    assert "person0" not in shut
    assert as_owner.get(f"{base}draw.csv").status_code == 422
    assert "person0" in opened(as_owner, asking)
    opened(as_owner, asking)
    assert AuditEvent.objects.filter(action="opened contact lists").count() == 1
    set_open(asking, is_open=True, actor=owner)
    assert open_wishes(asking, today=TODAY) == ()
    assert not leave_details(study=asking, wishes=[Wish.RESULTS], details=Details("late@example.org"))
    assert Entry.objects.filter(study=asking.public_id).count() == 6


def test_the_lists_of_an_open_study_are_not_opened(asking: Study, as_owner: Client) -> None:
    filled(asking, 2, is_open=True)
    assert as_owner.post(f"/studies/{asking.public_id}/contacts/open/").status_code == 422
    assert not AuditEvent.objects.filter(action="opened contact lists").exists()


def test_the_lists_stay_shut_while_the_study_is_open(asking: Study, as_owner: Client) -> None:
    filled(asking, 2, is_open=True)
    page = as_owner.get(f"/studies/{asking.public_id}/contacts/")
    table = as_owner.get(f"/studies/{asking.public_id}/contacts/draw.csv")
    for shown in (page, table):
        assert "person0" not in shown.content.decode()
    assert table.status_code == 422


def test_each_list_is_a_table_that_no_spreadsheet_runs(asking: Study, as_owner: Client) -> None:
    filled(asking, 2)
    opened(as_owner, asking)
    table = as_owner.get(f"/studies/{asking.public_id}/contacts/results.csv")
    assert table.content.decode().splitlines() == [
        "reach,name,place_drawn", "person0@example.org,'=Name 0,", "person1@example.org,'=Name 1,",
    ]  # fmt: skip
    assert AuditEvent.objects.filter(action="downloaded contacts").count() == 1
    assert as_owner.get(f"/studies/{asking.public_id}/contacts/secrets.csv").status_code == 404


@pytest.mark.parametrize("role", Role.values)
def test_only_owners_see_contacts(role: str, asking: Study, stranger: User, client: Client) -> None:
    assert asking.workspace
    filled(asking, 1)
    set_role(workspace=asking.workspace, user=stranger, role=role)
    client.force_login(stranger)
    base = f"/studies/{asking.public_id}/contacts/"
    statuses = [client.get(base).status_code, client.get(f"{base}draw.csv").status_code]
    statuses += [client.post(f"{base}{one}").status_code for one in ("draw/", "remove/", "draw/more/", "open/")]
    assert (403 not in statuses) if role == Role.OWNER else set(statuses) == {403}


def test_the_draw_on_its_page(asking: Study, as_owner: Client) -> None:
    filled(asking)
    base = f"/studies/{asking.public_id}/contacts/"
    assert "Draw the winners" in as_owner.get(base).content.decode()
    assert "2 winners were drawn." in as_owner.post(f"{base}draw/", {"seed": "42"}, follow=True).content.decode()
    page = opened(as_owner, asking)
    assert "with the seed 42" in page
    assert page.count("<strong>Place") == 2
    assert as_owner.post(f"{base}draw/").status_code == 422
    assert as_owner.post(f"{base}draw/more/", follow=True).content.decode().count("<strong>Place") == 3


def test_one_entry_goes_and_a_person_goes_from_every_list(asking: Study, as_owner: Client) -> None:
    filled(asking, 3)
    base = f"/studies/{asking.public_id}/contacts/"
    entry = read_entries(asking, Wish.RESULTS)[0][0]
    as_owner.post(f"{base}remove/", {"entry": str(entry.pk)})
    assert Entry.objects.count() == 8
    as_owner.post(f"{base}remove/", {"reach": " PERSON1@example.org"})
    assert Entry.objects.count() == 5
    for wrong in ({"reach": "nobody@example.org"}, {"entry": "no-id"}, {}, {"reach": ""}):
        assert as_owner.post(f"{base}remove/", wrong).status_code == 422
    events = AuditEvent.objects.filter(action="deleted contact entries")
    assert [event.details for event in events] == [{"entries": 1}, {"entries": 3}]


def test_an_entry_of_another_study_cannot_be_deleted_from_here(
    study_asking: Callable[..., Study], as_owner: Client
) -> None:
    mine, other = study_asking(), filled(study_asking(), 1)
    entry = read_entries(other, Wish.DRAW)[0][0]
    as_owner.post(f"/studies/{mine.public_id}/contacts/remove/", {"entry": str(entry.pk)})
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_the_day_of_deletion_acts(study_asking: Callable[..., Study], owner: User) -> None:
    due, later = filled(study_asking(deleted_on="2026-02-28"), 2), filled(study_asking(deleted_on="2026-03-02"), 2)
    draw_winners(study=due, actor=owner, today=date(2026, 1, 1))
    SpentPass.objects.create(digest="x", study=due.public_id)
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert purge_due(now) == 6
    assert purge_due(now) == 0
    for kind in (Entry, SpentPass, Drawing):
        assert not kind.objects.filter(study=due.public_id).exists()
    assert Entry.objects.filter(study=later.public_id).count() == 6
    (event,) = AuditEvent.objects.filter(action="deleted contacts on their day")
    assert (event.details, event.actor) == ({"entries": 6}, "")


def test_from_the_day_of_deletion_nothing_is_taken(study_asking: Callable[..., Study]) -> None:
    study = study_asking(deleted_on=TODAY.isoformat())
    assert open_wishes(study, today=TODAY) == ()

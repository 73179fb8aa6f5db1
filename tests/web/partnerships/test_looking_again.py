"""Looking again: the same list once more, change beyond noise, what matters and is not going well; late answers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.partnerships.models import Partnership, Round, Voice
from commonground.web.partnerships.rounds import begin_round, close_round, count_late, forget_due, open_results

HEAD = ("open", "goal", "res", "fit", "exp", "lead", "net", "plan", "know", "champ", "comm")
DAY = date(2027, 3, 1)


def walk(client: Client, partnership: Partnership, order: tuple[str, ...] = HEAD) -> None:
    """Answer every task of the round under way."""
    where = f"{partnership.public_path}task/1/"
    while "/task/" in where:
        shown = sorted((card.item for card in client.get(where).context["cards"]), key=order.index)
        where = client.post(where, {"most": shown[0], "least": shown[-1], "go": "next"}).headers["Location"]


def show(partnership: Partnership, owner: User) -> None:
    close_round(partnership=partnership, actor=owner, today=DAY)
    open_results(partnership=partnership, actor=owner, today=DAY)


@pytest.fixture
def people(answer: Callable[..., Client], partnership: Partnership, owner: User) -> list[Client]:
    """Six people who want the same, their results shown, and a second round begun."""
    clients = [answer(f"Person {number}", order=HEAD) for number in range(6)]
    show(partnership, owner)
    begin_round(partnership=partnership, actor=owner, kind="again", closes_on=None, today=DAY)
    return clients


def test_nothing_is_told_where_nothing_changed_and_own_answers_are_asked_anew(
    as_owner: Client, people: list[Client], partnership: Partnership, owner: User
) -> None:
    assert Voice.objects.filter(round__number=2).count() == 0
    for client in people:
        walk(client, partnership)
    show(partnership, owner)
    page = as_owner.get(f"/partnerships/{partnership.public_id}/results/").content.decode()
    assert "Nothing stands otherwise beyond the ups and downs of answers." in page
    assert "Other people answered" not in page


def test_change_beyond_noise_is_told_without_calling_it_better(
    as_owner: Client, people: list[Client], partnership: Partnership, owner: User
) -> None:
    for client in people:
        walk(client, partnership, HEAD[::-1])
    show(partnership, owner)
    page = as_owner.get(f"/partnerships/{partnership.public_id}/results/").content.decode()
    assert "Before: We share this. Now: Lower for nearly all of us." in page
    assert "improve" not in page.lower()
    own = people[0].get(f"{partnership.public_path}results/").content.decode()
    assert "And for you, alone" in own
    assert "And for you, alone" not in page


def test_what_matters_and_is_not_going_well_comes_out(
    as_owner: Client, people: list[Client], partnership: Partnership, owner: User
) -> None:
    where = f"{partnership.public_path}questions/"
    for client in people:
        walk(client, partnership)
        assert "How is it going?" in client.get(where).content.decode()
        client.post(where, {"going-open": "0", "going-goal": "4", "example-open": "nobody said a word", "go": "next"})
    show(partnership, owner)
    page = as_owner.get(f"/partnerships/{partnership.public_id}/results/").content.decode()
    told = page[page.index("Matters, and is not going well") :]
    items = {item.id: str(item.label) for item in partnership.records()}
    assert items["open"] in told
    assert items["goal"] not in told
    assert "nobody said a word" not in page


def test_who_joined_and_left_is_counted_and_not_named(
    as_owner: Client, people: list[Client], answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    for client in people[:5]:
        walk(client, partnership)
    answer("Newcomer", order=HEAD)
    show(partnership, owner)
    page = as_owner.get(f"/partnerships/{partnership.public_id}/results/").content.decode()
    assert "1 new, 1 no longer" in page
    assert "Newcomer" not in page


def test_one_late_answer_waits_and_three_are_counted_in(
    as_owner: Client,
    answer: Callable[..., Client],
    join: Callable[..., Client],
    partnership: Partnership,
    owner: User,
) -> None:
    for number in range(5):
        answer(f"Person {number}", order=HEAD)
    show(partnership, owner)
    where = f"/partnerships/{partnership.public_id}/"
    late = join("Late 1")
    assert "You have not answered. You still can" in late.get(f"{partnership.public_path}here/").content.decode()
    walk(late, partnership)
    assert not count_late(partnership=partnership, actor=owner)
    for number in (2, 3):
        answer(f"Late {number}", order=HEAD)
    as_owner.post(f"{where}round/", {"to": "late"})
    one = Round.objects.get()
    counted = [edition["publication"]["counted"] for edition in one.editions]
    assert counted == [5, 8]


def test_results_leave_as_the_table_of_what_was_shown(
    as_owner: Client, people: list[Client], partnership: Partnership, owner: User
) -> None:
    for client in people:
        walk(client, partnership)
    show(partnership, owner)
    table = as_owner.get(f"/partnerships/{partnership.public_id}/results/table.csv").content.decode()
    assert table.splitlines()[0] == "item,label,standing,shared_by_name,shared_without_name"
    assert len(table.splitlines()) == 12
    assert "Person" not in table


def test_everything_is_deleted_on_its_day(people: list[Client], partnership: Partnership) -> None:
    day = datetime.combine(partnership.deletes_on, datetime.min.time(), UTC)
    forget_due(day - timedelta(days=1))
    assert Partnership.objects.exists()
    forget_due(day)
    assert not Partnership.objects.exists()
    assert not Voice.objects.exists()

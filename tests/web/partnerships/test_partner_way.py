"""A partner's way: come in by a link, answer, see the own picture, choose what to share, come back, leave."""

from collections.abc import Callable

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.partnerships.models import Partner, Partnership, Round, Voice
from commonground.web.partnerships.rounds import close_round, count_late, open_results


def text(client: Client, where: str) -> str:
    return client.get(where, follow=True).content.decode()


def test_a_link_lets_people_in_without_an_account(client: Client, partnership: Partnership) -> None:
    page = client.get(f"{partnership.public_path}?with={partnership.invitation}")
    assert "Less pain at blood tests" in page.content.decode()
    assert "Nobody, the person who invited you included, sees who has answered" in page.content.decode()


@pytest.mark.parametrize("asked", ["", "?with=", "?with=wrongwrongwrong1"])
def test_without_the_link_only_a_code_lets_in(client: Client, partnership: Partnership, asked: str) -> None:
    page = client.get(f"{partnership.public_path}{asked}")
    assert 'name="code"' in page.content.decode()
    assert client.post(f"{partnership.public_path}{asked}", {"name": "X"}).status_code == 200
    assert not Partner.objects.exists()


def test_every_answer_is_kept_before_the_next_task(join: Callable[..., Client], partnership: Partnership) -> None:
    client = join("Amina", "parent")
    where = f"{partnership.public_path}task/1/"
    cards = client.get(where).context["cards"]
    client.post(where, {"most": cards[0].item, "least": cards[1].item, "go": "next"})
    assert Voice.objects.get().picks == {"1": [cards[0].item, cards[1].item]}
    again = client.get(where).context["cards"]
    assert [(card.item, card.is_most, card.is_least) for card in again][:2] == [
        (cards[0].item, True, False),
        (cards[1].item, False, True),
    ]


def test_what_is_missing_or_cannot_be_is_said(join: Callable[..., Client], partnership: Partnership) -> None:
    client = join("Amina")
    where = f"{partnership.public_path}task/1/"
    item = client.get(where).context["cards"][0].item
    for sent in ({"most": item}, {"most": item, "least": item}, {"most": "nothing", "least": item}, {}):
        page = client.post(where, {**sent, "go": "next"})
        assert page.status_code == 422
        assert 'id="problems"' in page.content.decode()
    assert not Voice.objects.exists()


def test_the_repeated_task_is_announced(join: Callable[..., Client], partnership: Partnership) -> None:
    client = join("Amina")
    pages = [text(client, f"{partnership.public_path}task/{number}/") for number in range(1, 13)]
    assert sum("You have seen these five before" in page for page in pages) == 1
    assert "comes twice, on purpose" in text(client, f"{partnership.public_path}here/")


def test_the_own_picture_is_in_three_bands_and_private(answer: Callable[..., Client], partnership: Partnership) -> None:
    page = text(answer("Amina"), f"{partnership.public_path}picture/")
    assert "Only you can see this." in page
    assert all(words in page for words in ("Matters most", "In between", "Matters least"))
    assert "Low does not mean unimportant" in page


def test_sharing_starts_with_keep_and_can_be_changed_until_the_results_open(
    answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    for number in range(4):
        answer(f"Person {number}")
    client, where = answer("Amina", "parent"), f"{partnership.public_path}sharing/"
    assert client.get(where).content.decode().count('value="keep"') == len(partnership.records())
    assert not Voice.objects.exclude(shares={}).exists()
    client.post(where, {"open": "named", "goal": "unnamed", "name": "Amina"})
    assert Voice.objects.exclude(shares={}).get().shares == {"open": "named", "goal": "unnamed"}
    close_round(partnership=partnership, actor=owner, today=partnership.meets_on)
    client.post(where, {"open": "keep", "name": "Amina"})
    assert not Voice.objects.exclude(shares={}, shown_name="").exists()
    open_results(partnership=partnership, actor=owner, today=partnership.meets_on)
    assert client.post(where, {"open": "named", "name": "Amina"}).status_code == 302
    assert not Voice.objects.exclude(shares={}).exists()


def test_where_nothing_could_be_shown_people_may_still_allow_more(
    answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    clients = [answer(f"Person {number}") for number in range(3)]
    close_round(partnership=partnership, actor=owner, today=partnership.meets_on)
    open_results(partnership=partnership, actor=owner, today=partnership.meets_on)
    assert "only if all three agree" in text(clients[0], f"{partnership.public_path}results/")
    for client in clients:
        client.post(f"{partnership.public_path}sharing/", {"consent_team": "on", "name": ""})
    assert count_late(partnership=partnership, actor=owner)
    assert "3 of 3 people answered" in text(clients[0], f"{partnership.public_path}results/")


def test_sharing_as_oneself_asks_for_a_name(answer: Callable[..., Client], partnership: Partnership) -> None:
    page = answer("Amina").post(f"{partnership.public_path}sharing/", {"open": "named", "name": ""})
    assert page.status_code == 422
    assert "Give the name to show" in page.content.decode()


def test_a_code_leads_back_on_another_device(answer: Callable[..., Client], partnership: Partnership) -> None:
    first = answer("Amina")
    code = first.cookies[f"commonground_partner_{partnership.public_id}"].value
    assert code in text(first, f"{partnership.public_path}here/")
    other = Client()
    assert other.post(f"{partnership.public_path}code/", {"code": code.lower()}).status_code == 302
    assert "Your picture is ready" in text(other, f"{partnership.public_path}here/")
    assert Client().post(f"{partnership.public_path}code/", {"code": "0000-0000-0000"}).status_code == 422


def test_an_own_link_lets_in_one_person_once(partnership: Partnership) -> None:
    partner = Partner.objects.create(partnership=partnership, name="Bo", role="nurse")
    where = f"{partnership.public_path}?with={partner.invitation}"
    first, second = Client(), Client()
    assert 'value="Bo"' in text(first, where)
    assert first.post(where, {"name": "Bo", "role": "nurse"}).status_code == 302
    page = second.post(where, {"name": "Mallory"})
    assert "This link has let somebody in before" in page.content.decode()
    assert Partner.objects.get().name == "Bo"


def test_leaving_takes_name_and_answers_along(answer: Callable[..., Client], partnership: Partnership) -> None:
    client = answer("Amina")
    page = client.post(f"{partnership.public_path}leave/")
    assert "Nobody is told" in page.content.decode()
    assert (Partner.objects.count(), Voice.objects.count()) == (0, 0)


def test_a_closed_round_takes_no_answers(join: Callable[..., Client], partnership: Partnership, owner: User) -> None:
    client = join("Amina")
    close_round(partnership=partnership, actor=owner, today=partnership.meets_on)
    sent = client.post(f"{partnership.public_path}task/1/", {"most": "open", "least": "goal", "go": "next"})
    assert sent.status_code == 302
    assert not Voice.objects.exists()
    assert Round.objects.get().stage == "closed"


def test_the_thirty_first_person_is_told_so_kindly(
    as_owner: Client, client: Client, join: Callable[..., Client], partnership: Partnership
) -> None:
    Partner.objects.bulk_create(Partner(partnership=partnership, name=f"Person {number}") for number in range(30))
    page = client.post(f"{partnership.public_path}?with={partnership.invitation}", {"name": "One more"})
    assert page.status_code == 422
    assert "30 people already" in page.content.decode()
    page = as_owner.post(f"/partnerships/{partnership.public_id}/people/", {"name": "One more"})
    assert page.status_code == 422
    assert Partner.objects.count() == 30

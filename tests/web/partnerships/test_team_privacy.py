"""Nobody, the lead included, learns what somebody kept: what lies in the database, on pages and in what is shown."""

from collections.abc import Callable

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.partnerships.models import Partner, Partnership, Round, Voice
from commonground.web.partnerships.rounds import close_round, open_results
from commonground.web.workspaces.models import AuditEvent

HEAD = ("open", "goal", "res", "fit", "exp", "lead", "net", "plan", "know", "champ", "comm")


def show(partnership: Partnership, owner: User) -> None:
    close_round(partnership=partnership, actor=owner, today=partnership.meets_on)
    open_results(partnership=partnership, actor=owner, today=partnership.meets_on)


def test_no_column_leads_from_a_name_to_an_answer(answer: Callable[..., Client]) -> None:
    answer("Amina", "parent")
    partner, voice = Partner.objects.get(), Voice.objects.get()
    named = {str(getattr(partner, field.attname)) for field in Partner._meta.concrete_fields if field.name != "role"}
    said = {str(getattr(voice, field.attname)) for field in Voice._meta.concrete_fields if field.name != "role"}
    assert not (named & said) - {"", "{}", "1", "True", "False"}
    times = [field.name for field in Voice._meta.concrete_fields if "Date" in type(field).__name__]
    assert not times


def test_the_lead_sees_how_many_are_done_and_never_who(
    as_owner: Client, answer: Callable[..., Client], join: Callable[..., Client], partnership: Partnership
) -> None:
    answer("Amina", "parent")
    join("Bo", "nurse")
    pages = [as_owner.get(f"/partnerships/{partnership.public_id}/{page}").content.decode() for page in ("", "people/")]
    assert "1 of 2 done" in pages[0]
    assert "Amina" not in pages[0]
    rows = {name: pages[1][pages[1].index(name) :].split("</li>")[0] for name in ("Amina", "Bo")}
    plain = {name: row.replace(name, "").split("public-link")[0] for name, row in rows.items()}
    assert plain["Amina"].replace("parent", "") == plain["Bo"].replace("nurse", "")


def test_nothing_is_shown_of_too_few(
    as_owner: Client, answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    clients = [answer(name, order=HEAD) for name in ("Amina", "Bo", "Cleo")]
    show(partnership, owner)
    for client, where in (
        (as_owner, f"/partnerships/{partnership.public_id}/results/"),
        (clients[0], f"{partnership.public_path}results/"),
    ):
        page = client.get(where).content.decode()
        assert "shown only if all three agree" in page
        assert "Where we differ" not in page


def test_everybody_sees_the_same_results(
    as_owner: Client, answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    clients = [answer(f"Person {number}", order=HEAD) for number in range(6)]
    show(partnership, owner)
    pages = [client.get(f"{partnership.public_path}results/").content.decode() for client in clients]
    pages.append(as_owner.get(f"/partnerships/{partnership.public_id}/results/").content.decode())
    told = {page[page.index('<section class="result">') : page.rindex("</section>")] for page in pages}
    assert len(told) == 1
    (page,) = told
    assert "Nearly all of us put these high" in page
    assert "No thing divides us clearly." in page
    assert not [word for word in ("p =", "0.", "rank") if word in page]


def test_what_somebody_kept_stands_nowhere_and_what_they_share_stands_as_they_said(
    as_owner: Client, answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    clients = [answer(f"Person {number}", order=HEAD) for number in range(7)]
    clients[0].post(f"{partnership.public_path}sharing/", {"open": "named", "name": "Amina of the ward"})
    show(partnership, owner)
    page = as_owner.get(f"/partnerships/{partnership.public_id}/results/").content.decode()
    assert page.count("Amina of the ward") == 1
    assert "Amina of the ward: Matters most" in page
    assert "Person 1" not in page


def test_who_left_is_shown_no_more(
    as_owner: Client, answer: Callable[..., Client], partnership: Partnership, owner: User
) -> None:
    clients = [answer(f"Person {number}", order=HEAD) for number in range(7)]
    clients[0].post(f"{partnership.public_path}sharing/", {"open": "named", "name": "Amina of the ward"})
    show(partnership, owner)
    clients[0].post(f"{partnership.public_path}leave/")
    page = as_owner.get(f"/partnerships/{partnership.public_id}/results/").content.decode()
    assert "Amina of the ward" not in page


def test_the_log_names_no_partner(as_owner: Client, answer: Callable[..., Client], partnership: Partnership) -> None:
    as_owner.post(f"/partnerships/{partnership.public_id}/people/", {"name": "Dora", "role": "nurse"})
    answer("Amina", "parent")
    log = " ".join(f"{event.action} {event.details}" for event in AuditEvent.objects.all())
    assert "added partner" in log
    assert not [name for name in ("Dora", "Amina", "parent") if name in log]


def test_with_a_facilitator_the_lead_cannot_close_open_or_delete(
    as_owner: Client, client: Client, partnership: Partnership, stranger: User
) -> None:
    from commonground.web.workspaces.actions import set_role

    set_role(workspace=partnership.workspace, user=stranger, role="owner")
    where = f"/partnerships/{partnership.public_id}/"
    as_owner.post(f"{where}facilitator/", {"facilitator": stranger.pk})
    for to in ("close", "open"):
        as_owner.post(f"{where}round/", {"to": to})
    as_owner.post(f"{where}delete/")
    as_owner.post(f"{where}facilitator/", {"facilitator": ""})
    partnership.refresh_from_db()
    assert (partnership.facilitator, Round.objects.get().stage) == (stranger, "asking")
    other = Client()
    other.force_login(stranger)
    other.post(f"{where}round/", {"to": "close"})
    assert Round.objects.get().stage == "closed"


@pytest.mark.parametrize("page", ["", "here/", "task/1/", "questions/", "picture/", "sharing/", "results/", "leave/"])
def test_an_outsider_finds_no_partner_page(client: Client, partnership: Partnership, page: str) -> None:
    answer = client.get(f"{partnership.public_path}{page}")
    assert answer.status_code in {200, 302}
    assert "Less pain" not in answer.content.decode() or page == ""
    assert answer.headers.get("X-Robots-Tag", "noindex") == "noindex"

"""What people say of themselves: private but in counts, named where they say so, gone when they leave."""

from collections.abc import Callable

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.capabilities.actions import begin_profile, set_asking, set_needs
from commonground.web.capabilities.models import HeldBack, Line, Profile, SelfView
from commonground.web.partnerships.models import Partner, Partnership


@pytest.fixture
def profile(partnership: Partnership, owner: User) -> Profile:
    """A profile that asks people, and needs somebody who knows systems on their own."""
    made = begin_profile(partnership=partnership, actor=owner)
    set_asking(profile=made, is_asking=True, actor=owner)
    set_needs(profile=made, stakeholder="", levels={"systems": 2, "local": 1}, actor=owner)
    return Profile.objects.get(pk=made.pk)


def say(client: Client, partnership: Partnership, level: int, *, name: bool = False, wish: bool = False) -> None:
    sent = {"systems-level": str(level), **({"systems-is_shared": "on"} if name else {})}
    sent |= {"systems-wants_to_learn": "on"} if wish else {}
    assert client.post(f"{partnership.public_path}capabilities/knowledge/", sent).status_code == 302


def overview(client: Client, partnership: Partnership) -> str:
    return client.get(f"/partnerships/{partnership.public_id}/capabilities/").content.decode()


def test_partners_are_asked_only_while_the_lead_asks(
    join: Callable[..., Client], partnership: Partnership, profile: Profile, owner: User
) -> None:
    client = join("Amina")
    assert "What I can" in client.get(f"{partnership.public_path}here/").content.decode()
    assert client.get(f"{partnership.public_path}capabilities/").status_code == 200
    say(client, partnership, 2)
    set_asking(profile=profile, is_asking=False, actor=owner)
    assert "What I can" not in client.get(f"{partnership.public_path}here/").content.decode()
    assert client.get(f"{partnership.public_path}capabilities/").status_code == 302
    assert [one.level for one in SelfView.objects.all()] == [2]


def test_the_way_through_the_three_areas(
    join: Callable[..., Client], partnership: Partnership, profile: Profile
) -> None:
    client, where = join("Amina"), f"{partnership.public_path}capabilities/"
    seen = []
    for _area in range(3):
        page = client.get(where).content.decode()
        seen.append(page)
        where = client.post(where, {}).headers["Location"]
    assert where.endswith("/done/")
    assert "Systems knowledge" in seen[0]
    assert "Facilitation of change" in seen[1]
    assert 'type="radio"' not in seen[2]
    assert "never shown to anybody" in seen[2]
    assert not SelfView.objects.exists()


def test_thoughts_about_attitudes_are_seen_by_nobody_else(
    as_owner: Client, join: Callable[..., Client], partnership: Partnership, profile: Profile
) -> None:
    clients = [join(f"Person {number}") for number in range(4)]
    for client in clients:
        say(client, partnership, 2)
        client.post(f"{partnership.public_path}capabilities/attitude/", {"impact-evidence": "I lose heart sometimes"})
    assert "I lose heart" in clients[0].get(f"{partnership.public_path}capabilities/attitude/").content.decode()
    table = as_owner.get(f"/partnerships/{partnership.public_id}/capabilities/table.csv").content.decode()
    assert "I lose heart" not in overview(as_owner, partnership) + table
    assert "impact" not in table


def test_counts_appear_from_four_people_on_and_names_where_people_give_them(
    as_owner: Client, join: Callable[..., Client], partnership: Partnership, profile: Profile
) -> None:
    clients = [join(name) for name in ("Amina", "Bogdan", "Cleo", "Dorothea")]
    say(clients[3], partnership, 1)
    say(clients[0], partnership, 3)
    say(clients[1], partnership, 0, wish=True)
    page = overview(as_owner, partnership)
    assert "Counts appear when four people" in page
    assert "1 can" not in page
    say(clients[2], partnership, 1, name=True, wish=True)
    page = overview(as_owner, partnership)
    assert "1 can · 2 want to learn" in page
    assert "One person alone" in page
    assert "Would like to learn: Cleo" in page
    assert not [name for name in ("Amina", "Bogdan") if name in page]


def test_no_column_leads_from_a_name_to_what_somebody_said(
    join: Callable[..., Client], partnership: Partnership, profile: Profile
) -> None:
    say(join("Amina"), partnership, 2)
    partner, said = Partner.objects.get(), SelfView.objects.get()
    assert said.code_hash != partner.code_hash
    assert said.shown_name == ""
    assert not [field.name for field in SelfView._meta.concrete_fields if "Date" in type(field).__name__]


def test_who_leaves_takes_everything_along(
    join: Callable[..., Client], partnership: Partnership, profile: Profile
) -> None:
    client = join("Amina")
    say(client, partnership, 2)
    client.post(f"{partnership.public_path}leave/")
    assert not SelfView.objects.exists()


def test_what_was_said_can_be_changed_and_taken_back(
    join: Callable[..., Client], partnership: Partnership, profile: Profile
) -> None:
    client = join("Amina")
    say(client, partnership, 2, wish=True)
    say(client, partnership, 1)
    assert [(one.level, one.wants_to_learn) for one in SelfView.objects.all()] == [(1, False)]
    client.post(f"{partnership.public_path}capabilities/knowledge/", {})
    assert not SelfView.objects.exists()


def test_the_lead_sets_needs_as_agreed_and_as_others_see_them(
    as_owner: Client, partnership: Partnership, profile: Profile
) -> None:
    where = f"/partnerships/{partnership.public_id}/capabilities/"
    as_owner.post(f"{where}needed/", {"stakeholder": "families", "systems": "0"})
    as_owner.post(f"{where}needed/", {"stakeholder": "managers", "systems": "3"})
    page = overview(as_owner, partnership)
    assert "Seen differently" in page
    assert "families – new to me" in page
    assert {one.level for one in profile.needs.filter(stakeholder="")} == {1, 2}


def test_a_gap_leads_to_a_line_of_the_plan(as_owner: Client, partnership: Partnership, profile: Profile) -> None:
    where = f"/partnerships/{partnership.public_id}/capabilities/"
    assert "What is missing" in overview(as_owner, partnership)
    sent = {"capability": "systems", "kind": "learn", "activity": "A mentor", "state": "planned", "due": "2027-01-01"}
    assert as_owner.post(f"{where}plan/", sent).status_code == 302
    line = Line.objects.get()
    assert "A mentor" in as_owner.get(f"{where}plan/").content.decode()
    as_owner.post(f"{where}plan/{line.pk}/", {**sent, "state": "done"})
    assert Line.objects.get().state == "done"
    as_owner.post(f"{where}plan/{line.pk}/", {"remove": "yes"})
    assert not Line.objects.exists()


def test_what_the_system_holds_back_is_no_training_gap(
    as_owner: Client, partnership: Partnership, profile: Profile
) -> None:
    where = f"/partnerships/{partnership.public_id}/capabilities/"
    as_owner.post(f"{where}held-back/systems/", {"why": "no protected time"})
    assert "Held back by: no protected time" in overview(as_owner, partnership)
    assert "Not a matter of training" in overview(as_owner, partnership)
    as_owner.post(f"{where}held-back/systems/", {"why": ""})
    assert not HeldBack.objects.exists()
    assert as_owner.get(f"{where}held-back/impact/").status_code == 404


def test_a_framework_is_changed_as_a_document_and_a_mistake_loses_nothing(
    as_owner: Client, partnership: Partnership, profile: Profile
) -> None:
    where = f"/partnerships/{partnership.public_id}/capabilities/framework/"
    wrong = profile.document.replace("area: skill\n    domains: [impact]", "area: craft\n    domains: [impact]")
    page = as_owner.post(where, {"document": wrong})
    assert page.status_code == 422
    assert "craft" in page.content.decode()
    assert Profile.objects.get().document == profile.document
    right = profile.document.replace("name: {en: Systems knowledge", "name: {en: Knowing our hospital")
    assert as_owner.post(where, {"document": right}).status_code == 302
    assert "Knowing our hospital" in overview(as_owner, partnership)


def test_results_point_to_capabilities_worth_a_look(
    as_owner: Client, answer: Callable[..., Client], partnership: Partnership, profile: Profile, owner: User
) -> None:
    from commonground.web.partnerships.rounds import close_round, open_results

    assert "touches what you talked about" not in overview(as_owner, partnership)
    for number in range(5):
        answer(f"Person {number}")
    close_round(partnership=partnership, actor=owner, today=partnership.meets_on)
    open_results(partnership=partnership, actor=owner, today=partnership.meets_on)
    assert "touches what you talked about" in overview(as_owner, partnership)

"""A round of review: links without an account, answers that wait for nobody, decisions, and the end."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import F
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.items.models import ItemRating, ListRating, Reviewer
from commonground.web.items.reviewing import token_hash
from commonground.web.items.standing import development_of
from commonground.web.items.where import where
from commonground.web.workspaces.actions import set_role
from commonground.web.workspaces.roles import Role

if TYPE_CHECKING:
    from conftest import Pages

Rate = Callable[..., None]


@pytest.fixture
def member(started: "Pages", stranger: User) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        assert started.study.workspace
        set_role(workspace=started.study.workspace, user=stranger, role=role)
        client = Client()
        client.force_login(stranger)
        return client

    return sign_in


def test_a_reviewer_goes_through_all_items_and_the_list(started: "Pages", rate: Rate) -> None:
    started.open_round()
    link = started.link("Ada", role="P")
    page = Client().get(link).content.decode()
    assert "your view of 11 items" in page
    assert f'href="{link}items/1/"' in page
    page = Client().get(f"{link}items/1/").content.decode()
    assert "Item 1 of 11" in page
    assert page.count('type="radio"') == 24
    rate(link, 1, comment="Two things at once?")
    assert f'href="{link}items/2/"' in Client().get(link).content.decode()  # where she stopped
    assert "Two things at once?" in Client().get(f"{link}items/1/").content.decode()
    for place in range(2, 12):
        rate(link, place)
    sent = {"completeness": "no", "comment-completeness": "Pay is missing.", "go": "next"}
    answer = Client().post(f"{link}list/", sent)
    assert answer.headers["Location"] == f"{link}done/"
    assert "Thank you" in Client().get(f"{link}done/").content.decode()
    assert "1 of 1 reviewer has finished." in where(started.study).words
    text = started.text("items/rounds/1/")
    assert "Pay is missing." in text
    assert "has finished" in text


def test_what_is_left_out_is_told_and_stops_nobody(started: "Pages") -> None:
    started.open_round()
    link = started.link()
    Client().post(f"{link}items/1/", {"relevance": "yes", "coherence": "nonsense", "go": "next"})
    assert ItemRating.objects.get().marks == {"relevance": "yes"}
    assert "11 items have a question without an answer" in Client().get(f"{link}list/").content.decode()
    assert Client().post(f"{link}list/", {"go": "next"}).headers["Location"] == f"{link}done/"


def test_going_back_saves_too(started: "Pages") -> None:
    started.open_round()
    link = started.link()
    answer = Client().post(f"{link}items/2/", {"relevance": "no", "go": "back"})
    assert answer.headers["Location"] == f"{link}items/1/"
    answer = Client().post(f"{link}list/", {"clarity": "yes", "go": "back"})
    assert answer.headers["Location"] == f"{link}items/11/"
    assert ListRating.objects.get().marks == {"clarity": "yes"}
    assert Reviewer.objects.get().finished_at is None
    assert Client().get(f"{link}items/99/").headers["Location"] == f"{link}list/"


def test_of_a_link_only_its_hash_is_kept_and_only_the_newest_works(started: "Pages") -> None:
    started.open_round()
    link = started.link()
    token = link.split("/")[2]
    reviewer = Reviewer.objects.get()
    assert reviewer.token_hash == token_hash(token)
    assert token not in started.text("items/rounds/1/")
    answer = started.client.post(started.at(f"items/rounds/1/reviewers/{reviewer.pk}/"), {"do": "renew"})
    assert answer.status_code == 200
    assert Client().get(link).status_code == 410
    assert Client().get("/review/no-such-link/").status_code == 410


def test_a_link_ends_when_withdrawn_when_too_old_and_with_its_round(started: "Pages") -> None:
    started.open_round()
    links = [started.link(f"Person {place}") for place in range(3)]
    withdrawn, old, late = Reviewer.objects.order_by("pk")
    assert started.send(f"items/rounds/1/reviewers/{withdrawn.pk}/", do="withdraw") == 302
    Reviewer.objects.filter(pk=old.pk).update(expires_at=F("made_at") - timedelta(days=1))
    assert [Client().get(link).status_code for link in links] == [410, 410, 200]
    started.decide_all()
    assert started.send("items/rounds/1/close/") == 302
    assert Client().get(links[2]).status_code == 410
    assert Client().post(f"{links[2]}items/1/", {"relevance": "yes"}).status_code == 410
    assert not late.ratings.exists()
    assert "This review is over" in Client().get(links[2]).content.decode()


def test_a_reviewers_page_is_kept_by_nobody_and_found_by_no_search(started: "Pages") -> None:
    started.open_round()
    answer = Client().get(started.link())
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not answer.cookies.get("commonground_owner")


def test_reviewers_read_the_words_of_the_moment_the_round_opened(started: "Pages") -> None:
    started.open_round()
    link = started.link()
    form = started.client.get(started.at("items/item/open/edit/")).context["form"]
    sent = {field.html_name: field.value() or "" for row in form.rows() for field in row}
    sent["label_en"] = "Quite another wording"
    assert started.send("items/item/open/edit/", **sent, reason="") == 422
    assert started.send("items/item/open/edit/", **sent, reason="plainer") == 302
    assert "Quite another wording" not in Client().get(f"{link}items/1/").content.decode()
    assert "Quite another wording" in started.text()


def test_disagreement_is_shown_and_no_mean_is(started: "Pages", rate: Rate) -> None:
    started.open_round()
    rate(started.link("Ada", "P"), 1, relevance="yes", comment="I read it twice.")
    rate(started.link("Bo", "HP"), 1, relevance="no")
    text = started.text("items/rounds/1/")
    assert '<span class="answer">1 yes</span><span class="answer">1 no</span>' in text
    assert "divided" in text
    item = started.text("items/item/open/")
    assert "I read it twice." in item
    assert "Patient" in item
    assert "Ada" not in item


def test_a_round_stays_open_until_every_item_is_decided(started: "Pages") -> None:
    started.open_round()
    assert started.send("items/rounds/1/close/") == 302
    assert "An item has no decision yet" in started.text("items/rounds/1/")
    answer = started.client.post(
        started.at("items/item/open/decide/"), {"verdict": "keep", "reason": "good", "then": "next"}
    )
    assert answer.headers["Location"].endswith("/items/item/goal/")
    assert started.send("items/rounds/1/keep/", reason=" ") == 302
    assert development_of(started.study).open_round
    started.decide_all()
    assert "Every item has its decision." in started.text("items/rounds/1/")
    assert started.send("items/rounds/1/close/") == 302
    assert development_of(started.study).open_round is None
    assert started.send("items/rounds/1/close/") == 302


def test_one_round_at_a_time(started: "Pages") -> None:
    started.open_round()
    assert started.send("items/rounds/", kind="panel", title="") == 422
    assert len(development_of(started.study).rounds) == 1
    assert started.send("items/rounds/7/reviewers/", label="x", role="P") == 302
    assert started.client.get(started.at("items/rounds/7/")).status_code == 302


def test_members_review_under_their_own_account_and_see_no_others(
    started: "Pages", rate: Rate, member: Callable[[str], Client]
) -> None:
    started.open_round()
    rate(started.link(), 1, comment="Something only the team may read")
    client = member(Role.REVIEWER)
    assert "Its items wait for your review." in client.get("/").content.decode()
    assert "Its items wait for your review." not in started.client.get("/").content.decode()
    assert client.get(started.at("items/review/")).status_code == 200
    assert client.post(started.at("items/review/1/"), {"relevance": "yes", "go": "next"}).status_code == 302
    assert client.post(started.at("items/review/list/"), {"go": "next"}).status_code == 302
    assert "Its items wait for your review." not in client.get("/").content.decode()
    for rest in ("items/rounds/1/", "items/item/open/"):
        assert "Something only the team may read" not in client.get(started.at(rest)).content.decode()
    assert "Answers are shown when the round is closed" in client.get(started.at("items/rounds/1/")).content.decode()
    started.decide_all()
    started.send("items/rounds/1/close/")
    assert "Something only the team may read" in client.get(started.at("items/item/open/")).content.decode()
    assert client.get(started.at("items/review/")).status_code == 410


@pytest.mark.parametrize(("role", "reviews"), [(Role.VIEWER, False), (Role.SCREENER, False), (Role.REVIEWER, True)])
def test_who_may_not_edit_decides_nothing(
    started: "Pages", member: Callable[[str], Client], role: str, reviews: bool
) -> None:
    started.open_round()
    client = member(role)
    assert client.get(started.at("items/")).status_code == 200
    assert (client.get(started.at("items/review/")).status_code == 200) == reviews
    assert (client.post(started.at("items/review/1/"), {"relevance": "no"}).status_code == 302) == reviews
    for rest in (
        "items/start/", "items/new/", "items/merge/", "items/item/open/decide/", "items/item/open/edit/",
        "items/item/open/split/", "items/item/open/sources/", "items/log/1/take-back/", "items/rounds/",
        "items/rounds/1/reviewers/", "items/rounds/1/keep/", "items/rounds/1/close/", "items/into-study/",
        "pretest/", "pretest/new/",
    ):  # fmt: skip
        assert client.post(started.at(rest), {"reason": "x", "verdict": "remove"}).status_code == 403, rest
    for rest in ("items/files/items.json", "items/files/ratings.csv"):
        assert client.get(started.at(rest)).status_code == 403


def test_another_studys_reviewer_is_out_of_reach(started: "Pages", study_text: str, owner: User) -> None:
    from commonground.web.items import actions
    from commonground.web.items.reviewing import invite_reviewer
    from commonground.web.studies.actions import add_study

    other = add_study(owner=owner, text=study_text, name="study.yaml")
    actions.start_from_document(study=other, actor=owner)
    from django.utils import timezone

    from commonground.development.records import RoundKind, RoundPlan

    actions.open_round(study=other, plan=RoundPlan(kind=RoundKind.OWN), actor=owner)
    theirs, _token = invite_reviewer(study=other, label="x", role="P", actor=owner, now=timezone.now())
    started.open_round()
    assert started.send(f"items/rounds/1/reviewers/{theirs.pk}/", do="withdraw") == 404

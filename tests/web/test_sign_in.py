"""Signing in and out, slowly for guessers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from commonground.web.accounts import throttle
from commonground.web.accounts.links import sign_in_path
from commonground.web.accounts.models import FailedSignIn, User

PASSWORD = "a calm long sentence"


def sign_in(client: Client, email: str = "owner@example.org", password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in/", {"email": email, "password": password, **more}).status_code


def test_owner_signs_in_and_out(client: Client, owner: User) -> None:
    assert sign_in(client, "Owner@Example.org") == 302
    assert client.get("/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"


def test_signing_out_needs_a_press_of_a_button(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert client.get("/sign-out/").status_code == 405


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client: Client, owner: User) -> None:
    answer = client.post("/sign-in/", {"email": owner.email, "password": PASSWORD, "next": "/studies/new/"})
    assert answer.headers["Location"] == "/studies/new/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(client: Client, owner: User, elsewhere: str) -> None:
    answer = client.post("/sign-in/", {"email": owner.email, "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_the_answer_does_not_tell_who_has_an_account(client: Client, owner: User) -> None:
    known = client.post("/sign-in/", {"email": owner.email, "password": "wrong"}).content.decode()
    unknown = client.post("/sign-in/", {"email": "other@example.org", "password": "wrong"}).content.decode()
    words = "do not go together"
    assert words in known
    assert words in unknown


def test_guessing_has_to_wait_and_then_may_go_on(client: Client, owner: User) -> None:
    for _ in range(throttle.FROM_ONE_ADDRESS):
        assert sign_in(client, password="wrong") == 200
    assert (
        "too many attempts" in client.post("/sign-in/", {"email": owner.email, "password": PASSWORD}).content.decode()
    )
    FailedSignIn.objects.update(at=timezone.now() - throttle.WINDOW - timedelta(seconds=1))
    assert sign_in(client) == 302


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(client: Client, owner: User) -> None:
    for _ in range(throttle.FROM_ONE_ADDRESS + 1):
        client.post("/sign-in/", {"email": owner.email, "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    assert sign_in(client) == 302


def test_nothing_kept_of_a_failure_names_anybody(client: Client, owner: User) -> None:
    sign_in(client, password="wrong")
    kept = " ".join(FailedSignIn.objects.values_list("who", flat=True))
    assert kept
    assert "127.0.0.1" not in kept
    assert "owner" not in kept


class TestDemoLink:
    def test_works_once_after_a_press_of_the_button(self, owner: User, settings: Settings) -> None:
        settings.IS_DEMO = True
        link, browser = sign_in_path(owner), Client()
        assert browser.get(link).status_code == 200
        assert browser.get("/").status_code == 302  # opening the link alone signs nobody in
        assert browser.post(link).headers["Location"] == "/"
        assert browser.get("/").status_code == 200
        assert Client().post(link).headers["Location"] == "/sign-in/"

    def test_does_not_exist_on_any_other_site(self, owner: User, client: Client) -> None:
        assert client.get(sign_in_path(owner)).status_code == 404

    @pytest.mark.parametrize("query", ["", "?who=1", "?who=x&token=y", "?who=1&token=aaa-bbb", "?who=²&token=1-2"])
    def test_refuses_made_up_links(self, owner: User, settings: Settings, client: Client, query: str) -> None:
        settings.IS_DEMO = True
        assert client.post(f"/sign-in/once/{query}").headers["Location"] == "/sign-in/"

"""Changing one's password."""

from django.test import Client

from commonground.web.accounts import throttle
from commonground.web.accounts.models import User

NEW = "quite another sentence"
PAGE = "/account/password/"


def test_the_new_password_signs_in_and_other_devices_are_out(as_owner: Client, owner: User, password: str) -> None:
    elsewhere = Client()
    elsewhere.force_login(owner)
    assert as_owner.post(PAGE, {"current": password, "password": NEW}).headers["Location"] == "/account/"
    assert as_owner.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    owner.refresh_from_db()
    assert owner.check_password(NEW)


def test_the_present_password_is_needed_and_guessing_has_to_wait(as_owner: Client, owner: User, password: str) -> None:
    for _attempt in range(throttle.FROM_ONE_ADDRESS):
        assert "not your password" in as_owner.post(PAGE, {"current": "wrong", "password": NEW}).content.decode()
    page = as_owner.post(PAGE, {"current": password, "password": NEW}).content.decode()
    assert "too many attempts" in page
    owner.refresh_from_db()
    assert owner.check_password(password)


def test_a_weak_password_is_refused(as_owner: Client, owner: User, password: str) -> None:
    as_owner.post(PAGE, {"current": password, "password": "owner@example.org"})
    owner.refresh_from_db()
    assert owner.check_password(password)


def test_a_form_changes_the_password_and_nothing_else(as_owner: Client, owner: User, password: str) -> None:
    as_owner.post(PAGE, {"current": password, "password": NEW, "email": "x@example.org", "is_active": ""})
    owner.refresh_from_db()
    assert (owner.email, owner.is_active) == ("owner@example.org", True)


def test_a_foreign_form_changes_nothing(owner: User, password: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    assert browser.post(PAGE, {"current": password, "password": NEW}).status_code == 403

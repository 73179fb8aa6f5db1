"""Invitations: a link that works once, for a week, for one role."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commonground.web.accounts.models import User
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import remove_member, set_role
from commonground.web.workspaces.invitations import LASTS
from commonground.web.workspaces.models import AuditEvent, Invitation, Member, Workspace
from commonground.web.workspaces.roles import Role

ACCOUNT = {"name": "Nia New", "email": "Nia@Example.org", "password": "a calm long sentence"}


@pytest.fixture
def workspace(study: Study) -> Workspace:
    assert study.workspace
    return study.workspace


@pytest.fixture
def link(as_owner: Client, workspace: Workspace) -> str:
    """The path of an invitation for a screener, as the page shows it."""
    page = as_owner.post(f"/workspaces/{workspace.slug}/", {"role": "screener"}).content.decode()
    (path,) = re.findall(r'value="https?://[^/"]+(/join/[^"]+)"', page)
    return str(path)


def test_a_new_person_makes_an_account_and_is_in(link: str, workspace: Workspace, study: Study) -> None:
    browser = Client()
    browser.get(link)
    before = browser.session.session_key
    assert browser.post(link, ACCOUNT).headers["Location"] == "/"
    assert browser.session.session_key != before
    member = Member.objects.get(workspace=workspace, user__email="nia@example.org")
    assert member.role == Role.SCREENER
    assert browser.get(f"/studies/{study.public_id}/").status_code == 200
    last = AuditEvent.objects.filter(workspace=workspace).last()
    assert last
    assert (last.actor, last.action) == ("nia@example.org", "joined by invitation")


def test_somebody_with_an_account_joins_by_a_press_of_a_button(link: str, workspace: Workspace, stranger: User) -> None:
    browser = Client()
    browser.force_login(stranger)
    assert "Join" in browser.get(link).content.decode()
    assert not Member.objects.filter(workspace=workspace, user=stranger).exists()  # opening the link alone joins nobody
    browser.post(link)
    assert Member.objects.get(workspace=workspace, user=stranger).role == Role.SCREENER


def test_signing_in_leads_back_to_the_invitation(link: str, stranger: User, password: str) -> None:
    browser = Client()
    assert f'href="/sign-in/?next={link}"' in browser.get(link).content.decode()
    answer = browser.post("/sign-in/", {"email": stranger.email, "password": password, "next": link})
    assert answer.headers["Location"] == link


def test_the_link_works_once(link: str, stranger: User) -> None:
    Client().post(link, ACCOUNT)
    assert Client().get(link).status_code == 404
    browser = Client()
    browser.force_login(stranger)
    assert browser.post(link).status_code == 404
    assert Client().post(link, ACCOUNT | {"email": "second@example.org"}).status_code == 404
    assert not User.objects.filter(email="second@example.org").exists()


def test_the_link_ends_after_a_week(link: str) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post(link, ACCOUNT).status_code == 404
    assert timedelta(days=7) == LASTS


@pytest.mark.parametrize("sent", [{"role": "owner"}, {"role": "owner", "workspace": "1", "is_active": ""}])
def test_the_role_is_the_invitations_whatever_is_sent(sent: dict[str, str], link: str, workspace: Workspace) -> None:
    Client().post(link, ACCOUNT | sent)
    assert Member.objects.get(user__email="nia@example.org").role == Role.SCREENER
    assert Member.objects.filter(user__email="nia@example.org").count() == 1


def test_a_member_does_not_change_role_by_an_invitation(link: str, workspace: Workspace, stranger: User) -> None:
    set_role(workspace=workspace, user=stranger, role=Role.VIEWER)
    browser = Client()
    browser.force_login(stranger)
    assert "Your role stays as it is." in browser.post(link, follow=True).content.decode()
    assert Member.objects.get(workspace=workspace, user=stranger).role == Role.VIEWER
    assert Client().get(link).status_code == 200  # still there for whom it was meant


def test_a_withdrawn_link_does_not_work(link: str, as_owner: Client, workspace: Workspace) -> None:
    as_owner.post(f"/workspaces/{workspace.slug}/invitations/{Invitation.objects.get().pk}/")
    assert Client().get(link).status_code == 404


def test_the_invitations_of_a_former_owner_do_not_work(
    link: str, owner: User, workspace: Workspace, stranger: User
) -> None:
    set_role(workspace=workspace, user=stranger, role=Role.OWNER)
    remove_member(workspace=workspace, user=owner)
    assert Client().get(link).status_code == 404


def test_an_address_that_has_an_account_is_sent_to_sign_in(link: str, stranger: User) -> None:
    page = Client().post(link, ACCOUNT | {"email": "STRANGER@example.org"}).content.decode()
    assert "Sign in instead" in page
    assert stranger.check_password(ACCOUNT["password"])
    assert Client().get(link).status_code == 200


def test_a_weak_password_is_refused(link: str) -> None:
    Client().post(link, ACCOUNT | {"password": "password"})
    assert not User.objects.filter(email="nia@example.org").exists()


def test_the_link_is_shown_once_and_only_its_hash_is_kept(link: str, as_owner: Client, workspace: Workspace) -> None:
    token = link.split("/")[2]
    assert token not in as_owner.get(f"/workspaces/{workspace.slug}/").content.decode()
    assert token not in Invitation.objects.get().token_hash
    assert token not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_joining_takes_nothing_from_a_foreign_form(link: str, stranger: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(link, ACCOUNT).status_code == 403
    browser.force_login(stranger)
    assert browser.post(link).status_code == 403


@pytest.mark.parametrize("token", ["x", "a" * 400, "..%2f"])
def test_made_up_links_find_nothing(token: str, owner: User) -> None:
    assert Client().get(f"/join/{token}/").status_code == 404

"""A workspace may ask its members for a second factor: until it is set up, nothing of the workspace is seen."""

import pytest
from django.test import Client
from django.utils import timezone

from commonground.web.accounts.models import SecondFactor, User
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import set_role
from commonground.web.workspaces.models import Asked, AuditEvent, Workspace
from commonground.web.workspaces.roles import Role


@pytest.fixture
def workspace(study: Study) -> Workspace:
    """The workspace of the study."""
    assert study.workspace
    return study.workspace


def give_factor(user: User) -> None:
    SecondFactor.objects.create(user=user, sealed_secret="sealed", turned_on_at=timezone.now())


def ask(workspace: Workspace, asked: str) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(second_factor=asked)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("asked", Asked.values)
def test_who_is_asked_sees_the_way_to_set_one_up_first(
    client: Client, study: Study, stranger: User, role: str, asked: str
) -> None:
    workspace = study.workspace
    assert workspace
    set_role(workspace=workspace, user=stranger, role=role)
    ask(workspace, asked)
    client.force_login(stranger)
    page = client.get(study.get_absolute_url())
    shut = asked == Asked.EVERYBODY or (asked == Asked.SENSITIVE and role in {"owner", "analyst", "screener"})
    assert page.status_code == (403 if shut else 200)
    assert ("asks for a second factor" in page.content.decode()) == shut
    home = client.get("/").content.decode()
    assert (str(study.name) in home) != shut
    give_factor(stranger)
    assert client.get(study.get_absolute_url()).status_code == 200
    assert client.get("/").status_code == 200


def test_what_is_sent_is_shut_out_as_well(as_owner: Client, study: Study, workspace: Workspace) -> None:
    ask(workspace, Asked.EVERYBODY)
    assert as_owner.post(f"{study.get_absolute_url()}collection/", {"to": "open"}).status_code == 403
    study.refresh_from_db()
    assert not study.is_open
    assert as_owner.get(f"/studies/new/?workspace={workspace.slug}").status_code == 404


def test_the_way_to_a_second_factor_stays_open(as_owner: Client, workspace: Workspace) -> None:
    ask(workspace, Asked.EVERYBODY)
    for address in ("/account/", "/account/passkeys/", "/account/second-factor/"):
        assert as_owner.get(address).status_code == 200


def test_an_outsider_learns_nothing_of_it(client: Client, study: Study, workspace: Workspace, stranger: User) -> None:
    ask(workspace, Asked.EVERYBODY)
    client.force_login(stranger)
    assert client.get(study.get_absolute_url()).status_code == 404


class TestAsking:
    def test_who_asks_has_one(self, as_owner: Client, owner: User, workspace: Workspace) -> None:
        where = f"/workspaces/{workspace.slug}/second-factor/"
        page = as_owner.post(where, {"second_factor": "everybody"}).content.decode()
        assert "Set up a second factor for yourself first" in page
        give_factor(owner)
        assert as_owner.post(where, {"second_factor": "everybody"}).status_code == 302
        workspace.refresh_from_db()
        assert workspace.second_factor == Asked.EVERYBODY
        event = AuditEvent.objects.filter(workspace=workspace).last()
        assert event
        assert (event.action, event.details) == ("asked for second factor", {"of": "everybody"})

    @pytest.mark.parametrize("role", [role for role in Role.values if role != Role.OWNER])
    def test_only_owners_ask(self, client: Client, workspace: Workspace, stranger: User, role: str) -> None:
        set_role(workspace=workspace, user=stranger, role=role)
        give_factor(stranger)
        client.force_login(stranger)
        where = f"/workspaces/{workspace.slug}/second-factor/"
        assert client.post(where, {"second_factor": "everybody"}).status_code == 403
        workspace.refresh_from_db()
        assert workspace.second_factor == Asked.NOBODY

    def test_the_members_page_tells_who_has_one(self, as_owner: Client, owner: User, workspace: Workspace) -> None:
        assert "second factor: off" in as_owner.get(f"/workspaces/{workspace.slug}/").content.decode()
        give_factor(owner)
        assert "second factor: on" in as_owner.get(f"/workspaces/{workspace.slug}/").content.decode()

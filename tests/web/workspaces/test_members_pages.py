"""Members, roles and workspaces as an owner meets them in pages."""

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import create_workspace, set_role
from commonground.web.workspaces.models import AuditEvent, Member, Workspace
from commonground.web.workspaces.roles import Role


@pytest.fixture
def workspace(study: Study) -> Workspace:
    assert study.workspace
    return study.workspace


def page_of(workspace: Workspace, user: User) -> str:
    return f"/workspaces/{workspace.slug}/members/{Member.objects.get(workspace=workspace, user=user).pk}/"


def test_members_stand_with_their_roles_and_what_roles_may_do(
    as_owner: Client, workspace: Workspace, stranger: User
) -> None:
    set_role(workspace=workspace, user=stranger, role=Role.SCREENER)
    page = as_owner.get(f"/workspaces/{workspace.slug}/").content.decode()
    assert "Sam Stranger" in page
    assert "screener" in page
    assert "download answers, ask for reports, lock data" in page


def test_an_owner_gives_another_role(as_owner: Client, workspace: Workspace, stranger: User) -> None:
    set_role(workspace=workspace, user=stranger, role=Role.VIEWER)
    as_owner.post(page_of(workspace, stranger), {"role": "analyst"})
    assert Member.objects.get(user=stranger).role == Role.ANALYST
    last = AuditEvent.objects.filter(workspace=workspace).last()
    assert last
    assert (last.actor, last.action, last.details["role"]) == ("owner@example.org", "gave role", "analyst")


def test_a_made_up_role_is_refused(as_owner: Client, workspace: Workspace, stranger: User) -> None:
    set_role(workspace=workspace, user=stranger, role=Role.VIEWER)
    assert as_owner.post(page_of(workspace, stranger), {"role": "emperor"}).status_code == 200
    assert Member.objects.get(user=stranger).role == Role.VIEWER


def test_who_is_removed_is_out_at_once(as_owner: Client, workspace: Workspace, stranger: User, study: Study) -> None:
    set_role(workspace=workspace, user=stranger, role=Role.ANALYST)
    theirs = Client()
    theirs.force_login(stranger)
    assert theirs.get(f"/studies/{study.public_id}/").status_code == 200
    as_owner.post(page_of(workspace, stranger), {"do": "remove"})
    assert theirs.get(f"/studies/{study.public_id}/").status_code == 404


@pytest.mark.parametrize("sent", [{"do": "remove"}, {"role": "viewer"}])
def test_the_last_owner_is_told_kindly(
    sent: dict[str, str], as_owner: Client, workspace: Workspace, owner: User
) -> None:
    page = as_owner.post(page_of(workspace, owner), sent).content.decode()
    assert "Make somebody else an owner first." in page
    assert Member.objects.get(user=owner).role == Role.OWNER


def test_an_owner_who_steps_down_lands_on_a_page_that_is_still_theirs(
    as_owner: Client, workspace: Workspace, owner: User, stranger: User
) -> None:
    set_role(workspace=workspace, user=stranger, role=Role.OWNER)
    answer = as_owner.post(page_of(workspace, owner), {"role": "viewer"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert answer.status_code == 200


def test_a_member_of_another_workspace_is_not_reached_from_mine(
    as_owner: Client, workspace: Workspace, stranger: User
) -> None:
    theirs = create_workspace(owner=stranger, name="Next door")
    number = Member.objects.get(workspace=theirs).pk
    assert as_owner.post(f"/workspaces/{workspace.slug}/members/{number}/", {"do": "remove"}).status_code == 404
    assert Member.objects.filter(workspace=theirs).exists()


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.OWNER])
def test_only_owners_see_members_and_log(role: str, client: Client, workspace: Workspace, stranger: User) -> None:
    set_role(workspace=workspace, user=stranger, role=role)
    client.force_login(stranger)
    for page in ("", "log/", "log.csv"):
        assert client.get(f"/workspaces/{workspace.slug}/{page}").status_code == 403
    assert client.post(page_of(workspace, stranger), {"role": "owner"}).status_code == 403
    assert client.post(f"/workspaces/{workspace.slug}/", {"role": "owner"}).status_code == 403
    assert Member.objects.get(user=stranger).role == role


def test_a_new_workspace_is_mine_and_takes_a_new_study(as_owner: Client, study: Study, owner: User) -> None:
    answer = as_owner.post("/workspaces/new/", {"name": "Clinic team", "slug": "chosen", "members": "1"})
    made = Workspace.objects.get(name="Clinic team")
    assert answer.headers["Location"] == f"/workspaces/{made.slug}/" != "/workspaces/chosen/"
    as_owner.post(f"/studies/new/?workspace={made.slug}", {"template": "partner-priorities"})
    assert Study.objects.get(workspace=made)
    home = as_owner.get("/").content.decode()
    assert "Clinic team" in home
    assert f"/studies/new/?workspace={made.slug}" in home


def test_a_study_cannot_be_put_where_i_may_not_edit(
    as_owner: Client, workspace: Workspace, owner: User, stranger: User
) -> None:
    theirs = create_workspace(owner=stranger, name="Next door")
    before = Study.objects.count()
    for _attempt in ("no member", "viewer"):
        answer = as_owner.post(f"/studies/new/?workspace={theirs.slug}", {"template": "partner-priorities"})
        assert answer.status_code == 404
        set_role(workspace=theirs, user=owner, role=Role.VIEWER)
    assert Study.objects.count() == before


def test_pages_take_nothing_from_a_foreign_form(owner: User, workspace: Workspace) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    for page in ("/workspaces/new/", f"/workspaces/{workspace.slug}/", page_of(workspace, owner)):
        assert browser.post(page, {"role": "viewer", "name": "x"}).status_code == 403
    assert AuditEvent.objects.filter(workspace=workspace).count() == 1  # its making

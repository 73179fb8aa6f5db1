"""What each role may do: every page about a study, walked by every role, and by an owner of another workspace."""

import pytest
from django.test import Client
from django.urls import get_resolver

from commonground.web.accounts.models import User
from commonground.web.studies.actions import set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import LastOwnerError, create_workspace, remove_member, set_role
from commonground.web.workspaces.gate import FINDERS, PUBLIC_APPS
from commonground.web.workspaces.models import Member
from commonground.web.workspaces.permissions import needs_of
from commonground.web.workspaces.roles import Role, may


def pages() -> list[tuple[str, object]]:
    return [(name, view) for name, view in walk(get_resolver().url_patterns, "")]


def walk(patterns: list, namespace: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for one in patterns:
        if hasattr(one, "url_patterns"):
            found += walk(one.url_patterns, f"{one.namespace}:" if one.namespace else namespace)
        elif set(FINDERS) & set(one.pattern.converters) and namespace.removesuffix(":") not in PUBLIC_APPS:
            found.append((f"{namespace}{one.name}", one.callback))
    return found


@pytest.mark.parametrize(("name", "view"), pages(), ids=[name for name, _ in pages()])
def test_every_page_about_a_study_says_what_it_needs(name: str, view: object) -> None:
    assert needs_of(view), name


@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_what_it_includes_and_nothing_else(
    role: str, client: Client, study: Study, stranger: User
) -> None:
    assert study.workspace
    set_role(workspace=study.workspace, user=stranger, role=role)
    client.force_login(stranger)
    overview = f"/studies/{study.public_id}/"
    assert client.get(overview).status_code == 200
    answers = client.get(f"{overview}files/choices.csv")
    assert (answers.status_code == 200) == may(role, "data")
    set_open(study, is_open=True)
    closed = client.post(f"{overview}collection/", {"to": "close"})
    study.refresh_from_db()
    assert study.is_open != may(role, "field")
    assert may(role, "field") == (closed.status_code == 302)


def test_who_lacks_a_right_is_told_so_in_words(client: Client, study: Study, stranger: User) -> None:
    assert study.workspace
    set_role(workspace=study.workspace, user=stranger, role=Role.VIEWER)
    client.force_login(stranger)
    page = client.get(f"/studies/{study.public_id}/files/choices.csv")
    assert page.status_code == 403
    assert "You are here as viewer." in page.content.decode()


def test_the_neighbours_workspace_is_out_of_sight(client: Client, study: Study, stranger: User) -> None:
    create_workspace(owner=stranger, name="Next door")
    client.force_login(stranger)
    assert client.get(f"/studies/{study.public_id}/").status_code == 404
    assert str(study.title) not in client.get("/").content.decode()


def test_a_workspace_keeps_an_owner(study: Study, owner: User, stranger: User) -> None:
    workspace = study.workspace
    assert workspace
    for wrong in (
        lambda: set_role(workspace=workspace, user=owner, role=Role.VIEWER),
        lambda: remove_member(workspace=workspace, user=owner),
    ):
        with pytest.raises(LastOwnerError):
            wrong()
    set_role(workspace=workspace, user=stranger, role=Role.OWNER)
    remove_member(workspace=workspace, user=owner)
    assert [member.user for member in Member.objects.filter(workspace=workspace)] == [stranger]

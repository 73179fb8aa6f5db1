"""A site on which everybody who could write anything has written something hostile."""

from collections.abc import Callable

import pytest
from crawling import EVIL, hostile_document
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from commonground.web.accounts.models import User
from commonground.web.collecting.actions import add_source, save_outreach
from commonground.web.collecting.models import Outreach
from commonground.web.respond.models import Session
from commonground.web.studies.actions import add_study, set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import create_workspace, set_role
from commonground.web.workspaces.models import Workspace


@pytest.fixture
def hostile_workspace(owner: User, stranger: User) -> Workspace:
    """A workspace whose name, owner and members mean harm."""
    User.objects.filter(pk=owner.pk).update(name=f"Olga{EVIL}")
    owner.refresh_from_db()
    made = create_workspace(owner=owner, name=f"Ours{EVIL}")
    User.objects.filter(pk=stranger.pk).update(name=f"Sam{EVIL}")
    set_role(workspace=made, user=stranger, role="screener")
    return made


@pytest.fixture
def hostile_study(hostile_workspace: Workspace, owner: User, study_text: str) -> Study:
    """A launched study in hostile words, with links, a recruitment log and hostile people."""
    study = add_study(owner=owner, text=hostile_document(study_text), name="study.yaml", workspace=hostile_workspace)
    set_open(study, is_open=True, actor=owner)
    add_source(study=study, label=f"Poster{EVIL}", group="", planned=5, actor=owner)
    entry = Outreach(
        study=study, kind="clinic", name=f"Clinic{EVIL}", channel=EVIL, reply=EVIL, contacted_on=timezone.localdate()
    )
    save_outreach(outreach=entry, actor=owner)
    return study


@pytest.fixture
def hostile_people(hostile_study: Study, answered: Callable[..., Study]) -> Study:
    """The same with complete answers whose free texts are hostile."""
    answered(hostile_study, HP=6, R=6, P=6)
    for one in Session.objects.filter(study=hostile_study):
        one.answers = {
            name: EVIL if isinstance(value, str) and " " in value else value for name, value in one.answers.items()
        }
        one.answers["gender-own-words"] = EVIL
        one.earlier_reason = EVIL
        one.save()
    return hostile_study


@pytest.fixture
def as_hostile_owner(client: Client, owner: User, settings: Settings) -> Client:
    """The owner's browser."""
    settings.SITE_URL = "http://testserver"
    client.force_login(owner)
    return client

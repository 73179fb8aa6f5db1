"""Who sees which page. Walks every address the site has, so that a new page cannot be forgotten."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from commonground.web.accounts.models import User
from commonground.web.capabilities.actions import begin_profile
from commonground.web.capabilities.models import Line, ProgrammeDocument
from commonground.web.collecting.models import Outreach
from commonground.web.logicmodels.actions import begin_model
from commonground.web.logicmodels.models import Snapshot, StakeholderEntry
from commonground.web.partnerships import starters
from commonground.web.partnerships.models import AgreementVersion, Partnership
from commonground.web.results.models import ReportJob
from commonground.web.studies.models import Study
from commonground.web.workspaces.gate import PUBLIC_APPS
from commonground.web.workspaces.invitations import invite
from commonground.web.workspaces.models import Invitation, Workspace

PUBLIC = {
    "start",
    "health",
    "ready",
    "metrics",
    "set_language",
    "accounts:sign-in",
    "accounts:sign-in-link",
    "accounts:sign-in-code",
    "accounts:sign-in-passkey",
    "accounts:passkey-question",
    "accounts:sign-out",
    "workspaces:join",
    "workspaces:forgotten",
    "workspaces:new-password",
}
"""Everything an outsider may open beside the participants' pages. A page is added here on purpose, or not at all."""

FOR_EVERY_OWNER = {
    "accounts:account",
    "accounts:password",
    "accounts:second-factor",
    "accounts:recovery-codes",
    "accounts:passkeys",
    "accounts:passkey",
    "accounts:passkey-made",
    "accounts:sign-out-elsewhere",
    "home",
    "partnerships:new",
    "partnerships:sample",
    "studies:new",
    "studies:template",
    "workspaces:new",
}
"""Pages of a signed-in person that are about no study in particular."""


def every_page(patterns: list[URLPattern | URLResolver] | None = None, namespace: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_page(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"{pattern.pattern} has no name, so no test can find it"
            yield f"{namespace}{pattern.name}"


OWNERS_PAGES = sorted(name for name in every_page() if name not in PUBLIC and name.partition(":")[0] not in PUBLIC_APPS)
NOT_MADE_YET = {
    "accounts:passkey",
    "building:design-job",
    "building:version",
    "building:version-file",
    "results:files",
    "results:read",
}
"""Pages about something that the study under test does not have."""
STUDY_PAGES = sorted(set(OWNERS_PAGES) - FOR_EVERY_OWNER)


def address(name: str, study: Study) -> str:
    job, _ = ReportJob.objects.get_or_create(study=study)
    assert study.workspace
    invitation = an_invitation(study.workspace)
    known = {
        "public_id": study.public_id,
        "partnership": a_line(study.workspace).profile.partnership.public_id,
        "workspace": study.workspace.slug,
        "number": job.pk,
        "stage": 1,
        "capability": "systems",
        "item": "open",
        "respondent": "nobody",
        "entry": Outreach.objects.get_or_create(study=study, name="Clinic")[0].pk,
    }
    named = {
        "capabilities:module": {"part": a_module(study.workspace)},
        "capabilities:outcomes": {"part": a_module(study.workspace)},
        "capabilities:line": {"number": a_line(study.workspace).pk},
        "logicmodels:new-entry": {"kind": "stakeholder"},
        "logicmodels:entry": {"kind": "stakeholder", "number": a_stakeholder(study.workspace).pk},
        "logicmodels:table": {"kind": "stakeholder"},
        "logicmodels:box": {"part": "partners"},
        "logicmodels:mechanism": {"part": "online"},
        "logicmodels:snapshot": {"number": a_snapshot(study.workspace).pk},
        "partnerships:note": {"number": a_partnership(study.workspace).notes.get_or_create(text="We meet.")[0].pk},
        "partnerships:agreement-version": {"number": a_version(study.workspace).number},
        "partnerships:person": {"number": a_partnership(study.workspace).partners.get_or_create(name="Bo")[0].pk},
        "results:download": {"name": "choices.csv"},
        "studies:template": {"name": "partner-priorities"},
        "collecting:pilot-file": {"name": "choices.csv"},
        "contacts:download": {"wish": "draw"},
        "building:question-new": {"section": "background"},
        "building:question": {"name": "role"},
        "building:question-move": {"name": "role"},
        "building:question-remove": {"name": "role"},
        "building:texts": {"name": "consent"},
        "building:language-section": {"name": "items"},
        "building:translation": {"language": "fr"},
        "building:rule": {"kind": "eligibility", "place": 1},
        "building:rule-move": {"kind": "eligibility", "place": 1},
        "preview:page": {"key": "words"},
        "workspaces:member": {"number": study.workspace.memberships.earliest("pk").pk},
        "workspaces:password-link": {"number": study.workspace.memberships.earliest("pk").pk},
        "workspaces:invitation": {"number": invitation.pk},
    }
    if name.startswith("items:"):
        known |= a_list_under_review(study)
    wanted = {key for _, keys in get_resolver_arguments(name) for key in keys}
    values = known | named.get(name, {})
    return reverse(name, kwargs={key: values[key] for key in wanted})


def a_partnership(workspace: Workspace) -> Partnership:
    """One that nobody has been asked in yet."""
    found = workspace.partnerships.first()
    return found or Partnership.objects.create(
        workspace=workspace,
        name="Ours",
        deletes_on=timezone.localdate(),
        question=starters.QUESTION.model_dump(),
        items=[item.model_dump(mode="json") for item in starters.starter_items()],
    )


def a_stakeholder(workspace: Workspace) -> StakeholderEntry:
    """Somebody concerned."""
    return a_partnership(workspace).stakeholders.get_or_create(name="The ward")[0]


def a_snapshot(workspace: Workspace) -> Snapshot:
    """A kept state of the worked example."""
    actor = User.objects.earliest("pk")
    document = begin_model(partnership=a_partnership(workspace), actor=actor, from_example=True)
    return document.snapshots.get_or_create(document=document.document)[0]


def a_version(workspace: Workspace) -> AgreementVersion:
    """An agreement of one line."""
    line = {"id": "n1", "section": "pay", "text": "Expenses within a month."}
    return a_partnership(workspace).agreement_versions.get_or_create(
        number=1, defaults={"made_on": timezone.localdate(), "lines": [line]}
    )[0]


def a_module(workspace: Workspace) -> str:
    """The id of a module of a programme."""
    module = {"id": "one", "title": {"*": "One"}, "level": 7}
    document = {"title": {"*": "Ours"}, "modules": [module]}
    ProgrammeDocument.objects.get_or_create(profile=a_line(workspace).profile, defaults={"document": document})
    return "one"


def a_line(workspace: Workspace) -> Line:
    """A line of a development plan."""
    profile = begin_profile(partnership=a_partnership(workspace), actor=User.objects.earliest("pk"))
    return profile.lines.get_or_create(capability="systems", activity="a mentor")[0]


def an_invitation(workspace: Workspace) -> Invitation:
    owner = workspace.memberships.first()
    assert owner
    waiting = workspace.invitations.first()
    return waiting or invite(workspace=workspace, role="viewer", actor=owner.user, now=timezone.now())[0]


def a_list_under_review(study: Study) -> dict[str, object]:
    """A list of items in its first round, with a reviewer and an interview; what its addresses are made of."""
    from commonground.development.records import RoundKind, RoundPlan
    from commonground.web.items import actions
    from commonground.web.items.reviewing import invite_reviewer

    assert study.workspace
    member = study.workspace.memberships.earliest("pk").user
    if not study.item_log.exists():
        actions.start_from_document(study=study, actor=member)
        actions.open_round(study=study, plan=RoundPlan(kind=RoundKind.PANEL), actor=member)
        invite_reviewer(study=study, label="A", role="P", actor=member, now=timezone.now())
        study.pretest_interviews.create(
            number=1, label="P1", held_on=timezone.now().date(), per_task=5, document=study.document_hash
        )
    return {
        "number": 1,
        "entry": study.item_reviewers.get().pk,
        "item": "open",
        "place": 1,
        "screen": "tasks",
        "name": "items.csv",
    }


def get_resolver_arguments(name: str) -> list[tuple[str, list[str]]]:
    namespace, _, plain = name.rpartition(":")
    resolver = get_resolver()
    if namespace:
        resolver = resolver.namespace_dict[namespace][1]
    (possibility, *_rest) = resolver.reverse_dict.getlist(plain)
    return [(pattern, list(keys)) for pattern, keys in possibility[0]]


def without_tokens(answer: HttpResponse, where: str) -> str:
    page = answer.content.decode().replace(where, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def both_ways(client: Client, where: str) -> list[int]:
    return [client.get(where).status_code, client.post(where).status_code]


def test_the_walk_finds_the_pages() -> None:
    assert {"results:overview", "results:download", "results:read", "results:collection"} <= set(STUDY_PAGES)
    assert any(name.startswith("respond:") for name in every_page())


@pytest.mark.parametrize("name", OWNERS_PAGES)
def test_outsiders_are_asked_to_sign_in(name: str, client: Client, study: Study) -> None:
    where = address(name, study)
    for answer in (client.get(where), client.post(where)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", STUDY_PAGES)
def test_another_owner_finds_nothing(name: str, client: Client, study: Study, stranger: User) -> None:
    client.force_login(stranger)
    assert both_ways(client, address(name, study)) == [404, 404]


@pytest.mark.parametrize("name", STUDY_PAGES)
def test_a_study_that_is_not_mine_looks_like_one_that_does_not_exist(
    name: str, client: Client, study: Study, stranger: User
) -> None:
    client.force_login(stranger)
    where = address(name, study)
    assert study.workspace
    nowhere = where.replace(study.public_id, "no-such-study").replace(study.workspace.slug, "no-such-place")
    nowhere = nowhere.replace(a_partnership(study.workspace).public_id, "no-such-team")
    assert nowhere != where
    theirs, none = client.get(where), client.get(nowhere)
    assert without_tokens(theirs, where) == without_tokens(none, nowhere)


@pytest.mark.parametrize("name", OWNERS_PAGES)
def test_owners_are_let_in(name: str, as_owner: Client, study: Study) -> None:
    statuses = both_ways(as_owner, address(name, study))
    assert 403 not in statuses
    # 422: a page that wants what was sent put right; 404: of what is not there yet
    assert set(statuses) & {200, 302, 422} or name in NOT_MADE_YET


def test_a_report_belongs_to_its_study(as_owner: Client, owner: User, study: Study, study_text: str) -> None:
    from commonground.web.studies.actions import add_study

    other = add_study(owner=None, text=study_text, name="study.yaml")
    job = ReportJob.objects.create(study=other)
    assert as_owner.get(f"/studies/{study.public_id}/reports/{job.pk}/").status_code == 404


def test_a_person_no_longer_active_is_shut_out(as_owner: Client, owner: User) -> None:
    owner.is_active = False
    owner.save()
    assert as_owner.get("/").status_code == 302

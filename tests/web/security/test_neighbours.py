"""What belongs to a neighbour cannot be reached from one's own pages, nor by another person's keys."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from commonground.web.accounts.models import User
from commonground.web.building.models import DesignJob
from commonground.web.collecting.actions import add_source
from commonground.web.collecting.models import Outreach
from commonground.web.contacts.models import Entry
from commonground.web.items.models import Interview, Reviewer
from commonground.web.partnerships import starters
from commonground.web.partnerships.models import Partner, Partnership
from commonground.web.respond.models import Invitation as PersonalInvitation
from commonground.web.respond.models import Session
from commonground.web.results.models import ReportJob
from commonground.web.site.importing import add_study_once
from commonground.web.studies.actions import add_study, set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import create_workspace
from commonground.web.workspaces.invitations import invite
from commonground.web.workspaces.models import Invitation, Member


@pytest.fixture
def next_door(stranger: User, study_text: str) -> Study:
    """A study in the workspace of somebody else."""
    workspace = create_workspace(owner=stranger, name="Next door")
    return add_study(owner=stranger, text=study_text, name="study.yaml", workspace=workspace)


def theirs(study: Study) -> dict[str, object]:
    """One of everything that belongs to a study or its workspace, with its key."""
    assert study.workspace
    owner = study.workspace.memberships.get().user
    now, today = timezone.now(), timezone.localdate()
    partnership = Partnership.objects.create(
        workspace=study.workspace, name="Theirs", deletes_on=today, question=starters.QUESTION.model_dump(), items=[]
    )
    return {
        "report": ReportJob.objects.create(study=study).pk,
        "outreach": Outreach.objects.create(study=study, name="Their clinic").pk,
        "member": study.workspace.memberships.get().pk,
        "invitation": invite(workspace=study.workspace, role="viewer", actor=owner, now=now)[0].pk,
        "design job": DesignJob.objects.create(study=study, items=7, people=10, seed=1).pk,
        "reviewer": Reviewer.objects.create(
            study=study, round=1, label="R", role="", token_hash="x", made_at=now, expires_at=now
        ).pk,
        "interview": Interview.objects.create(
            study=study, number=7, label="P1", per_task=5, held_on=today, document="d"
        ).number,
        "session": Session.objects.create(study=study, respondent="theirs").respondent,
        "source": add_source(study=study, label="Theirs", group="", planned=None, actor=owner).slug,
        "partner": Partner.objects.create(partnership=partnership, name="Bo").pk,
        "entry": Entry.objects.create(study=study.public_id, wish="draw", digest="d", sealed=b"").pk,
    }


def everything() -> list[object]:
    """What would show that something of the neighbour's changed."""
    models = (ReportJob, Outreach, Member, Invitation, DesignJob, Reviewer, Interview, Session, Partner, Entry)
    return [sorted(map(str, model.objects.values_list())) for model in models]


def test_ones_own_address_with_a_neighbours_key_finds_nothing(as_owner: Client, study: Study, next_door: Study) -> None:
    assert study.workspace
    key, mine, place = theirs(next_door), f"/studies/{study.public_id}", f"/workspaces/{study.workspace.slug}"
    ours = Partnership.objects.create(
        workspace=study.workspace, name="Ours", deletes_on=timezone.localdate(),
        question=starters.QUESTION.model_dump(), items=[],
    )  # fmt: skip
    addresses = [
        f"{mine}/reports/{key['report']}/",
        f"{mine}/reports/{key['report']}/report.html",
        f"{mine}/reports/{key['report']}/report.zip",
        f"{mine}/recruitment/{key['outreach']}/",
        f"{mine}/design/weigh/{key['design job']}/",
        f"{mine}/items/rounds/1/reviewers/{key['reviewer']}/",
        f"{mine}/pretest/{key['interview']}/",
        f"{mine}/pretest/{key['interview']}/remove/",
        f"{mine}/pretest/{key['interview']}/consent/",
        f"{mine}/collecting/poster/?from={key['source']}",
        f"{mine}/collecting/code.svg?from={key['source']}",
        f"{place}/members/{key['member']}/",
        f"{place}/members/{key['member']}/password/",
        f"{place}/invitations/{key['invitation']}/",
        f"/partnerships/{ours.public_id}/people/{key['partner']}/",
    ]
    before = everything()
    sent = {"do": "remove", "remove": "1", "role": "owner", "name": "mine", "link": key["source"], "to": "off"}
    opened = {}
    for address in addresses:
        read, written = as_owner.get(address), as_owner.post(address, sent)
        if not {read.status_code, written.status_code} <= {302, 404, 405} or written.status_code == 302:
            opened[address] = (read.status_code, written.status_code)
    assert not opened
    as_owner.post(f"{mine}/collecting/links/switch/", {"link": key["source"], "to": "off"})
    as_owner.post(f"{mine}/contacts/remove/", {"entry": key["entry"]})
    as_owner.post(f"{mine}/screening/settle/1/{key['session']}/", {"verdict": "keep", "note": "mine"})
    assert everything() == before


@pytest.mark.django_db
class TestPeoplesKeys:
    def begin(self, study: Study, client: Client, visit: str) -> str:
        client.post(study.public_path, {"visit": visit, "agree": "yes"})
        return client.cookies[f"commonground_visit_{study.public_id}"].value

    def test_a_code_opens_its_own_study_alone(self, study: Study, next_door: Study) -> None:
        for one in (study, next_door):
            set_open(one, is_open=True)
        code = self.begin(study, Client(), "one")
        other = Client()
        assert "No answers belong" in other.post(f"{next_door.public_path}resume/", {"code": code}).content.decode()
        other.cookies[f"commonground_visit_{next_door.public_id}"] = code
        assert other.get(f"{next_door.public_path}withdraw/").status_code == 302
        assert Session.objects.filter(study=next_door).count() == 0

    def test_a_page_of_one_person_is_taken_from_nobody_else(self, study: Study) -> None:
        set_open(study, is_open=True)
        one, other = Client(), Client()
        self.begin(study, one, "one"), self.begin(study, other, "two")
        page = one.get(study.public_path, follow=True)
        stamp = page.content.decode().partition('name="stamp" value="')[2].partition('"')[0]
        where = page.redirect_chain[-1][0]
        answer = other.post(where, {"stamp": stamp, "go": "next", "q-adult": "yes"})
        assert "note=stale" in answer.headers["Location"]
        assert not any(session.answers for session in Session.objects.all())

    def test_fields_nobody_asked_for_change_nothing(self, study: Study) -> None:
        set_open(study, is_open=True)
        client = Client()
        self.begin(study, client, "one")
        page = client.get(study.public_path, follow=True)
        stamp = page.content.decode().partition('name="stamp" value="')[2].partition('"')[0]
        sent = {"stamp": stamp, "go": "next", "status": "complete", "group": "P", "is_pilot": "1", "signs": "{}",
                "respondent": "me", "q-nothing": "x", "id": "99", "study": next(iter("x"))}  # fmt: skip
        client.post(page.redirect_chain[-1][0], sent)
        kept = Session.objects.get()
        assert (kept.status, kept.group, kept.is_pilot) == ("consented", "", False)
        assert "nothing" not in kept.answers

    def test_an_invitation_opens_its_own_study_alone(self, study: Study, next_door: Study) -> None:
        from commonground.web.respond.codes import token_hash

        set_open(next_door, is_open=True)
        PersonalInvitation.objects.create(study=study, token_hash=token_hash("abcdefghjkmn"))
        page = Client().get(f"{next_door.public_path}?invitation=abcdefghjkmn").content.decode()
        assert 'name="agree"' not in page
        assert not PersonalInvitation.objects.get().is_used


def test_forms_about_people_take_no_more_than_they_ask(
    as_owner: Client, owner: User, stranger: User, study: Study
) -> None:
    """A role is given by its own page; no other form makes anybody more than they are."""
    assert study.workspace
    more = {"is_active": "0", "role": "owner", "user": stranger.pk, "workspace": "1", "second_factor": "everybody",
            "is_superuser": "1", "password": "x" * 12, "email": "evil@example.org", "pk": owner.pk}  # fmt: skip
    as_owner.post("/workspaces/new/", {"name": "Another", **more})
    as_owner.post("/account/passkeys/", more)
    as_owner.post(f"/studies/{study.public_id}/recruitment/", {"kind": "clinic", "name": "C", "study": "9", **more})
    stranger.refresh_from_db(), owner.refresh_from_db()
    assert stranger.is_active
    assert owner.email == "owner@example.org"
    assert not Member.objects.filter(user=stranger).exists()
    assert not Outreach.objects.exclude(study=study).exists()


def test_a_study_brought_at_the_start_opens_no_door_to_neighbours(
    study: Study, stranger: User, next_door: Study, tmp_path: Callable[..., object], study_text: str
) -> None:
    path = tmp_path / "brought.yaml"  # type: ignore[operator]  # pytest's path
    path.write_text(study_text.replace("Knowledge", f"Knowledge {uuid.uuid4()}"), encoding="utf-8")
    brought = add_study_once(path)
    assert brought.workspace == study.workspace
    assert [one.user for one in study.workspace.memberships.all()] == [study.workspace.memberships.get().user]  # type: ignore[union-attr]  # it is there in this test
    assert not Study.objects.of(stranger).filter(pk__in=[study.pk, brought.pk]).exists()

"""A preview shows respond's own pages, to whoever may see the study, and leaves no trace."""

import re

from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.actions import change_document
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import set_role
from commonground.web.workspaces.models import AuditEvent
from commonground.web.workspaces.roles import Role


def links(page: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*/preview/walk/[^"]*)"', page)]


def controls(page: str) -> dict[str, list[str]]:
    """The ticked and filled controls of a participant's page."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (" checked" in tag or ('type="radio"' not in tag and 'type="checkbox"' not in tag)):
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def start(client: Client, study: Study, **who: str) -> str:
    page = client.get(f"/studies/{study.public_id}/preview/", who)
    assert page.status_code == 200
    return page.content.decode()


def test_a_walk_as_a_researcher_goes_from_consent_to_thanks(as_owner: Client, study: Study) -> None:
    first = links(start(as_owner, study, group="R", language="fr"))[0]
    consent = as_owner.get(first).content.decode()
    assert "Aperçu" in consent or "Preview" in consent
    assert "Nous vous invitons" in consent
    assert f'action="/studies/{study.public_id}/preview/walk/"' in consent
    sent = {**controls(consent), "agree": "yes"}
    answer = as_owner.post(first.partition("?")[0], sent)
    seen = []
    while answer.status_code == 302 and len(seen) < 60:
        address = answer["Location"]
        seen.append(address.partition("?")[0].rstrip("/").rpartition("/")[2])
        if seen[-1] == "thanks":
            break
        page = as_owner.get(address).content.decode()
        filled = controls(page)
        if seen[-1].startswith("task"):
            items = re.findall(r'id="most-\d" name="most" value="([^"]*)"', page)
            filled |= {"most": items[0], "least": items[1]}
        answer = as_owner.post(address, {**filled, "go": "next"})
        assert answer.status_code == 302, answer.content.decode()
    assert seen[-1] == "thanks"
    assert seen[0] == "background-1"
    assert len([key for key in seen if key.startswith("task")]) == 12


def test_nothing_is_stored_and_nothing_logged(as_owner: Client, study: Study) -> None:
    entries = AuditEvent.objects.count()
    pages = links(start(as_owner, study, group="HP"))
    for address in pages:
        assert as_owner.get(address).status_code == 200, address
    task = next(address for address in pages if "task-1/" in address)
    items = re.findall(r'name="most" value="([^"]*)"', as_owner.get(task).content.decode())
    assert as_owner.post(task, {"most": items[0], "least": items[1]}).status_code == 302
    for aside in ("resume", "withdraw", "leave"):
        assert as_owner.post(f"/studies/{study.public_id}/preview/walk/{aside}/", {"withdraw": "yes"}).status_code < 400
    assert (Session.objects.count(), TaskAnswer.objects.count()) == (0, 0)
    assert AuditEvent.objects.count() == entries


def test_what_is_missing_is_said_as_in_the_real_study(as_owner: Client, study: Study) -> None:
    pages = links(start(as_owner, study))
    background = next(address for address in pages if "background-1/" in address)
    assert as_owner.post(background, {"go": "next"}).status_code == 422
    task = next(address for address in pages if "task-1/" in address)
    assert as_owner.post(task, {}).status_code == 422
    moved = as_owner.post(task, {"language": "fr"})
    assert "Lequel de ces éléments" in as_owner.get(moved["Location"]).content.decode()


def test_who_cannot_take_part_reads_why(as_owner: Client, study: Study) -> None:
    background = next(link for link in links(start(as_owner, study)) if "background-1/" in link)
    sent = {"q-role": "researcher", "q-adult": "no", "q-activity": "yes", "go": "next"}
    page = as_owner.post(background, sent, follow=True).content.decode()
    assert "aged 18 or older" in page


def test_a_preview_leads_nowhere_where_contact_details_are_kept(as_owner: Client, study: Study, owner: User) -> None:
    contacts = "fielding: {contacts: {wishes: [draw], draw: {prizes: 1, prize: A book, open_to_all: true}}}\n"
    change_document(study=study, text=f"{study.document}\n{contacts}", name="study.yaml", actor=owner)
    pages = links(start(as_owner, study, group="HP"))
    thanks = as_owner.get(pages[-1]).content.decode()
    assert "disabled>Leave contact details" in thanks
    consent = as_owner.get(pages[0]).content.decode()
    declined = as_owner.post(pages[0].partition("?")[0], {**controls(consent), "decline": "yes"}).content.decode()
    assert "The prize draw is open" in declined
    assert "/contact" not in thanks + declined


def test_a_viewer_may_look_and_a_stranger_may_not(client: Client, study: Study, stranger: User) -> None:
    assert study.workspace
    client.force_login(stranger)
    assert client.get(f"/studies/{study.public_id}/preview/walk/").status_code == 404
    set_role(workspace=study.workspace, user=stranger, role=Role.VIEWER)
    assert client.get(f"/studies/{study.public_id}/preview/walk/").status_code == 200
    client.logout()
    assert client.get(f"/studies/{study.public_id}/preview/walk/").status_code == 302


def test_only_previews_may_be_framed_and_only_here(as_owner: Client, study: Study) -> None:
    walked = as_owner.get(f"/studies/{study.public_id}/preview/walk/")
    assert "frame-ancestors 'self'" in walked["Content-Security-Policy"]
    assert walked["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in as_owner.get(f"/s/{study.public_id}/")["Content-Security-Policy"]


def test_a_changed_address_begins_anew(as_owner: Client, study: Study) -> None:
    where = f"/studies/{study.public_id}/preview/walk"
    assert as_owner.get(f"{where}/background-1/?as=forged").status_code == 200
    assert as_owner.get(f"{where}/nothing-9/").status_code == 302

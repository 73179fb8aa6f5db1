"""No table that leaves the site is run by a spreadsheet, whatever people typed."""

import csv
import io

import pytest
from addresses import every_address
from django.test import Client
from django.utils import timezone

from commonground.web.accounts.models import User
from commonground.web.collecting.actions import add_source, make_invitations, save_outreach
from commonground.web.collecting.models import Outreach
from commonground.web.contacts.actions import leave_details, open_lists
from commonground.web.contacts.vault import Details
from commonground.web.respond.models import Session
from commonground.web.studies.actions import add_study, set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import create_workspace

FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "'=1+1"]
NAMED = {
    "results:download": ("choices.csv", "respondents.csv", "design.csv"),
    "collecting:pilot-file": ("choices.csv", "respondents.csv"),
    "items:file": ("items.csv", "item-log.csv", "item-flow.csv", "ratings.csv", "list-ratings.csv", "pretest.csv"),
    "contacts:download": ("draw",),
}


def spoiled(study: Study, owner: User, formula: str) -> None:
    """Every field that people fill says a formula."""
    add_source(study=study, label=formula, group="", planned=None, actor=owner)
    for name in ("name", "channel", "reply"):
        entry = Outreach(study=study, kind="clinic", contacted_on=timezone.localdate(), **{"name": "C", name: formula})
        save_outreach(outreach=entry, actor=owner)
    for is_pilot in (False, True):
        for place in range(6):
            Session.objects.create(
                study=study, respondent=f"r{place}{is_pilot}", status="complete", group="HP", is_pilot=is_pilot,
                answers={"age": formula, "gender": formula, "country": formula}, source=formula, language=formula,
                earlier_reason=formula, reason=formula, started_at=timezone.now(), completed_at=timezone.now(),
            )  # fmt: skip
    leave_details(study=study, wishes=["draw"], details=Details(formula, formula))
    make_invitations(study=study, number=1, source=None, actor=owner)


def tables(client: Client, study: Study) -> dict[str, str]:
    """Every CSV there is to take away."""
    assert study.workspace
    known = {"public_id": study.public_id, "workspace": study.workspace.slug}
    found = {}
    for address in every_address():
        if not (address.pattern.endswith(".csv") or address.name in NAMED):
            continue
        for name in NAMED.get(address.name, ("",)):
            where = address.filled(**known, name=name, wish=name)
            answer = client.get(where)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/csv"):
                assert "attachment" in answer.headers["Content-Disposition"], where
                found[where] = answer.content.decode("utf-8-sig")
    return found


def is_run(cell: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula."""
    try:
        float(cell)
    except ValueError:
        return cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    return False


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_any_table_is_run(client: Client, owner: User, study_text: str, formula: str) -> None:
    workspace = create_workspace(owner=owner, name=formula)
    User.objects.filter(pk=owner.pk).update(name=formula)
    contacts = '\nfielding: {"contacts": {"wishes": ["draw"], "draw": {"prizes": 1, "prize": "A book"}}}\n'
    study = add_study(owner=owner, text=study_text + contacts, name="study.yaml", workspace=workspace)
    set_open(study, is_open=True, actor=owner)
    spoiled(study, owner, formula)
    set_open(study, is_open=False, actor=owner)
    open_lists(study=study, actor=owner)
    client.force_login(owner)
    found = tables(client, study)
    assert len(found) >= 12, list(found)
    run = {
        where: cell
        for where, text in found.items()
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
        if is_run(cell)
    }
    assert not run
    assert any(formula.strip() in text for text in found.values())

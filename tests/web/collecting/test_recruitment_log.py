"""The recruitment log: its table adds up, or says where not; nothing in its file runs as a formula."""

import pytest
from django.test import Client

from commonground.web.collecting.models import Outreach
from commonground.web.collecting.tally import recruitment_tally
from commonground.web.studies.models import Study
from commonground.web.workspaces.models import AuditEvent

ENTRY = {"kind": "clinic", "name": "Clinic by the river", "channel": "letter", "contacted_on": "2026-02-01",
         "outcome": "agreed", "replied_on": "2026-02-09", "reply": "Gladly."}  # fmt: skip


def where(study: Study, more: str = "") -> str:
    return f"/studies/{study.public_id}/recruitment/{more}"


def test_an_entry_is_written_changed_and_taken_out(as_owner: Client, study: Study) -> None:
    assert as_owner.post(where(study), ENTRY).status_code == 302
    entry = Outreach.objects.get()
    assert "Clinic by the river" in as_owner.get(where(study)).content.decode()
    as_owner.post(where(study, f"{entry.pk}/"), {**ENTRY, "outcome": "declined"})
    entry.refresh_from_db()
    assert entry.outcome == "declined"
    as_owner.post(where(study, f"{entry.pk}/"), {"remove": "yes"})
    assert not Outreach.objects.exists()
    actions = list(AuditEvent.objects.filter(action__contains="recruitment").values_list("action", flat=True))
    assert actions == ["added recruitment entry", "changed recruitment entry", "removed recruitment entry"]


def test_an_answer_cannot_come_before_the_question(as_owner: Client, study: Study) -> None:
    page = as_owner.post(where(study), {**ENTRY, "replied_on": "2026-01-01"})
    assert page.status_code == 422
    assert "before the day on which it was asked" in page.content.decode()


def test_the_published_tally_is_found_not_to_add_up() -> None:
    """61 organisations were stated as 41 and 20 and 1, which is 62."""
    log = [("organisation", "agreed")] * 41 + [("organisation", "silent")] * 20
    stated = {("organisation", ""): 61, ("organisation", "agreed"): 41, ("organisation", "silent"): 20,
              ("organisation", "undeliverable"): 1}  # fmt: skip
    checks = recruitment_tally(log, stated).checks
    assert [(one.outcome, one.stated, one.computed, one.of_stated) for one in checks] == [
        ("undeliverable", 1, 0, False),
        ("", 61, 62, True),
    ]


def test_the_published_clinic_tally_adds_up() -> None:
    numbers = {"agreed": 17, "silent": 59, "undeliverable": 14}
    log = [("clinic", outcome) for outcome, number in numbers.items() for _ in range(number)]
    tally = recruitment_tally(log, {("clinic", ""): 90, **{("clinic", one): n for one, n in numbers.items()}})
    assert not tally.checks
    assert tally.kinds[0].asked == 90


def test_stated_numbers_are_held_against_the_log(as_owner: Client, study: Study) -> None:
    as_owner.post(where(study), ENTRY)
    as_owner.post(where(study, "stated/"), {"kind": "clinic", "outcome": "", "number": "2"})
    page = as_owner.get(where(study)).content.decode()
    assert "clinic or practice, asked in all: 2 are stated, and the log holds 1." in page
    as_owner.post(where(study, "stated/"), {"kind": "clinic", "outcome": "", "number": "1"})
    assert "All stated numbers fit the log." in as_owner.get(where(study, "stated/")).content.decode()
    as_owner.post(where(study, "stated/"), {"kind": "clinic", "outcome": "", "number": ""})
    assert "All stated numbers" not in as_owner.get(where(study, "stated/")).content.decode()


@pytest.mark.parametrize(("kind", "warned"), [("clinic", False), ("mailing_list", True), ("social_media", True)])
def test_no_response_rate_where_nobody_knows_how_many_were_reached(
    kind: str, warned: bool, as_owner: Client, study: Study
) -> None:
    as_owner.post(where(study), {**ENTRY, "kind": kind})
    assert ("No response rate can be computed" in as_owner.get(where(study)).content.decode()) == warned


def test_the_file_runs_nothing(as_owner: Client, study: Study) -> None:
    as_owner.post(where(study), {**ENTRY, "name": '=HYPERLINK("x")', "reply": "@SUM(1)"})
    lines = as_owner.get(where(study, "recruitment.csv")).content.decode().splitlines()
    assert lines[0] == "kind,name,channel,contacted_on,outcome,replied_on,reply"
    assert "'=HYPERLINK" in lines[1]
    assert "'@SUM" in lines[1]


def test_the_entry_of_another_study_is_out_of_reach(as_owner: Client, study: Study, study_text: str) -> None:
    from commonground.web.studies.actions import add_study

    other = add_study(owner=None, text=study_text, name="study.yaml")
    entry = Outreach.objects.create(study=other, name="Elsewhere")
    assert as_owner.get(where(study, f"{entry.pk}/")).status_code == 404
    assert as_owner.post(where(study, f"{entry.pk}/"), {"remove": "yes"}).status_code == 404
    assert Outreach.objects.exists()


def test_markup_in_an_entry_is_only_text(as_owner: Client, study: Study) -> None:
    as_owner.post(where(study), {**ENTRY, "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in as_owner.get(where(study)).content.decode()

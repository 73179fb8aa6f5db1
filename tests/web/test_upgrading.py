"""A site made by an earlier version: after the upgrade everyone sees what they saw before, and nothing is lost."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

BEFORE = [("accounts", "0001"), ("studies", "0001"), ("respond", "0001")]
WHEN = "2025-03-01 10:00:00"
SHOWN = ["open", "goal", "res", "fit", "exp"]
ASSIGNMENT = {
    "seed": 1, "version": 1, "task_order": [1], "position_order": [0, 1, 2, 3, 4],
    "tasks": [{"shown_order": 1, "version": 1, "task": 1, "items": SHOWN, "repeat_of": 0}],
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path, study_text: str) -> Path:
    """The database of a site with two owners and three studies; one study is open, one was answered."""
    for app, name in BEFORE:
        manage(tmp_path, "migrate", app, name)
    with closing(sqlite3.connect(tmp_path / "commonground.sqlite3")) as database, database:
        for number, name in ((1, "Olga"), (2, "Sam")):
            database.execute(
                "insert into accounts_user (id, email, name, password, is_active, created_at)"
                " values (?, ?, ?, '', 1, ?)",
                (number, f"{name.lower()}@example.org", name, WHEN),
            )
        for number, is_open in ((1, 1), (2, 0), (3, 0)):
            database.execute(
                "insert into studies_study (id, public_id, document, document_hash, title, is_open, kind, created_at)"
                " values (?, ?, ?, ?, 'A study', ?, 'live', ?)",
                (number, f"study-{number}", study_text, f"{number}" * 64, is_open, WHEN),
            )
        for user, study in ((1, 1), (1, 2), (2, 2), (2, 3)):
            database.execute(
                "insert into studies_membership (user_id, study_id, created_at) values (?, ?, ?)", (user, study, WHEN)
            )
        database.execute(
            'insert into respond_session (study_id, respondent, code_hash, status, "group", reason, earlier_reason,'
            " language, consent_version, study_hash, answers, seen, page_seconds, started_at)"
            " values (3, 'anna', '', 'started', '', '', '', 'en', '1', '', '{}', '[]', '{}', ?)",
            (WHEN,),
        )
        database.execute("update respond_session set assignment = ?", (json.dumps(ASSIGNMENT),))
        database.execute(
            "insert into respond_taskanswer (session_id, shown_order, version, task, items, best, worst, repeat_of)"
            " select id, 1, 1, 1, ?, 'open', 'res', 0 from respond_session",
            (json.dumps(SHOWN),),
        )
    return tmp_path


def manage(data: Path, *arguments: str) -> str:
    environment = {**os.environ, "COMMONGROUND_DATA": str(data), "DJANGO_SETTINGS_MODULE": "commonground.web.settings"}
    ran = subprocess.run(
        [sys.executable, "-m", "django", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


SEEN = """
from commonground.web.accounts.models import User
from commonground.web.studies.models import Study
import json
seen = {u.name: sorted(Study.objects.of(u).values_list("public_id", flat=True)) for u in User.objects.all()}
stages = {s.public_id: [s.stage, bool(s.design), s.document_versions.count(), s.sessions.count()]
          for s in Study.objects.all()}
print(json.dumps([seen, stages]))
"""


def test_everyone_sees_what_they_saw_and_launched_studies_are_frozen(site: Path) -> None:
    manage(site, "migrate")
    seen, stages = json.loads(manage(site, "shell", "--no-imports", "-c", SEEN))
    assert seen == {"Olga": ["study-1", "study-2"], "Sam": ["study-2", "study-3"]}
    assert stages == {
        "study-1": ["live", True, 1, 0],
        "study-2": ["preparing", False, 1, 0],
        "study-3": ["closed", True, 1, 1],
    }


EXPORTED = """
from commonground.files.choices import choices_csv
from commonground.files.respondents import respondents_csv
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.studies.models import Study
study = Study.objects.get(public_id="study-3")
print(choices_csv(choice_data(study)))
print(respondents_csv(respondent_table(study)).splitlines()[1])
"""


def test_answers_of_the_earlier_version_are_exported_in_the_language_of_their_session(site: Path) -> None:
    manage(site, "migrate")
    header, answer, *_, person = manage(site, "shell", "--no-imports", "-c", EXPORTED).splitlines()
    row = dict(zip(header.split(","), answer.split(","), strict=True))
    assert (row["respondent"], row["best"], row["worst"], row["language"]) == ("anna", "open", "res", "en")
    assert person.startswith("anna,")

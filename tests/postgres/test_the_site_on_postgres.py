"""What must hold on SQLite holds on PostgreSQL: the very same tests run again, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from postgres import Server

AGAIN = (
    "tests/web/respond/test_respond_way.py",
    "tests/web/respond/test_respond_twice.py",
    "tests/web/respond/test_respond_coming_back.py",
    "tests/web/respond/test_respond_arrivals.py",
    "tests/web/contacts/test_leaving_details.py",
    "tests/web/contacts/test_draw_and_deletion.py",
    "tests/web/contacts/test_cannot_be_joined.py",
    "tests/web/contacts/test_due_each_day.py",
    "tests/web/collecting",
    "tests/web/screening",
    "tests/web/test_audit_log.py",
    "tests/web/test_launch_and_versions.py",
    "tests/web/test_prepared.py",
    "tests/web/test_exports_block_nobody.py",
)
"""Where rows are held, written and locked; pages alone need no second database."""


@pytest.fixture(scope="session")
def outcomes(postgres: Server, project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """For each file, how many of its tests ran, and what those said that failed."""
    answers, contacts = postgres.create("answers", "contacts")
    found = tmp_path_factory.mktemp("again") / "found.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={found}", *AGAIN]
    variables = {**os.environ, "DATABASE_URL": answers, "CONTACTS_DATABASE_URL": contacts}
    ran = subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, check=False)
    assert found.is_file(), ran.stdout + ran.stderr
    return _outcomes(found)


def _outcomes(found: Path) -> dict[str, tuple[int, str]]:
    outcomes: dict[str, tuple[int, str]] = {}
    for case in ET.parse(found).iter("testcase"):  # noqa: S314  # written by pytest a moment ago
        module = case.get("classname", "").replace(".", "/")
        number, words = outcomes.get(module, (0, ""))
        bad = [f"{case.get('name')}: {part.get('message')}\n{part.text}" for part in case if part.tag != "properties"]
        outcomes[module] = (number + 1, "\n".join([words, *bad]).strip())
    return outcomes


@pytest.mark.parametrize("path", AGAIN)
def test_it_holds_on_postgres(path: str, outcomes: dict[str, tuple[int, str]]) -> None:
    own = [value for module, value in outcomes.items() if module.startswith(path.removesuffix(".py"))]
    assert sum(number for number, _words in own) > 0, f"nothing of {path} ran"
    assert not any(words for _number, words in own), "\n".join(words for _number, words in own)

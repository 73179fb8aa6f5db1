"""Settings by environment: safe without any, stricter with https."""

from pathlib import Path

import pytest

from commonground.records.errors import SettingError
from commonground.web.databases import databases
from commonground.web.environment import read_environment, secret_key


def test_the_defaults_suit_ones_own_machine() -> None:
    environment = read_environment({})
    assert not environment.debug
    assert not environment.is_demo
    assert not environment.trusts_proxy
    assert not environment.is_https  # a secure cookie would never come back over http://localhost
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")


def test_an_https_address_is_recognised_with_its_host() -> None:
    environment = read_environment(
        {"COMMONGROUND_URL": "https://survey.example.org:8443/", "COMMONGROUND_ALLOWED_HOSTS": "a.example, b.example,"}
    )
    assert environment.is_https
    assert environment.origin == "https://survey.example.org:8443"
    assert environment.allowed_hosts[3:] == ("survey.example.org", "a.example", "b.example")


def test_debug_is_on_only_when_asked_for_by_one() -> None:
    assert not read_environment({"COMMONGROUND_DEBUG": "false"}).debug
    assert read_environment({"COMMONGROUND_DEBUG": "1"}).debug


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert len(first) > 50
    assert secret_key(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_where_there_is_no_data_directory(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert secret_key(missing) != secret_key(missing)
    assert not missing.exists()


def both(answers: str, contacts: str) -> dict[str, str]:
    return {"DATABASE_URL": answers, "CONTACTS_DATABASE_URL": contacts}


def test_without_an_address_both_databases_are_files_of_which_every_commit_is_on_disk(tmp_path: Path) -> None:
    made = databases(read_environment({"COMMONGROUND_DATA": str(tmp_path)}))
    assert {name: one["NAME"].name for name, one in made.items()} == {
        "default": "commonground.sqlite3", "contacts": "contacts.sqlite3"
    }  # fmt: skip
    assert all("synchronous=FULL" in one["OPTIONS"]["init_command"] for one in made.values())


def test_an_address_goes_to_the_driver_and_commits_are_on_disk_whatever_the_server_says() -> None:
    addresses = both("postgresql://a:b%40@db.example:5433/main?sslmode=require", "postgres://c@/contacts?host=/run/pg")
    made = databases(read_environment(addresses))
    parts = {name: made["default"][name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert parts == {"NAME": "main", "USER": "a", "PASSWORD": "b@", "HOST": "db.example", "PORT": "5433"}
    assert made["default"]["OPTIONS"]["sslmode"] == "require"
    assert "synchronous_commit=on" in made["default"]["OPTIONS"]["options"]
    assert made["contacts"]["HOST"] == "/run/pg"


def test_contact_details_stay_in_their_file_unless_they_are_given_a_database_too() -> None:
    made = databases(read_environment({"DATABASE_URL": "postgresql://host/answers"}))
    assert [made[name]["ENGINE"].rpartition(".")[2] for name in ("default", "contacts")] == ["postgresql", "sqlite3"]


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        (both("postgresql://me@host/b", "postgres://you@host/b"), "one database"),
        (both("mysql://host/a", "mysql://host/b"), "no address of a PostgreSQL"),
    ],
)
def test_one_database_for_both_and_other_databases_are_refused(variables: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        read_environment(variables)


@pytest.mark.parametrize("name", ["COMMONGROUND_BEHIND_PROXY", "COMMONGROUND_DEMO", "COMMONGROUND_DEBUG"])
def test_every_variable_is_in_the_reference(name: str, project: Path) -> None:
    assert f"`{name}`" in (project / "docs/reference/settings.md").read_text(encoding="utf-8")


def test_the_reference_names_no_variable_that_is_not_read(project: Path) -> None:
    import re

    files = ("environment.py", "mail.py")
    code = "".join((project / "src/commonground/web" / name).read_text(encoding="utf-8") for name in files)
    page = (project / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([A-Z_]+)`", page)) == set(re.findall(r'variables.get\("([A-Z_]+)"', code))

"""A new site belongs to whoever can read the terminal, and to nobody else."""

from pathlib import Path

import pytest
from django.test import Client

from commonground.web.accounts.first_run import FILE, issue_token
from commonground.web.accounts.models import User
from commonground.web.studies.actions import add_study

pytestmark = pytest.mark.django_db

PASSWORD = "a calm long sentence"
OWNER = {"name": "Olga", "email": "Olga@Example.org", "password": PASSWORD}


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/studies/new/"])
def test_every_page_of_a_new_site_leads_to_its_start(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"] == "/start/"


def test_without_the_token_nobody_becomes_owner(client: Client) -> None:
    assert client.get("/start/").status_code == 403
    answer = client.post("/start/", {**OWNER, "token": "guessed"})
    assert answer.status_code == 403
    assert "terminal" in answer.content.decode()
    assert not User.objects.exists()


def test_the_token_makes_the_owner_and_signs_in(client: Client, data_directory: Path) -> None:
    token = issue_token(data_directory)
    assert client.get(f"/start/?token={token}").status_code == 200
    answer = client.post("/start/", {**OWNER, "token": token})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert User.objects.get().email == "olga@example.org"
    assert not (data_directory / FILE).exists()


def test_the_token_works_once(client: Client, data_directory: Path) -> None:
    token = issue_token(data_directory)
    client.post("/start/", {**OWNER, "token": token})
    Client().post("/start/", {**OWNER, "email": "second@example.org", "token": token})
    assert User.objects.count() == 1


def test_a_new_token_replaces_the_one_before(data_directory: Path, client: Client) -> None:
    first = issue_token(data_directory)
    issue_token(data_directory)
    assert client.get(f"/start/?token={first}").status_code == 403


def test_only_the_hash_of_the_token_is_kept_and_only_for_its_owner_to_read(data_directory: Path) -> None:
    token = issue_token(data_directory)
    assert token not in (data_directory / FILE).read_text()
    assert (data_directory / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("password", ["brief7", "1234567890", "password123"])
def test_a_password_that_is_easily_guessed_is_refused(client: Client, data_directory: Path, password: str) -> None:
    answer = client.post("/start/", {**OWNER, "password": password, "token": issue_token(data_directory)})
    assert answer.status_code == 200
    assert not User.objects.exists()
    assert password not in answer.content.decode()


def test_the_first_owner_gets_the_studies_that_were_served_before(
    client: Client, data_directory: Path, study_text: str
) -> None:
    study = add_study(owner=None, text=study_text, name="study.yaml")
    client.post("/start/", {**OWNER, "token": issue_token(data_directory)})
    assert client.get(study.get_absolute_url()).status_code == 200

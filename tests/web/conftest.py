"""What web tests share: a data directory of their own, quick password hashing, and the people of a site."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from commonground.files.study import StudyDocument
    from commonground.web.accounts.models import User
    from commonground.web.studies.models import Study

PASSWORD = "a calm long sentence"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A site has two databases; a test that asks for `db` gets both."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and "db" in getattr(item, "fixturenames", ()):
            own = item.get_closest_marker("django_db")
            options = dict(own.kwargs) if own else {}
            item.add_marker(pytest.mark.django_db(**{"databases": ["default", "contacts"], **options}), append=False)


@pytest.fixture(autouse=True)
def data_directory(tmp_path: Path, settings: Settings) -> Path:
    """A data directory for this test alone, and a password hash that costs nothing."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return settings.DATA


@pytest.fixture(scope="session")
def study_text() -> str:
    """The shipped template with few resamples and permutations: the site is tested here, not statistics."""
    from commonground.files.templates import template_text

    return (
        template_text("partner-priorities")
        .replace("resamples: 2000", "resamples: 100")
        .replace("permutations: 2000", "permutations: 100")
    )


@pytest.fixture
def password() -> str:
    """The password of every account here."""
    return PASSWORD


@pytest.fixture
def owner(db: None) -> "User":
    """The person who runs the study under test."""
    from commonground.web.accounts.models import User

    return User.objects.create_user("owner@example.org", PASSWORD, name="Olga Owner")


@pytest.fixture
def stranger(owner: "User") -> "User":
    """Another person with an account on the same site."""
    from commonground.web.accounts.models import User

    return User.objects.create_user("stranger@example.org", PASSWORD, name="Sam Stranger")


@pytest.fixture(scope="session")
def study_document(study_text: str) -> "StudyDocument":
    """The template, read once for all tests."""
    from commonground.files.study import parse_study

    return parse_study(study_text, "study.yaml")


@pytest.fixture
def study(owner: "User", study_document: "StudyDocument") -> "Study":
    """A study nobody has answered yet, closed."""
    from commonground.web.studies.actions import give_access
    from commonground.web.studies.models import Study

    study = Study.objects.create(
        document=study_document.text, document_hash=study_document.hash, title=str(study_document.study.title)
    )
    give_access(study, owner)
    return study


@pytest.fixture
def answered() -> "Callable[..., Study]":
    """Fill a study with simulated people: `answered(study, HP=12, R=12, P=12)`."""
    from commonground.published.preferences import PUBLISHED_LIKE
    from commonground.simulation.fielding import Flow, simulate_study
    from commonground.web.respond.importing import store_sessions
    from commonground.web.studies.designs import design_of

    def fill(study: "Study", *, seed: int = 1, stopped: int = 0, **complete: int) -> "Study":
        flow = Flow(complete, dict.fromkeys(complete, stopped), ineligible=2)
        simulated = simulate_study(study.record(), design_of(study), PUBLISHED_LIKE, flow, seed=seed)
        store_sessions(study=study, sessions=simulated.sessions)
        return study

    return fill


@pytest.fixture
def as_owner(client: Client, owner: "User") -> Client:
    """A browser in which the owner is signed in."""
    client.force_login(owner)
    return client

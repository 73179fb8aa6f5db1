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
    from commonground.web.partnerships.models import Partnership
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


@pytest.fixture
def partnership(owner: "User") -> "Partnership":
    """A partnership with the starter list, whose questions are open; nobody is in yet."""
    from datetime import date

    from commonground.web.partnerships import starters
    from commonground.web.partnerships.actions import start_partnership
    from commonground.web.partnerships.models import Partnership
    from commonground.web.partnerships.rounds import begin_round
    from commonground.web.workspaces.actions import own_workspace

    made = start_partnership(
        workspace=own_workspace(owner),
        actor=owner,
        name="Less pain at blood tests",
        people=[],
        meets_on=date(2026, 12, 1),
        question=starters.QUESTION.model_dump(),
        items=starters.starter_items(),
        today=date(2026, 11, 22),
    )
    begin_round(partnership=made, actor=owner, kind="start", closes_on=None, today=date(2026, 11, 22))
    return Partnership.objects.get(pk=made.pk)


@pytest.fixture
def join(partnership: "Partnership") -> "Callable[..., Client]":
    """Let somebody join by the one link, on a device of their own."""

    def joining(name: str, role: str = "") -> Client:
        client = Client()
        sent = client.post(f"{partnership.public_path}?with={partnership.invitation}", {"name": name, "role": role})
        assert sent.status_code == 302, sent.content
        return client

    return joining


@pytest.fixture
def answer(partnership: "Partnership", join: "Callable[..., Client]") -> "Callable[..., Client]":
    """Let somebody join and answer every task, always preferring what comes first in `order`."""

    def answering(name: str, role: str = "", order: tuple[str, ...] = ()) -> Client:
        client = join(name, role)
        answer_tasks(client, partnership, order)
        return client

    return answering


def answer_tasks(client: Client, partnership: "Partnership", order: tuple[str, ...] = ()) -> None:
    """Walk through the tasks as the pages show them."""
    wanted = order or tuple(item.id for item in partnership.records())
    where = f"{partnership.public_path}task/1/"
    for _task in range(40):
        page = client.get(where)
        shown = sorted((card.item for card in page.context["cards"]), key=wanted.index)
        sent = client.post(where, {"most": shown[0], "least": shown[-1], "go": "next"})
        assert sent.status_code == 302
        where = sent.headers["Location"]
        if "/task/" not in where:
            return
    raise AssertionError("the tasks never ended")

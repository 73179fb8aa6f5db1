"""What every test can count on: no network beyond this machine, repeatable examples, and nothing skipped in CI.

Sockets are restricted to loopback by pytest-socket (`addopts` in pyproject.toml).
"""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from postgres import Server

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
RICE_VARIABLE = "COMMONGROUND_RICE_DATA"

settings.register_profile("dev", max_examples=30, deadline=None, print_blob=True)
settings.register_profile(
    "ci", max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if IN_CI else "dev")


@pytest.fixture(scope="session")
def rice_data() -> Path:
    """The folder with the `ricebws1` data and the reference results of established R packages.

    The data are not ours to pass on, so they are found by an environment variable. In CI their absence is a failure.
    """
    folder = Path(os.environ.get(RICE_VARIABLE, ""))
    if os.environ.get(RICE_VARIABLE) and (folder / "responses.csv").is_file():
        return folder
    pytest.skip(f"{RICE_VARIABLE} does not name a folder that holds responses.csv")


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Server]":
    """A PostgreSQL server of one's own; `postgres.create("a", "b")` makes databases and gives their addresses."""
    from postgres import server

    with server() as running:
        yield running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Web tests run on a real SQLite file: write-ahead logging and several threads need one.

    With `DATABASE_URL` and `CONTACTS_DATABASE_URL` they run on PostgreSQL, as `tests/postgres` has them.
    """
    from django.db import connections

    folder = tmp_path_factory.mktemp("database")
    for name in connections:
        if connections[name].vendor == "postgresql":
            continue
        connections[name].settings_dict["TEST"]["NAME"] = str(folder / f"{name}.sqlite3")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Kinds of test in the order of `testpaths`, the fast ones first; whatever a plugin groups by fixture."""
    kinds = [config.rootpath / kind for kind in config.getini("testpaths")]
    items.sort(key=lambda item: next((place for place, kind in enumerate(kinds) if kind in item.path.parents), 0))


def _not_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure; an expected failure (xfail) is reported as skipped too, and stays."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"Nothing may skip in CI. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI:
        _not_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI:
        _not_skipped(report)
    return report

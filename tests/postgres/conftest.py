"""A PostgreSQL server for these tests alone."""

from collections.abc import Iterator

import pytest
from postgres import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running server; `postgres.create("a", "b")` makes databases and gives their addresses."""
    with server() as running:
        yield running

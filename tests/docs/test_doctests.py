"""Every example in a docstring runs and gives what it says."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import commonground

SKIPPED_PARTS = (".migrations.",)  # written by Django


def names() -> list[str]:
    found = (module.name for module in pkgutil.walk_packages(commonground.__path__, "commonground."))
    return [name for name in found if not any(part in f"{name}." for part in SKIPPED_PARTS)]


@pytest.mark.parametrize("name", names())
def test_examples_hold(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert outcome.failed == 0, capsys.readouterr().out

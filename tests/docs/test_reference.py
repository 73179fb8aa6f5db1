"""The reference says what the code does today."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commonground.cli.main import COMMANDS

if TYPE_CHECKING:
    from conftest import Page


@pytest.fixture(scope="module")
def make_pages(project: Path) -> Callable[[], dict[str, str]]:
    """The function that makes the generated pages."""
    spec = importlib.util.spec_from_file_location("generate_reference", project / "docs/generate_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages


def test_generated_pages_are_fresh(project: Path, make_pages: Callable[[], dict[str, str]]) -> None:
    stale = [
        name
        for name, text in make_pages().items()
        if not (page := project / "docs/reference" / name).is_file() or page.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run `make reference`: {stale}"


def test_no_generated_page_is_left_over(project: Path, make_pages: Callable[[], dict[str, str]]) -> None:
    rooms = {path.name for path in (project / "docs/reference/python").glob("*.md")} - {"index.md"}
    assert rooms == {name.removeprefix("python/") for name in make_pages() if name.startswith("python/")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown_at_work(command: str, pages: "list[Page]") -> None:
    taught = [page for page in pages if "reference" not in page.path.parts and f"commonground {command}" in page.text]
    assert taught, f"no page outside the reference shows `commonground {command}`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_an_example(command: str, project: Path) -> None:
    page = (project / "docs/reference/cli.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {command}\n")[2].partition("\n## ")[0]
    assert "Example:" in section
    assert f"commonground {command}" in section.partition("Example:")[2]

"""The rooms stand in their order, the ORM stays in the web, and the check itself can fail."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Module


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package under `folder/src`."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy_of_the_house(project: Path, tmp_path: Path) -> Path:
    """The package in a folder of its own, to break it there."""
    shutil.copytree(
        project / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    )
    shutil.copy(project / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_rooms_hold_their_order(copy_of_the_house: Path) -> None:
    result = lint_imports(copy_of_the_house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("records", "import commonground.analysis"),
        ("design", "import commonground.survey"),
        ("analysis", "import django"),
        ("files", "import django"),
        ("report", "import pathlib"),
        ("web/look", "import commonground.web.respond"),
    ],
)
def test_a_forbidden_import_is_caught(copy_of_the_house: Path, room: str, line: str) -> None:
    (copy_of_the_house / f"src/commonground/{room}/intruder.py").write_text(f'"""Breaks the order."""\n\n{line}\n')
    result = lint_imports(copy_of_the_house)
    assert result.returncode == 1, result.stdout
    assert f"commonground.{room.replace('/', '.')}.intruder" in result.stdout


def test_a_room_nobody_listed_is_caught(copy_of_the_house: Path) -> None:
    (copy_of_the_house / "src/commonground/attic").mkdir()
    (copy_of_the_house / "src/commonground/attic/__init__.py").touch()
    result = lint_imports(copy_of_the_house)
    assert result.returncode == 1
    assert "attic" in result.stdout


def database_models(tree: ast.Module) -> list[str]:
    """Names of the classes that derive from Django's Model."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Attribute) and base.attr == "Model" for base in node.bases)
    ]


def test_database_models_live_in_models_files_of_the_web(modules: tuple["Module", ...]) -> None:
    places = {module.place for module in modules if database_models(module.tree)}
    assert places, "the check found no model at all"
    strays = {place for place in places if not (place.startswith("web/") and place.endswith("models.py"))}
    assert not strays

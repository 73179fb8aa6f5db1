"""The source as these tests see it: modules, their syntax trees, and which rooms are the core."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    path: Path
    package: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @property
    def definitions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
        """Public functions and classes of the module, and the public methods of its public classes."""
        waiting: list[ast.Module | ast.ClassDef] = [self.tree]
        while waiting:
            for node in waiting.pop().body:
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name[0] != "_":
                    yield node
                    if isinstance(node, ast.ClassDef):
                        waiting.append(node)

    @property
    def place(self) -> str:
        """The file's path inside the package, for messages."""
        return self.path.relative_to(self.package).as_posix()

    @property
    def room(self) -> str:
        return self.place.partition("/")[0]

    @property
    def name(self) -> str:
        return ".".join(("commonground", *self.path.relative_to(self.package).with_suffix("").parts))


@pytest.fixture(scope="session")
def contracts(project: Path) -> list[dict[str, object]]:
    """The import contracts of pyproject.toml."""
    settings = tomllib.loads((project / "pyproject.toml").read_text())
    return settings["tool"]["importlinter"]["contracts"]


@pytest.fixture(scope="session")
def core_rooms(contracts: list[dict[str, object]]) -> tuple[str, ...]:
    """The rooms that may touch nothing outside: those the second import contract names."""
    core = next(one for one in contracts if str(one["name"]).startswith("The core"))
    return tuple(str(name).removeprefix("commonground.") for name in core["source_modules"])


@pytest.fixture(scope="session")
def modules(project: Path) -> tuple[Module, ...]:
    """Every module of the package, migrations left out: Django writes those."""
    package = project / "src/commonground"
    return tuple(Module(path, package) for path in sorted(package.rglob("*.py")) if "migrations" not in path.parts)


@pytest.fixture(scope="session")
def core_modules(modules: tuple[Module, ...], core_rooms: tuple[str, ...]) -> tuple[Module, ...]:
    found = tuple(module for module in modules if module.room in core_rooms)
    assert found
    return found

"""The core decides; it does not look at the clock, the disk, the dice or the terminal.

Import-linter forbids the libraries; these tests read the syntax trees for what needs no import or a harmless one.
"""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Module

FORBIDDEN_CALLS = frozenset({"open", "print", "input", "breakpoint", "exec", "eval"})
FORBIDDEN_IMPORTS = frozenset({"random", "time", "os", "sys", "io", "tempfile", "secrets", "uuid", "shutil", "glob"})
CLOCK_METHODS = frozenset({"now", "utcnow", "today"})
NUMPY_RANDOM_ALLOWED = frozenset({"Generator", "default_rng", "SeedSequence", "BitGenerator", "PCG64"})


def impurities(tree: ast.AST) -> Iterator[str]:
    """Everything in a syntax tree that the core must not do, with its line."""
    for node in ast.walk(tree):
        for what in _impurities_of(node):
            yield f"line {getattr(node, 'lineno', '?')}: {what}"


def _impurities_of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
            yield f"calls {name}()"
        case ast.Call(func=ast.Attribute(attr=name, value=ast.Name(id="date" | "datetime"))) if name in CLOCK_METHODS:
            yield f"reads the clock with {name}()"
        case ast.Call(func=ast.Attribute(attr="default_rng") | ast.Name(id="default_rng"), args=[], keywords=[]):
            yield "makes a generator without a seed"
        case ast.Import(names=names):
            yield from (f"imports {one.name}" for one in names if one.name.partition(".")[0] in FORBIDDEN_IMPORTS)
        case ast.ImportFrom(module=str(name)) if name.partition(".")[0] in FORBIDDEN_IMPORTS:
            yield f"imports from {name}"
        case ast.ImportFrom(module="numpy.random", names=names):
            yield from (f"imports numpy.random.{one.name}" for one in names if one.name not in NUMPY_RANDOM_ALLOWED)
        case ast.Attribute(attr=name, value=ast.Attribute(attr="random", value=ast.Name(id="np" | "numpy"))):
            if name not in NUMPY_RANDOM_ALLOWED:
                yield f"uses numpy's global randomness, np.random.{name}"


def test_the_core_only_decides(core_modules: tuple["Module", ...]) -> None:
    found = [f"{module.place}, {what}" for module in core_modules for what in impurities(module.tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "open('answers.csv')",
        "print('done')",
        "import random",
        "from time import perf_counter",
        "import os.path",
        "datetime.now(UTC)",
        "date.today()",
        "np.random.shuffle(tasks)",
        "np.random.seed(1)",
        "from numpy.random import shuffle",
        "rng = np.random.default_rng()",
    ],
)
def test_the_check_sees(source: str) -> None:
    assert list(impurities(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    ["rng = np.random.default_rng(seed)", "def f(rng: np.random.Generator): rng.shuffle(x)", "plan.open = 1"],
)
def test_the_check_lets_pass(source: str) -> None:
    assert not list(impurities(ast.parse(source)))

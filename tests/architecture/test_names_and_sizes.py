"""Names that say nothing and files that say too much are failures."""

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Module

EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "tools"})
LONGEST_MODULE = 450


def test_no_name_says_nothing(modules: tuple["Module", ...]) -> None:
    empty = {
        module.place
        for module in modules
        for part in (*module.path.relative_to(module.package).parent.parts, module.path.stem)
        if EMPTY_NAMES & set(part.split("_"))
    }
    assert not empty


def test_no_module_is_too_long(modules: tuple["Module", ...]) -> None:
    long = {module.place: lines for module in modules if (lines := len(module.text.splitlines())) > LONGEST_MODULE}
    assert not long, f"longer than {LONGEST_MODULE} lines: {long}"


def test_everything_public_in_the_core_is_described(core_modules: tuple["Module", ...]) -> None:
    silent = [
        f"{module.place}: {node.name}"
        for module in core_modules
        for node in module.definitions
        if not ast.get_docstring(node)
    ]
    assert not silent, "\n".join(silent)


def test_every_module_says_what_it_is_for(modules: tuple["Module", ...]) -> None:
    silent = [module.place for module in modules if module.text.strip() and not ast.get_docstring(module.tree)]
    assert not silent

"""What the manual tells people to type works as printed.

`bash` blocks of a page run in order in one empty folder; a `text` block right after one is what it prints (`…` stands
for anything). `python` blocks run in order with one namespace a page. `shell` blocks hold what does not end by itself,
such as a server: there each command and option must exist.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

if TYPE_CHECKING:
    from conftest import Block, Page

LANGUAGES = {"bash", "shell", "text", "python", "yaml", "csv", "json", "html", "toml", "ini", "nginx", "mermaid", ""}
COMMAND = re.compile(r"^(?:! )?(?:[A-Z_]+=\S+ )*commonground (?P<rest>.+)$", re.MULTILINE)


def run(code: str, folder: Path) -> str:
    """Run a block as a person would; returns all it printed."""
    programs = Path(sys.executable).parent
    finished = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", code],
        cwd=folder,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120", "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, f"{code}\nended with {finished.returncode}:\n{finished.stdout}"
    return finished.stdout


def missing_line(expected: str, printed: str) -> str | None:
    """The first expected line that does not follow in what was printed; None when all do."""
    position = 0
    for line in filter(None, (line.strip() for line in expected.splitlines())):
        pattern = ".*".join(r"\s+".join(map(re.escape, part.split())) for part in line.split("…"))
        found = re.compile(pattern).search(printed, position)
        if not found:
            return line
        position = found.end()
    return None


def expected_outputs(blocks: "list[Block]") -> "list[tuple[Block, str | None]]":
    """Each block to run, with the text that should follow it."""
    pairs = zip(blocks, (*blocks[1:], None), strict=False)
    return [
        (block, after.code if after and after.language == "text" and block.language == "bash" else None)
        for block, after in pairs
    ]


def test_blocks_run(manual_page: "Page", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": "__page__"}
    for block, expected in expected_outputs(list(manual_page.blocks())):
        if block.language == "bash":
            printed = run(block.code, tmp_path)
            gone = missing_line(expected or "", printed)
            assert gone is None, f"line {block.line}: {gone!r} is not in what was printed:\n{printed}"
        elif block.language == "python":
            exec(compile(block.code, f"{manual_page.path}:{block.line}", "exec"), namespace)  # noqa: S102 -- our own pages


def test_blocks_have_a_known_language(manual_page: "Page") -> None:
    for block in manual_page.blocks():
        assert block.language in LANGUAGES or block.language.startswith("{"), f"line {block.line}: {block.language}"


def options_of(name: str) -> set[str]:
    from commonground.cli.main import build_app

    command = typer.main.get_command(build_app((name,))).commands[name]
    return {"--help"} | {one for parameter in command.params for one in (*parameter.opts, *parameter.secondary_opts)}


def test_commands_and_options_exist(manual_page: "Page") -> None:
    for block in manual_page.blocks():
        if block.language not in {"bash", "shell"}:
            continue
        for match in COMMAND.finditer(block.code.replace("\\\n", " ")):
            name, *words = shlex.split(re.split(r"[|>&]", match["rest"])[0], comments=True)
            if name.startswith("-"):
                continue
            given = {word.partition("=")[0] for word in words if word.startswith("--")}
            assert given <= options_of(name), f"line {block.line}: {name} has no {given - options_of(name)}"

"""What is committed is ours, names no machine, and needs no particular mirror."""

import re
import subprocess
from pathlib import Path

import pytest

MACHINE_PLACES = re.compile(r"/(?:root|work|home/[a-z]\w*|Users/\w+|tmp/(?:plan|bash))/")
INDEX_ADDRESSES = re.compile(
    r"(?:--(?:extra-)?index-url|--trusted-host|--find-links)\b|PIP_INDEX_URL|files\.pythonhosted"
)
BROWSER_LIBRARIES = re.compile(r"htmx|altcha|vega|jquery|bootstrap|tailwind|react|vue|alpine|axe", re.IGNORECASE)
LARGEST_ASSET = 100_000  # bytes


@pytest.fixture(scope="module")
def tracked(project: Path) -> tuple[Path, ...]:
    """Every committed file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := project / name).is_file())


def texts(files: tuple[Path, ...]) -> dict[Path, str]:
    """The files that are text, with it; this one left out, since it names what it forbids."""
    found = {}
    for path in files:
        if path.name == Path(__file__).name or path.suffix in {".png", ".ico", ".gz", ".parquet"}:
            continue
        found[path] = path.read_text(encoding="utf-8")
    return found


def lines_with(pattern: re.Pattern[str], files: tuple[Path, ...]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in texts(files).items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_machine(tracked: tuple[Path, ...]) -> None:
    assert not lines_with(MACHINE_PLACES, tracked)


def test_no_file_names_a_package_index(tracked: tuple[Path, ...]) -> None:
    assert not lines_with(INDEX_ADDRESSES, tracked)


def test_requirements_name_packages_only(project: Path) -> None:
    for path in (project / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(), f"{path.name} holds an address"


def test_browser_code_of_others_is_not_committed(tracked: tuple[Path, ...]) -> None:
    scripts = [path for path in tracked if path.suffix in {".js", ".mjs", ".css", ".woff2", ".map"}]
    foreign = [path for path in scripts if BROWSER_LIBRARIES.search(path.name) or ".min." in path.name]
    assert not foreign
    assert not [path for path in scripts if path.stat().st_size > LARGEST_ASSET]


def test_translations_are_compiled_never_committed(tracked: tuple[Path, ...]) -> None:
    assert not [path for path in tracked if path.suffix == ".mo"]

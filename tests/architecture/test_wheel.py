"""What a person gets from the package index: whole, and nothing of ours beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this folder without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-q"]
    command += ["--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(project)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (found,) = folder.glob("commonground-*.whl")
    return found


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder, ready to be imported from there."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_from(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the unpacked wheel in front of the sources, in an empty folder."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )


def test_it_holds_only_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top.partition("-")[0] for top in tops} == {"commonground"}


@pytest.mark.parametrize("kind", ["py.typed", "*.mo", "*.html", "*.css", "*.yaml", "migrations/0001_*.py", "LICENSE"])
def test_it_holds_what_the_program_needs(unpacked: Path, kind: str) -> None:
    assert list(unpacked.rglob(kind)), f"no {kind} in the wheel"


def test_every_file_of_the_package_is_in_it(project: Path, unpacked: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "src/commonground"], cwd=project, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    missing = [name for name in tracked if not (unpacked / name.removeprefix("src/")).exists()]
    assert tracked
    assert not missing


def test_it_starts_from_there(unpacked: Path) -> None:
    where = run_from(unpacked, "-c", "import commonground; print(commonground.__file__)").stdout
    assert where.startswith(str(unpacked))
    said = run_from(unpacked, "-c", "from commonground.cli.main import main; main()", "--version").stdout
    assert said.startswith("commonground ")


def test_it_makes_a_study_from_there(unpacked: Path) -> None:
    program = "from commonground.cli.main import main; main()"
    run_from(unpacked, "-c", program, "new", "study")
    assert (unpacked / "elsewhere/study/study.yaml").is_file()
    run_from(unpacked, "-c", program, "check", "study/study.yaml")

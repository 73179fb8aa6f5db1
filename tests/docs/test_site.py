"""The site builds without a warning and loads nothing from another machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=\"(?P<address>(?:https?:)?//[^\"]+)\"")


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as HTML; a warning fails the build."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    built = subprocess.run(
        [*command, "-d", str(folder / "doctrees"), str(project / "docs"), str(folder / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder / "html"


def test_it_builds(site: Path) -> None:
    assert (site / "index.html").is_file()
    assert (site / "search.html").is_file()


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    outside = {
        (page.name, match["address"])
        for page in site.rglob("*.html")
        for match in LOADED.finditer(page.read_text(encoding="utf-8"))
    }
    assert not outside


def test_stylesheets_load_nothing_from_elsewhere(site: Path) -> None:
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*['\"]?(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet

"""The version is the same wherever it is written."""

import re
from pathlib import Path

from commonground import __version__


def test_the_changelog_has_this_version(project: Path) -> None:
    changes = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[?{re.escape(__version__)}\]? ", changes, re.MULTILINE)


def test_the_citation_has_this_version(project: Path) -> None:
    citation = (project / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{__version__}"' in citation

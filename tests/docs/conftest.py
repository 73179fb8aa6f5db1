"""The pages of the manual and the code blocks in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

FENCE = re.compile(r"^```(?P<language>[^\n`]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    language: str
    code: str
    line: int


@dataclass(frozen=True)
class Page:
    """One Markdown page."""

    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """The page without its fenced blocks."""
        return FENCE.sub("", self.text)

    def blocks(self) -> Iterator[Block]:
        for match in FENCE.finditer(self.text):
            line = self.text.count("\n", 0, match.start()) + 1
            yield Block(match["language"].strip(), match["code"], line)


def every_page(project: Path) -> list[Page]:
    """The pages people read: those of the site and those in the root."""
    built = project / "docs/_build"
    site = (path for path in (project / "docs").rglob("*.md") if built not in path.parents)
    return [Page(path) for path in sorted((*project.glob("*.md"), *site))]


PROJECT = Path(__file__).resolve().parents[2]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `manual_page` runs once for every page."""
    if "manual_page" in metafunc.fixturenames:
        pages = every_page(PROJECT)
        metafunc.parametrize("manual_page", pages, ids=[str(page.path.relative_to(PROJECT)) for page in pages])


@pytest.fixture(scope="session")
def pages(project: Path) -> list[Page]:
    return every_page(project)

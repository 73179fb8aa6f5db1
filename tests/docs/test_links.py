"""Links between pages lead somewhere."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Page

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
OUTSIDE = re.compile(r"^(?:https?|mailto|doi):")


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as MyST and code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_links_between_pages_lead_somewhere(manual_page: "Page") -> None:
    for match in LINK.finditer(manual_page.prose):
        target = match["target"]
        if OUTSIDE.match(target):
            continue
        name, _, anchor = target.partition("#")
        there = (manual_page.path.parent / name).resolve() if name else manual_page.path
        assert there.exists(), f"{target} is not there"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{target}: no such heading"

"""Participants' pages are small enough for a slow line: page, styles and scripts together stay below 100 KB."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

MOST = 100_000
LINKED = re.compile(r'(?:href|src)="/static/([^"]+)"')


def weight(page: str) -> int:
    """Bytes of a page with all it loads, uncompressed, as on a first visit."""
    linked = set(LINKED.findall(page))
    assert linked
    return len(page.encode()) + sum(Path(finders.find(one)).stat().st_size for one in linked)


def test_every_page_of_the_way_is_small(participant) -> None:
    sizes = {}
    participant.open()
    sizes["consent"] = weight(participant.text)
    participant.reach_tasks()
    for key in ("background-1", "background-2", "words", "example", "task-1"):
        participant.open(key)
        sizes[key] = weight(participant.text)
    participant.do_tasks()
    sizes["quality"] = weight(participant.text)
    participant.send({"q-clear": "yes"})
    participant.send({"q-country": "Canada"})
    sizes["thanks"] = weight(participant.text)
    for key in ("resume", "withdraw"):
        participant.open(key)
        sizes[key] = weight(participant.text)
    assert max(sizes.values()) < MOST, sizes
    assert len(sizes) == 10

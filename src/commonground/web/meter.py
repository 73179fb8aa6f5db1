"""How many requests were answered, how, and how long they took; counted for all processes of a site together.

Each process keeps its numbers in a small file of its own in the data directory, which the system shares and no lock
guards. Nothing is kept of a request but to which side it belonged, what kind of answer it got, and how long it took.
"""

import mmap
import os
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FOLDER = "metrics"
SIDES = ("participants", "owners")
ANSWERS = ("1xx", "2xx", "3xx", "4xx", "5xx")
LIMITS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, float("inf"))
"""Seconds within which requests are counted."""

_PARTICIPANTS = ("/s/", "/contacts/", "/t/", "/review/")
_NUMBERS = len(SIDES) * (len(ANSWERS) + len(LIMITS) + 1)
_ONE = struct.Struct("d")


@dataclass(frozen=True, slots=True)
class Side:
    """The counts of one side: answers of each kind, requests within each limit (each counted once), seconds in all."""

    answers: tuple[float, ...]
    within: tuple[float, ...]
    seconds: float


class Meter:
    """Middleware; stands first, so that it sees what everybody waits for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._numbers: mmap.mmap | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, and count."""
        started = time.perf_counter()
        response = self.get_response(request)
        self._count(request.path_info, response.status_code, time.perf_counter() - started)
        return response

    def _count(self, path: str, status: int, seconds: float) -> None:
        numbers = self._numbers = self._numbers or _own_file()
        if numbers is None:
            return
        first = (0 if path.startswith(_PARTICIPANTS) else 1) * _NUMBERS // len(SIDES)
        limit = next(place for place, most in enumerate(LIMITS) if seconds <= most)
        _add(numbers, first + min(max(status // 100, 1), 5) - 1, 1)
        _add(numbers, first + len(ANSWERS) + limit, 1)
        _add(numbers, first + len(ANSWERS) + len(LIMITS), seconds)


def forget_counts(data: Path) -> None:
    """Begin anew; called when a site starts."""
    for file in (data / FOLDER).glob("*.counts"):
        file.unlink(missing_ok=True)


def counted() -> dict[str, Side]:
    """What all processes of this site have counted since it was started."""
    found = list(_files(Path(settings.DATA)))
    total = [sum(numbers) for numbers in zip(*found, strict=True)] if found else [0.0] * _NUMBERS
    sides, width = {}, _NUMBERS // len(SIDES)
    for place, side in enumerate(SIDES):
        own = total[place * width : (place + 1) * width]
        kinds = len(ANSWERS)
        sides[side] = Side(tuple(own[:kinds]), tuple(own[kinds:-1]), own[-1])
    return sides


def _files(data: Path) -> Iterator[tuple[float, ...]]:
    for file in sorted((data / FOLDER).glob("*.counts")):
        content = file.read_bytes()
        if len(content) == _NUMBERS * _ONE.size:
            yield struct.unpack(f"{_NUMBERS}d", content)


def _own_file() -> mmap.mmap | None:
    """The numbers of this process; none where there is no data directory to keep them in."""
    folder = Path(settings.DATA) / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with (folder / f"{os.getpid()}.counts").open("w+b") as file:
            file.write(bytes(_NUMBERS * _ONE.size))
            file.flush()
            return mmap.mmap(file.fileno(), _NUMBERS * _ONE.size)
    except OSError:  # no room, or no directory: a site answers all the same
        return None


def _add(numbers: mmap.mmap, place: int, amount: float) -> None:
    """Two threads at the same moment may count as one: these are figures, not answers."""
    at = place * _ONE.size
    _ONE.pack_into(numbers, at, _ONE.unpack_from(numbers, at)[0] + amount)

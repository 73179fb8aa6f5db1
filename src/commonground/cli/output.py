"""How every command speaks: one JSON object on standard output, or words for people."""

import dataclasses
import json
import math
import re
import sys
import time
from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.records.provenance import FORMAT_VERSION, Provenance

if TYPE_CHECKING:
    from rich.console import Console

_STARTED = time.perf_counter()

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, nothing else, on standard output.")]


def plain(value: object) -> object:
    """A value as JSON knows it: records become objects, arrays lists, NaN and infinities null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # A field that would be a keyword, such as `class`, carries an underscore in Python only.
        return {field.name.removesuffix("_"): plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):  # numpy arrays and scalars
        return plain(value.tolist())
    return _plain_scalar(value)


def fields(record: object) -> dict[str, object]:
    """The fields of a record as a JSON object knows them."""
    found = plain(record)
    if not isinstance(found, dict):
        raise TypeError(f"a {type(record).__name__} is no JSON object")
    return found


def _plain_scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def emit(
    result: Mapping[str, object],
    *,
    as_json: bool,
    provenance: Provenance,
    words: "Callable[[Console], None]",
) -> None:
    """Print a result: as one JSON object, or by calling `words` with a rich console.

    `provenance` is the part of the promise that the same inputs give the same bytes; `run` is outside it.
    """
    if as_json:
        document = {
            "format_version": FORMAT_VERSION,
            **result,
            "provenance": provenance,
            "run": {"seconds": round(time.perf_counter() - _STARTED, 3)},
        }
        json.dump(plain(document), sys.stdout, ensure_ascii=False, allow_nan=False)
        sys.stdout.write("\n")
        return
    from rich.console import Console

    words(Console())


def say(message: str) -> None:
    """A message for people, on standard error."""
    print(typed(message), file=sys.stderr)


def typed(message: str) -> str:
    """A message in the words of this program: a setting, which the rooms name between backticks, as its option.

    Examples
    --------
    >>> typed("`drop_invalid`: there is no such column.")
    '--drop-invalid: there is no such column.'
    """
    return _SETTING.sub(lambda found: f"--{found[1].replace('_', '-')}", message)


_SETTING = re.compile("`([a-z]+(?:_[a-z]+)*)`")
"""Only single words of a Python name; commands between backticks have blanks."""

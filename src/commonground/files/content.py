"""The bytes of a file, unzipped, and the clear words for when there are none to be had."""

import gzip
import zlib
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from commonground.records.errors import DataError, Problem

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds.

    Parameters
    ----------
    name : str
        The file as it was named, for messages.
    bytes : bytes
        Unzipped.
    hash : str
        SHA-256 of `bytes`, hexadecimal: for a plain file what `sha256sum` prints.
    """

    name: str
    bytes: bytes
    hash: str


def read_content(path: Path) -> Content:
    """Read a file, unzipping `.gz`.

    Raises
    ------
    DataError
        If there is no such file, it is a folder, empty, a broken archive or an Excel workbook.
    """
    data = _read_bytes(path)
    if data.startswith(_GZIP):
        data = _unzip(path, data)
    if data.startswith(_ZIP):
        _refuse(path, "this is an Excel workbook (or another zip file), not a CSV.", "Save it as 'CSV UTF-8'.")
    if not data or data.isspace():
        _refuse(path, "the file is empty.", "Perhaps it was not saved, or not copied as a whole.")
    return Content(str(path), data, sha256(data).hexdigest())


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        _refuse(path, "this is a folder, not a file.", f"Name the file in it, such as {path / 'choices.csv'}.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        _refuse(path, "there is no such file.", _other_files(path))
    except OSError as error:
        _refuse(path, f"the file cannot be read ({(error.strerror or str(error)).lower()}).", "")


def _other_files(path: Path) -> str:
    if not path.parent.is_dir():
        return f"There is no folder '{path.parent}' either."
    close = get_close_matches(path.name, (other.name for other in path.parent.iterdir()), n=1)
    return f"Did you mean '{path.with_name(close[0])}'?" if close else "Check its name and the folder you are in."


def _unzip(path: Path, data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        _refuse(path, "the gzip archive is broken or cut short.", "Copy or download the file again.")


def _refuse(path: Path, what: str, mend: str) -> NoReturn:
    raise DataError([Problem(what, str(path), mend)])

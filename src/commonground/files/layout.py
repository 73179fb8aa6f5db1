"""The shape of a CSV file: where each record ends and how many cells it has, before any cell is read.

Parsers forgive: they fill short rows, skip blank lines and guess at stray quotation marks. Here every record is
counted first, so that nothing can be lost or guessed without being said.
"""

import codecs
import csv
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.records.errors import DataError, Problem

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
_CHUNK = 1 << 24
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Layout:
    """A CSV file cut into records.

    Parameters
    ----------
    text : bytes
        The content: UTF-8 without a mark in front, ending with a line end.
    separator : str
    starts, ends : (n_records,) int
        Where each record begins and where its line end stands, in bytes.
    cells : (n_records,) int
        How many cells each record has; 0 for a blank line.
    """

    text: bytes
    separator: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    cells: NDArray[np.int64]

    def record(self, number: int) -> list[str]:
        """The cells of one record, from 0."""
        line = self.text[self.starts[number] : self.ends[number]].decode("utf-8")
        return next(csv.reader([line], delimiter=self.separator), [])

    def only(self, wanted: NDArray[np.bool_]) -> bytes:
        """The text of the wanted records alone, in order."""
        if wanted.all():
            return self.text
        edges = np.flatnonzero(np.diff(np.concatenate(([False], wanted, [False])).astype(np.int8)))
        runs = zip(edges[::2], edges[1::2], strict=True)
        return b"".join(self.text[self.starts[first] : self.ends[last - 1] + 1] for first, last in runs)


def lay_out(name: str, content: bytes) -> Layout:
    """Cut a CSV file into records.

    Parameters
    ----------
    name : str
        The file's name, for messages.
    content : bytes

    Raises
    ------
    DataError
        If the bytes are not UTF-8 text, or a quotation mark stands where none can.
    """
    text = _one_kind_of_line_end(_as_utf8(name, content))
    separator = _separator(text)
    ends, cells = _count(name, text, separator)
    starts = np.concatenate(([0], ends[:-1] + 1))
    blank = (ends == starts) | ((ends == starts + 1) & (np.frombuffer(text, np.uint8)[starts] == _RETURN))
    return Layout(text, separator, starts, ends, np.where(blank, 0, cells))


def _as_utf8(name: str, content: bytes) -> bytes:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DataError([Problem("the file is UTF-16 text, not UTF-8.", name, "Save it as 'CSV UTF-8'.")])
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\x00" in content:
        raise DataError([Problem("this is not a text file.", name, "Save the table as 'CSV UTF-8'.")])
    _check_utf8(name, content)
    return content


def _check_utf8(name: str, content: bytes) -> None:
    if content.isascii():
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        before = content[max(0, error.start - 20) : error.start].decode("utf-8", "ignore").rsplit("\n", 1)[-1]
        what = f"a letter after '{before}' is not UTF-8 text (the file may be saved as 'Windows' or 'Latin-1')."
        raise DataError([Problem(what, f"{name}, row {row}", "Save it as 'CSV UTF-8'.")]) from None


def _one_kind_of_line_end(text: bytes) -> bytes:
    if b"\r" in text and b"\n" not in text:  # old Macintosh programs
        text = text.replace(b"\r", b"\n")
    if b"\r" in text and b'"' not in text:
        text = text.replace(b"\r\n", b"\n")
    return text if text.endswith(b"\n") else text + b"\n"


def _separator(text: bytes) -> str:
    """A comma, unless the first line has none and has semicolons (spreadsheets in French) or tabs."""
    header = next((line for line in text[:65536].split(b"\n") if line.strip()), b"").decode("utf-8", "ignore")
    return next((one for one in _SEPARATORS if one in header), ",")


def _count(name: str, text: bytes, separator: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the records end, and their numbers of cells. What stands between quotation marks is passed over."""
    data = np.frombuffer(text, np.uint8)
    quoted = b'"' in text
    inside, seen = 0, 0
    ends: list[NDArray[np.int64]] = []
    before: list[NDArray[np.int64]] = []
    for start in range(0, data.size, _CHUNK):
        chunk = data[start : start + _CHUNK]
        outside = np.ones(1, dtype=np.bool_)
        if quoted:
            marks = chunk == _QUOTE
            _check_quotes(name, data, np.flatnonzero(marks) + start, inside, ord(separator))
            parity = (np.cumsum(marks, dtype=np.uint8) + np.uint8(inside)) & 1
            inside = int(parity[-1])
            outside = parity == 0
        breaks = np.flatnonzero((chunk == _NEWLINE) & outside)
        separators = np.flatnonzero((chunk == ord(separator)) & outside)
        ends.append(breaks + start)
        before.append(np.searchsorted(separators, breaks) + seen)
        seen += separators.size
    if inside:
        raise DataError([Problem("a quotation mark is opened and never closed.", name, "Close it, or double it.")])
    totals = np.concatenate(before)
    return np.concatenate(ends), totals - np.concatenate(([0], totals[:-1])) + 1


def _check_quotes(name: str, data: NDArray[np.uint8], marks: NDArray[np.int64], inside: int, separator: int) -> None:
    """Quotation marks open at the start of a cell, close at its end, and are doubled in between."""
    opening, closing = marks[inside::2], marks[1 - inside :: 2]
    left = data[np.maximum(opening - 1, 0)]
    right = data[np.minimum(closing + 1, data.size - 1)]
    bad_opening = opening[~np.isin(left, (separator, _NEWLINE, _QUOTE)) & (opening > 0)]
    line_end = (right == _RETURN) & (data[np.minimum(closing + 2, data.size - 1)] == _NEWLINE)
    bad_closing = closing[~(np.isin(right, (separator, _NEWLINE, _QUOTE)) | line_end)]
    bad = np.concatenate((bad_opening, bad_closing))
    if bad.size:
        place = int(bad.min())
        row = int(np.count_nonzero(data[:place] == _NEWLINE)) + 1
        what = "a quotation mark stands in the middle of a cell."
        mend = 'Put the whole cell between quotation marks and double those inside: "a ""quoted"" word".'
        raise DataError([Problem(what, f"{name}, row {row}", mend)])

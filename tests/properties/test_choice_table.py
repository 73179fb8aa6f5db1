"""Any choice table in: clean data, or an error that names row and column. Never a traceback, never a lost row."""

import csv
import gzip
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from commonground.files.choices import ChoiceFile, choices_csv, read_choices, write_choices
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import DataError

HEADER = ["respondent", "task", "item_1", "item_2", "item_3", "best", "worst", "repeat_of", "seconds", "group"]
NASTY = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r\t,;\"'"), min_size=1, max_size=8)
IDS = NASTY.filter(str.strip) | st.sampled_from(["007", "7", " a", "a ", "a,b", 'a "q"', "é", "é", "=1+1", "NA"])
CELLS = st.sampled_from(["", "a", "b", "c", "d", "A", "a,b", '"', "1", "2", "3", "0", "-1", "1.5", "x", "é", " ", "\n"])


def read(content: bytes, name: str = "answers.csv", *, drop_invalid: bool = False) -> ChoiceFile | DataError:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            return read_choices(path, drop_invalid=drop_invalid)
        except DataError as error:
            return error


def as_csv(rows: list[list[str]], line_end: str = "\n") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode()


def likely_row() -> st.SearchStrategy[list[str]]:
    """Mostly sensible rows, so that clean tables and single mistakes both come up."""
    ids = st.permutations(["a", "b", "c", "d"])
    who, number = st.sampled_from(["r1", "r2"]), st.sampled_from(["1", "2", "3"])
    sensible = st.builds(
        lambda items, one, task: [one, task, *items[:3], items[0], items[1], "", "", ""], ids, who, number
    )
    spoilt = st.builds(_spoil, sensible, st.integers(0, len(HEADER) - 1), CELLS)
    return sensible | spoilt


def _spoil(row: list[str], place: int, cell: str) -> list[str]:
    return [*row[:place], cell, *row[place + 1 :]]


@given(
    st.lists(likely_row() | st.lists(CELLS, min_size=1, max_size=12), min_size=1, max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_row_is_in_the_data_or_named_as_left_out(rows: list[list[str]], line_end: str) -> None:
    found = read(as_csv([HEADER, *rows], line_end), drop_invalid=True)
    filled = [place for place, row in enumerate(rows, start=2) if any(row) or len(row) != len(HEADER)]
    if isinstance(found, DataError):
        assert any(words in str(found) for words in ("nothing is left", "no row under it", "the row has"))
        return
    dropped = [one.row for one in found.dropped]
    assert len(set(dropped)) == len(dropped)
    assert set(dropped) <= set(filled)
    kept = [rows[place - 2] for place in filled if place not in dropped]
    assert decoded(found.data) == [[row[0], int(float(row[1])), *shown(row), row[5], row[6]] for row in kept]


def shown(row: list[str]) -> list[str]:
    return [cell for cell in row[2:5] if cell]


def decoded(data: ChoiceData) -> list[list[object]]:
    """The rows as they stood in the table."""
    names = [*data.items, ""]  # the last one stands for MISSING
    return [
        [
            data.respondents[data.respondent[row]],
            int(data.task[row]),
            *(names[item] for item in data.shown[row] if item != MISSING),
            names[data.best[row]],
            names[data.worst[row]],
        ]
        for row in range(data.task.size)
    ]


@given(st.lists(likely_row() | likely_row().map(lambda row: row[:7]), min_size=1, max_size=12))
def test_a_refused_table_has_every_offending_row_named_and_the_same_rows_are_left_out(rows: list[list[str]]) -> None:
    table = as_csv([HEADER, *rows])
    refused, thinned = read(table), read(table, drop_invalid=True)
    if isinstance(refused, ChoiceFile):
        assert isinstance(thinned, ChoiceFile)
        assert not thinned.dropped
        return
    assert all("answers.csv" in problem.where and problem.what for problem in refused.problems)
    named = {int(number) for number in re.findall(r"answers\.csv, row (\d+)", str(refused))}
    assert named
    if isinstance(thinned, ChoiceFile):
        left_out = {one.row for one in thinned.dropped}
        assert left_out & named
        # only a repeat can fall because its twin fell
        assert all(rows[row - 2][HEADER.index("repeat_of")] for row in left_out - named)


@given(st.binary(max_size=200))
@example(b"")
@example(b"\x1f\x8b")
@example(b"PAR1 and no more PAR1")
@example(b"\xff\xfea\x00")
@example(b'respondent,task\n"')
@example(b"\x00")
def test_any_bytes_give_a_clear_error(content: bytes) -> None:
    for name in ("answers.csv", "answers.csv.gz", "answers.parquet"):
        found = read(content, name)
        assert isinstance(found, DataError)
        assert str(found).strip()


@given(st.lists(likely_row(), min_size=1, max_size=5), st.data())
def test_damaged_files_never_end_in_a_traceback(rows: list[list[str]], data: st.DataObject) -> None:
    whole = as_csv([HEADER, *rows])
    packed = data.draw(st.booleans())
    content = bytearray(gzip.compress(whole, mtime=0) if packed else whole)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = read(bytes(content), "answers.csv.gz" if packed else "answers.csv", drop_invalid=data.draw(st.booleans()))
    assert isinstance(found, ChoiceFile) or str(found).strip()


@st.composite
def choice_data(draw: st.DrawFn) -> ChoiceData:
    items = draw(st.lists(IDS, min_size=3, max_size=6, unique=True))
    people = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    tasks = draw(st.integers(1, 3))
    shown = [draw(st.permutations(range(len(items))))[:3] for _ in range(tasks * len(people))]
    size = [draw(st.integers(2, 3)) for _ in shown]
    padded = [
        [item if place < width else MISSING for place, item in enumerate(row)]
        for row, width in zip(shown, size, strict=True)
    ]
    if not any(width == 3 for width in size):
        padded[0] = list(shown[0])
    answered = [draw(st.booleans()) for _ in shown]
    return ChoiceData.from_rows(
        tuple(items),
        tuple(people),
        respondent=np.repeat(np.arange(len(people)), tasks),
        task=np.tile(np.arange(1, tasks + 1), len(people)),
        shown=padded,
        best=[row[0] if yes else MISSING for row, yes in zip(shown, answered, strict=True)],
        worst=[row[1] if draw(st.booleans()) else MISSING for row in shown],
        seconds=[draw(st.just(float("nan")) | st.floats(0, 1e6)) for _ in shown],
        weight=[draw(st.sampled_from([1.0, 0.25, 3.5])) for _ in people],
        covariates={"note, free": tuple(draw(st.none() | NASTY.filter(str.strip)) for _ in people)},
    )


@given(choice_data(), st.sampled_from(["a.csv", "a.csv.gz", "a.parquet"]))
def test_what_is_written_reads_back_the_same(data: ChoiceData, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        write_choices(data, path)
        found = read_choices(path).data
    assert decoded(found) == decoded(data)
    assert found.respondents == data.respondents
    np.testing.assert_array_equal(found.seconds, data.seconds)
    np.testing.assert_array_equal(found.weight, data.weight)
    if any(data.covariates["note, free"]):
        assert found.covariates == data.covariates


@given(choice_data())
def test_the_same_data_give_the_same_bytes(data: ChoiceData) -> None:
    assert choices_csv(data) == choices_csv(data.reindexed(data.items[::-1]))

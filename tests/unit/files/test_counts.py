"""Count tables: read whole or not at all."""

from pathlib import Path

import pytest

from commonground.files.choices import ChoiceFile
from commonground.files.counts import CountFile, counts_csv, read_counts
from commonground.files.tables import read_table
from commonground.published.tables import count_table
from commonground.records.errors import DataError


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    path = tmp_path / "counts.csv"
    path.write_text(
        "group,item,best,worst,shown,respondents\nHP,b,3,1,10,2\nHP,a,1.1,3.1,10,2\nR,b,0,0,5,1\nR,a,2,1,5,1\n"
    )
    return path


def refusal(path: Path, text: str) -> list[str]:
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        read_counts(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]


def test_counts_by_group(counts: Path) -> None:
    table = read_counts(counts).data
    assert table.items == ("b", "a")  # as printed
    assert table.groups == ("HP", "R")
    assert table.best.tolist() == [[3, 1.1], [0, 2]]
    assert table.worst.tolist() == [[1, 3.1], [0, 1]]
    assert table.shown is not None
    assert table.shown.tolist() == [[10, 10], [5, 5]]
    assert table.respondents == (2, 1)


def test_without_groups_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("item,best,worst\na,1,2\nb,3,4\n")
    table = read_counts(path).data
    assert (table.groups, table.shown, table.respondents) == (("all",), None, None)


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    published = count_table()
    path.write_bytes(counts_csv(published).encode())
    table = read_counts(path).data
    assert (table.items, table.groups, table.respondents) == (published.items, published.groups, published.respondents)
    assert table.best.tolist() == published.best.tolist()
    assert table.worst.tolist() == published.worst.tolist()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("item,best\na,1\n", "counts.csv, row 1: the column 'worst' is missing. The columns are item, best."),
        ("item,best,worst\na,1,x\n", "row 2, column worst: 'x' is not a count."),
        ("item,best,worst\na,-1,2\n", "row 2, column best: '-1' is not a count."),
        ("item,best,worst\na,,2\n", "row 2, column best: '' is not a count."),
        ("item,best,worst\n,1,2\n", "row 2, column item: the cell is empty."),
        ("item,best,worst\na,1,2\na,1,2\n", "row 3, column item: 'a' has a row already in group 'all' (row 2)."),
        ("item,best,worst,shown\na,3,2,4\n", "the item was chosen 5 times, but shown 4 times."),
        ("item,best,worst,respondents\na,3,2,4\nb,1,1,5\n", "row 3, column respondents: 5 here, but 4 in row 2"),
        ("group,item,best,worst\nx,a,1,1\nx,b,1,1\ny,a,1,1\n", "there is no row for 'b' in group 'y'."),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, words: str) -> None:
    assert any(words in problem for problem in refusal(tmp_path / "counts.csv", text))


def test_the_columns_tell_the_kind_of_table(counts: Path, tmp_path: Path) -> None:
    assert isinstance(read_table(counts), CountFile)
    choices = tmp_path / "choices.csv"
    choices.write_text("respondent,task,item_1,item_2,best,worst,item\nr,1,a,b,a,b,x\n")
    assert isinstance(read_table(choices), ChoiceFile)


def test_a_count_table_is_never_thinned(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("item,best,worst\na,1,2\nb,3\n")
    with pytest.raises(DataError, match="row 3: the row has 2 cells"):
        read_table(path, drop_invalid=True)

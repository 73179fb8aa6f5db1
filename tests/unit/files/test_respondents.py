"""The respondents table: read, written harmlessly, joined to the choices."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commonground.files.choices import read_choices
from commonground.files.respondents import covers, join, read_respondents, respondents_csv, write_respondents
from commonground.records.errors import DataError
from commonground.records.respondents import RespondentTable

Table = Callable[..., Path]


def people(table: Table, *rows: str, header: str = "respondent,group,weight") -> Path:
    return table(*rows, header=header, name="people.csv")


def test_empty_cells_are_none(table: Table) -> None:
    found = read_respondents(people(table, "r,HP,", "s,,2")).table
    assert found.respondents == ("r", "s")
    assert found.columns == {"group": ("HP", None), "weight": (None, "2")}


def test_whatever_a_participant_types_comes_back_and_runs_nowhere(tmp_path: Path) -> None:
    texts = (
        "=1+1",
        "'=1+1",
        "+cmd|' /C calc'!A0",
        "@x",
        "\ttab",
        "two\r\nlines",
        "-3",
        "-3 people",
        'say "hi", ok',
        None,
    )
    table = RespondentTable(tuple(f"r{place}" for place in range(len(texts))), {"note": texts})
    path = tmp_path / "respondents.csv"
    write_respondents(table, path)
    assert read_respondents(path).table == table
    for line in respondents_csv(table).splitlines()[1:]:
        cell = line.partition(",")[2].strip('"')
        assert not cell.startswith(("=", "+", "@", "\t")), cell


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (("r,HP,", "r,R,"), "row 3, column respondent: 'r' has a row already (row 2)."),
        ((",HP,",), "row 2, column respondent: the cell is empty."),
    ],
)
def test_one_row_a_respondent(table: Table, rows: tuple[str, ...], words: str) -> None:
    with pytest.raises(DataError) as caught:
        read_respondents(people(table, *rows))
    assert words in str(caught.value)


def test_a_table_without_respondents_is_refused(table: Table) -> None:
    with pytest.raises(DataError, match="the column 'respondent' is missing"):
        read_respondents(people(table, "1,2", header="id,group"))


def test_joining_gives_every_respondent_the_columns(table: Table) -> None:
    choices = read_choices(table("s,1,a,b,c,a,b,en", "r,1,a,b,c,a,b,", more="language"))
    described = read_respondents(
        people(table, "r,HP,2,fr", "q,R,,", "s,P,,en", header="respondent,group,weight,language")
    )
    joined = join(choices, described).data
    assert joined.respondents == ("s", "r")
    assert joined.covariates == {"group": ("P", "HP"), "language": ("en", "fr")}
    assert joined.weight.tolist() == [1, 2]


def test_a_missing_respondent_is_named(table: Table) -> None:
    choices = read_choices(table("r,1,a,b,c,a,b", "s,1,a,b,c,a,b"))
    described = read_respondents(people(table, "r,HP,"))
    assert covers(described, choices.data) == ("s",)
    with pytest.raises(DataError, match="there is no row for the respondent 's' of the choice table"):
        join(choices, described)


def test_tables_that_contradict_each_other_are_refused(table: Table) -> None:
    choices = read_choices(table("r,1,a,b,c,a,b,HP", more="group"))
    with pytest.raises(DataError, match="'R' for respondent 'r', but the choice table says 'HP'"):
        join(choices, read_respondents(people(table, "r,R,")))
    with pytest.raises(DataError, match="'none' of respondent 'r' is not a number above 0"):
        join(choices, read_respondents(people(table, "r,HP,none")))

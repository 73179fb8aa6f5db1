"""Reading choice tables: what is kept, what is refused, and the words it is refused with."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from commonground.files.choices import choices_csv, read_choices, write_choices
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import DataError

Table = Callable[..., Path]


def refusal(path: Path) -> list[str]:
    """The problems as sentences, the folder left out."""
    with pytest.raises(DataError) as caught:
        read_choices(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]


def test_a_clean_table_is_encoded(table: Table) -> None:
    found = read_choices(table("Ann,1,b,a,c,a,b,HP", "Ann,2,a,c,,,c,HP", "7,1,c,b,a,,,R", more="group"))
    data = found.data
    assert data.items == ("a", "b", "c")
    assert data.respondents == ("Ann", "7")
    assert data.shown.tolist() == [[1, 0, 2], [0, 2, MISSING], [2, 1, 0]]
    assert data.best.tolist() == [0, MISSING, MISSING]
    assert data.worst.tolist() == [1, 2, MISSING]
    assert data.covariates == {"group": ("HP", "R")}
    assert found.dropped == ()


def test_ids_stay_as_they_were_written(table: Table) -> None:
    path = table('r,1,007,"a, b","say ""hi""",007, é ', header="respondent,task,item_1,item_2,item_3,best,worst")
    path.write_text('respondent,task,item_1,item_2,item_3,best,worst\nr,1,007,"a, b","say ""hi""",007,"a, b"\n')
    assert set(read_choices(path).data.items) == {"007", "a, b", 'say "hi"'}


def test_items_are_ordered_naturally_whatever_the_order_of_rows(table: Table) -> None:
    assert read_choices(table("r,1,item 10,Item 2,item 1,,")).data.items == ("item 1", "Item 2", "item 10")


def test_optional_columns(table: Table) -> None:
    path = table(
        "r,1,a,b,c,a,b,1,3,,12.5,2,fr,2026-01-01T10:00:00Z",
        "r,2,a,b,c,a,c,1,4,1,7,2,fr,",
        more="version,shown_order,repeat_of,seconds,weight,language,answered_at",
    )
    data = read_choices(path).data
    assert data.version.tolist() == [1, 1]
    assert data.shown_order.tolist() == [3, 4]
    assert data.repeat_of.tolist() == [0, 1]
    assert data.seconds.tolist() == [12.5, 7.0]
    assert data.weight.tolist() == [2.0]
    assert data.covariates == {"language": ("fr",)}
    assert data.scored.tolist() == [0]


def test_a_repeat_may_carry_the_number_of_its_twin(table: Table) -> None:
    data = read_choices(table("r,3,a,b,c,a,b,", "r,3,a,b,c,a,c,3", more="repeat_of")).data
    assert data.repeat_of.tolist() == [0, 3]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("r,1,a,b,c,d,b", "answers.csv, row 2, column best: 'd' is not among the shown items ('a', 'b', 'c')."),
        ("r,1,a,b,c,B,a", "column best: 'B' is not among the shown items ('a', 'b', 'c'). Did you mean 'b'?"),
        ("r,1,a,b,c,a,NA", "If it stands for 'no answer', leave the cell empty."),
        ("r,1,a,b,c,a,a", "row 2, column worst: 'a' is both best and worst."),
        ("r,1,a,b,a,a,b", "row 2: 'a' stands twice in this task (item_1 and item_3)."),
        ("r,1,a,,c,a,c", "row 2: item_2 is empty, but an item stands after it."),
        ("r,1,a,,,a,", "row 2: the task shows fewer than two items."),
        (",1,a,b,c,a,b", "row 2, column respondent: the cell is empty."),
        ("r,,a,b,c,a,b", "row 2, column task: the cell is empty."),
        ("r,one,a,b,c,a,b", "row 2, column task: 'one' is not a whole number from 1."),
        ("r,1.5,a,b,c,a,b", "'1.5' is not a whole number from 1."),
        ("r,0,a,b,c,a,b", "'0' is not a whole number from 1."),
        ("r,1,a,b,c,a", "row 2: the row has 6 cells, but the header (row 1) has 7."),
        ("r,1,a,b,c,a,b,", "row 2: the row has 8 cells, but the header (row 1) has 7."),
    ],
)
def test_a_mistake_in_a_row_is_named(table: Table, row: str, words: str) -> None:
    assert any(words in problem for problem in refusal(table(row)))


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("seconds", "soon", "'soon' is not a number of seconds."),
        ("seconds", "-1", "'-1' is not a number of seconds."),
        ("seconds", '"1,5"', "Write plain digits with a point for decimals"),
        ("weight", "0", "'0' is not a number above 0."),
        ("weight", "inf", "'inf' is not a number above 0."),
        ("version", "x", "'x' is not a whole number from 1."),
        ("repeat_of", "9", "this repeats task 9, of which respondent 'r' has no row."),
    ],
)
def test_a_mistake_in_an_optional_column_is_named(table: Table, column: str, cell: str, words: str) -> None:
    problems = refusal(table(f"r,1,a,b,c,a,b,{cell}", more=column))
    assert any(f"row 2, column {column}: " in problem and words in problem for problem in problems)


def test_a_task_twice_names_both_rows(table: Table) -> None:
    (problem,) = refusal(table("r,1,a,b,c,a,b", "s,1,a,b,c,a,b", "r,1,a,b,c,a,c"))
    assert problem.startswith("answers.csv, row 4, column task: respondent 'r' has task 1 twice (first in row 2).")


def test_a_repeat_shows_the_same_items_later(table: Table) -> None:
    other = refusal(table("r,1,a,b,c,a,b,,1", "r,2,a,b,d,a,b,1,2", more="repeat_of,shown_order"))
    assert "the repeat shows other items than task 1 in row 2." in other[0]
    early = refusal(table("r,1,a,b,c,a,b,,5", "r,2,c,b,a,a,b,1,2", more="repeat_of,shown_order"))
    assert "the repeat was shown before task 1 in row 2." in early[0]


def test_what_describes_a_respondent_is_the_same_in_all_rows(table: Table) -> None:
    (problem,) = refusal(table("r,1,a,b,c,a,b,HP", "r,2,a,b,c,a,b,", "r,3,a,b,c,a,b,R", more="group"))
    assert problem.startswith(
        "answers.csv, row 4, column group: 'R' here, but 'HP' in row 2 for the same respondent 'r'."
    )


def test_twenty_rows_are_named_and_the_others_counted(table: Table) -> None:
    problems = refusal(table(*(f"r{row},1,a,b,c,x,b" for row in range(33))))
    assert len(problems) == 21
    assert problems[19].startswith("answers.csv, row 21,")
    assert problems[20] == "answers.csv: and 13 more rows with mistakes."


def test_rows_of_another_length_are_named_among_all_other_mistakes(table: Table) -> None:
    path = table("r,1,a,b,c,x,b,", "r,2,a,b,c,a", "s,1,a,b,c,b,b,", "r,3,a,c,b,a,b,2", more="repeat_of")
    problems = refusal(path)
    assert [problem.split(":")[0].removeprefix("answers.csv, ") for problem in problems] == [
        "row 2, column best",
        "row 3",
        "row 4, column worst",
    ]


def test_a_header_that_fits_no_row_is_told_by_the_rows(table: Table) -> None:
    path = table("r,1,a,b,c,a", "r,2,a,b,c,a")
    assert refusal(path)[0].startswith("answers.csv, row 2: the row has 6 cells, but the header (row 1) has 7.")
    with pytest.raises(DataError, match="row 3: the row has 6 cells"):
        read_choices(path, drop_invalid=True)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("respondent,task,item_0,item_1,item_2,best,worst", "'item_0' would not be read as items"),
        ("respondent,task,item_1,item_2,Item 3,best,worst", "'Item 3' would not be read as items"),
        ("Respondent,task,item_1,item_2,best,worst", "'respondent' is missing. Is it 'Respondent'? Rename that one"),
        ("respondent,task,item_1,item_3,best,worst", "'item_2' is missing. The item columns are numbered"),
        ("respondent,task,item1,item2,best,worst", "'item_1' is missing. Is it 'item1'?"),
        ("respondent,task,item_1,item_2,best", "'worst' is missing. If it was not asked, add it with empty cells"),
        ("respondent,task,item_1,item_2,best,worst,best", "the header has the name 'best' twice (columns 5 and 7)."),
        (",,,", "the first row holds no column names."),
    ],
)
def test_a_wrong_header_is_named(table: Table, header: str, words: str) -> None:
    cells = ",".join(["1"] * (header.count(",") + 1))
    assert any(words in problem for problem in refusal(table(cells, header=header)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty."),
        (b"  \n", "the file is empty."),
        (b"respondent,task,item_1,item_2,best,worst\n", "there is a header but no row under it."),
        (b"PK\x03\x04rest", "this is an Excel workbook"),
        (b"\x1f\x8brest", "the gzip archive is broken or cut short."),
        (b"PAR1rest", "this is not a Parquet file, or it is damaged."),
        ("a,b\n1,2\n".encode("utf-16"), "the file is UTF-16 text, not UTF-8."),
        ("a,b\n1,Zoé\n".encode("latin-1"), "row 2: a letter after '1,Zo' is not UTF-8 text"),
        (b'a,b\n1,say "hi"\n', "row 2: a quotation mark stands in the middle of a cell."),
        (b'a,b\n1,"hi\n', "a quotation mark is opened and never closed."),
        (b"a\x00b", "this is not a text file."),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(content)
    assert words in refusal(path)[0]


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path, table: Table) -> None:
    assert "this is a folder, not a file." in refusal(tmp_path)[0]
    table("r,1,a,b,c,a,b")
    (problem,) = refusal(tmp_path / "answer.csv")
    assert "there is no such file." in problem
    assert "Did you mean" in problem
    assert "There is no folder" in refusal(tmp_path / "none" / "answers.csv")[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_ways_spreadsheets_write(tmp_path: Path, encoding: str, line_end: str, separator: str) -> None:
    rows = [["respondent", "task", "item_1", "item_2", "best", "worst"], ["r", "1", "été", "b", "été", "b"]]
    path = tmp_path / "answers.csv"
    path.write_bytes(line_end.join(separator.join(row) for row in rows).encode(encoding))
    assert read_choices(path).data.items == ("b", "été")


def test_empty_rows_and_a_nameless_column_are_passed_over_with_a_message(table: Table) -> None:
    path = table(
        "1,r,1,a,b,c,a,b", ",,,,,,,", "", "2,r,2,a,b,c,x,b", header=",respondent,task,item_1,item_2,item_3,best,worst"
    )
    (problem,) = refusal(path)
    assert problem.startswith("answers.csv, row 5, column best")
    found = read_choices(path, drop_invalid=True)
    assert [message.split(": ")[-1] for message in found.messages] == [
        "1 column without a name passed over.",
        "1 empty row passed over.",
    ]


def test_invalid_rows_can_be_left_out_and_are_reported(table: Table) -> None:
    path = table("r,1,a,b,c,x,b,", "r,1,a,b,c,a,b,", "r,2,a,b,c,a,a,", "r,3,a,b,c,a,c,2", "s,1,a,b", more="repeat_of")
    found = read_choices(path, drop_invalid=True)
    assert found.data.task.tolist() == [1]
    assert [(one.row, one.reason) for one in found.dropped] == [
        (2, "best: 'x' is not among the shown items ('a', 'b', 'c')."),
        (4, "worst: 'a' is both best and worst."),
        (5, "repeat_of: this repeats task 2, of which respondent 'r' has no row."),
        (6, "the row has 4 cells, but the header (row 1) has 8."),
    ]


def test_nothing_left_is_an_error(table: Table) -> None:
    with pytest.raises(DataError, match="every row has a mistake, so nothing is left"):
        read_choices(table("r,1,a,b,c,x,b"), drop_invalid=True)


def test_items_that_only_look_alike_are_told(table: Table) -> None:
    (message,) = read_choices(table("r,1,Taste,taste ,c,,")).messages
    assert "'Taste' and 'taste ' differ only in capitals, spaces or accents" in message


def test_a_change_of_language_on_the_way_is_allowed(table: Table) -> None:
    found = read_choices(table("r,1,a,b,c,a,b,en", "r,2,a,b,c,a,b,fr", more="language"))
    assert found.data.covariates == {"language": ("en",)}
    assert found.messages == ("1 respondent changed language on the way; the first one counts.",)


def test_parquet_numbers_are_read_as_they_look(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    pl.DataFrame(
        {"respondent": [1.0, 2.0], "task": [1, 1], "item_1": [1, 2], "item_2": [2, 3], "item_3": [3.0, None]}
        | {"best": [1, 2], "worst": [None, None], "group": ["a", None]}
    ).write_parquet(path)
    data = read_choices(path).data
    assert data.respondents == ("1", "2")
    assert data.items == ("1", "2", "3")
    assert data.shown.tolist() == [[0, 1, 2], [1, 2, MISSING]]


def test_parquet_with_lists_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    pl.DataFrame({"respondent": [[1]], "task": [1]}).write_parquet(path)
    assert "column 'respondent' holds list(int64) values" in refusal(path)[0]


def test_the_hash_is_that_of_the_content(tmp_path: Path, table: Table) -> None:
    plain = read_choices(table("r,1,a,b,c,a,b"))
    write_choices(plain.data, tmp_path / "copy.csv")
    write_choices(plain.data, tmp_path / "copy.csv.gz")
    assert read_choices(tmp_path / "copy.csv").hash == read_choices(tmp_path / "copy.csv.gz").hash


def test_text_that_a_spreadsheet_would_run_is_guarded_and_comes_back(tmp_path: Path) -> None:
    data = ChoiceData.from_rows(
        ("=a", "b"),
        ("-r",),
        respondent=[0],
        task=[1],
        shown=[[0, 1]],
        best=[0],
        worst=[1],
        covariates={"note": ("=1+1",)},
    )
    written = choices_csv(data)
    assert written.endswith("-r,1,=a,b,=a,b,'=1+1\r\n")  # ids and labels must match, so they stay
    write_choices(data, tmp_path / "a.csv")
    assert read_choices(tmp_path / "a.csv").data.covariates == {"note": ("=1+1",)}


def test_reindexed_data_say_the_same(table: Table) -> None:
    data = read_choices(table("r,1,a,b,c,a,b", "r,2,a,c,,c,")).data
    moved = data.reindexed(("c", "z", "b", "a"))
    assert [moved.items[item] for item in moved.best] == ["a", "c"]
    assert moved.shown.tolist() == [[3, 2, 0], [3, 0, MISSING]]
    np.testing.assert_array_equal(moved.worst, [2, MISSING])


def test_the_rice_answers(rice_data: Path) -> None:
    found = read_choices(rice_data / "responses.csv")
    assert (len(found.data.respondents), found.data.task.size, found.messages) == (90, 630, ())
    assert set(found.data.covariates) == {"age", "hp", "chem"}

"""Design tables read and written."""

from pathlib import Path

import pytest

from commonground.files.designs import design_csv, read_design, write_design
from commonground.records.design import Design
from commonground.records.errors import DataError

DESIGN = Design(4, (((0, 1, 2), (1, 3)), ((2, 3), (0, 1, 3))), (1, None), source="by hand")


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "design.csv"
    write_design(DESIGN, path, ("d", "c", "b", "a"))
    found = read_design(path, ("d", "c", "b", "a"))
    assert (found.design.versions, found.design.repeats) == (DESIGN.versions, DESIGN.repeats)
    assert read_design(path).items == ("a", "b", "c", "d")


def test_items_without_names_are_numbered_from_1() -> None:
    assert design_csv(DESIGN).splitlines()[1:4] == ["1,1,1,2,3,", "1,2,2,4,,", "1,3,2,4,,2"]


def test_version_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "design.csv"
    path.write_text("task,item_1,item_2\n2,b,c\n1,a,b\n")
    assert read_design(path).design.versions == (((0, 1), (1, 2)),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version,item_1,item_2\n1,a,b\n", "the column 'task' is missing."),
        ("task,item_1,item_2\nx,a,b\n", "row 2, column task: 'x' is not a whole number from 1."),
        ("task,item_1,item_2\n1,a,a\n", "row 2: an item stands twice in this task."),
        ("task,item_1,item_2\n1,a,\n", "row 2: the task has fewer than two items."),
        ("task,item_1,item_2\n1,,a\n", "row 2: an empty cell stands before an item."),
        ("task,item_1,item_2\n1,a,b\n1,b,a\n", "row 3, column task: this task is there already (row 2)."),
        ("task,item_1,item_2\n1,a,z\n", "row 2: an item of this task is not one of the study's."),
        ("task,item_1,item_2,repeat_of\n1,a,b,\n2,a,b,7\n", "version 1 repeats a task it does not have."),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "design.csv"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        read_design(path, ("a", "b"))
    assert words in str(caught.value)


def test_the_rice_design(rice_data: Path) -> None:
    found = read_design(rice_data / "design.csv")
    assert (found.design.tasks, found.design.per_task, len(found.items)) == (7, 4, 7)


@pytest.mark.parametrize(
    "text",
    [
        "Version,Set,Item1,Item2,Item3\n1,1,a,b,c\n1,2,c,b,\n2,1,a,b,c\n",
        "Block,Question,Alt.1,Alt.2,Alt.3\n1,1,a,b,c\n1,2,c,b,\n2,1,a,b,c\n",
        "VERSION;Task Number;Item 01;Item 02;Item 03\n1;1;a;b;c\n1;2;c;b;\n2;1;a;b;c\n",
        "version,task,position,item\n1,1,2,b\n1,1,1,a\n1,1,3,c\n1,2,1,c\n1,2,2,b\n2,1,1,a\n2,1,3,c\n2,1,2,b\n",
        "version,task,alternative\n1,1,a\n1,1,b\n1,1,c\n1,2,c\n1,2,b\n2,1,a\n2,1,b\n2,1,c\n",
    ],
)
def test_layouts_of_other_programs_are_understood_and_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "design.csv"
    path.write_text(text)
    found = read_design(path)
    assert found.design.versions == (((0, 1, 2), (2, 1)), ((0, 1, 2),))
    assert found.messages


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("a,b,c\n1,1,1\n0,1,1\n", (((0, 1, 2), (1, 2)),)),
        ("Block,a,b,c\n1,1,1,0\n1,0,1,1\n2,1,0,1\n", (((0, 1), (1, 2)), ((0, 2),))),
        ("Set,1,2,3\n2,0,1,1\n1,1,1,0\n", (((0, 1), (1, 2)),)),
        ("1,2,3\n1,1,0\n0,1,1\n", (((0, 1), (1, 2)),)),
    ],
)
def test_a_column_for_each_item_is_understood(tmp_path: Path, text: str, versions: object) -> None:
    path = tmp_path / "design.csv"
    path.write_text(text)
    found = read_design(path)
    assert found.design.versions == versions
    assert "read a column for each item" in found.messages[-1]


@pytest.mark.parametrize("text", ["1,2,3\n1,4,5\n2,4,6\n", "1,1,0\n0,1,1\n", "1;2;4\n3;2;1\n"])
def test_a_table_without_a_header_is_told_which_one_to_put(tmp_path: Path, text: str) -> None:
    path = tmp_path / "design.csv"
    path.write_text(text)
    with pytest.raises(DataError, match="holds numbers, not column names") as caught:
        read_design(path)
    assert "version,task,item_1,item_2" in str(caught.value)


def test_our_own_names_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "design.csv"
    path.write_text("task,block,item_1,item_2\n1,7,a,b\n")
    assert read_design(path).design.versions == (((0, 1),),)
    path.write_text("task,item_1,Item1\n1,a,b\n")
    with pytest.raises(DataError, match="'Item1' would not be read as items"):
        read_design(path)

"""The holdout table: what it marks, and what it is refused for."""

import numpy as np
import pytest

from commonground.files.holdout import read_holdout
from commonground.records.choices import ChoiceData
from commonground.records.errors import DataError

DATA = ChoiceData.from_rows(
    ("a", "b", "c"),
    ("Ann, the first", "Bo"),
    respondent=[0, 0, 1, 1],
    task=[1, 2, 1, 2],
    shown=[[0, 1, 2]] * 4,
    best=[0, 1, 2, -1],
    worst=[1, 2, 0, -1],
)


@pytest.fixture
def table(tmp_path):
    def write(text: str):
        path = tmp_path / "holdout.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_it_marks_the_rows_of_the_data_whatever_its_own_order(table):
    found = read_holdout(table('task,holdout,respondent\n1,0,Bo\n2,1,"Ann, the first"\n2,,Bo\n'), DATA)
    assert found.rows.tolist() == [False, True, False, False]
    assert len(found.hash) == 64
    assert not found.messages


def test_people_who_are_not_in_the_data_are_passed_over_and_said(table):
    found = read_holdout(table("respondent,task,holdout\nBo,1,1\nCy,1,1\n"), DATA)
    assert np.flatnonzero(found.rows).tolist() == [2]
    assert "1 row of respondents not in the data passed over." in found.messages[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("respondent,task\nBo,1\n", "the column 'holdout' is missing"),
        ("respondent,task,holdout\nBo,7,1\n", "row 2, column task: respondent 'Bo' has no task '7' in the data."),
        ("respondent,task,holdout\nBo,one,1\n", "has no task 'one'"),
        ("respondent,task,holdout\nBo,1,1\nBo,1,1\n", "row 3, column task: this task stands in row 2 already."),
        ("respondent,task,holdout\nBo,1,maybe\n", "row 2, column holdout: 'maybe' is neither 1 nor 0."),
        ("respondent,task,holdout\nBo,2,1\n", "leaves no answered task out"),
        ("respondent,task,holdout\nBo,1,1\n" + '"Ann, the first",1,1\n"Ann, the first",2,1\n', "no answer to learn"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, words, table):
    with pytest.raises(DataError) as refused:
        read_holdout(table(text), DATA)
    assert words in str(refused.value)

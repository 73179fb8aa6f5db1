"""Answers about mattering from files: read with care, refused with the row and the remedy."""

import numpy as np
import pytest

from commonground.files.anchors import read_anchors
from commonground.files.choices import choices_csv, read_choices
from commonground.records.choices import ChoiceData
from commonground.records.errors import DataError

CHOICES = "respondent,task,item_1,item_2,item_3,best,worst,anchor\n"


@pytest.fixture
def data():
    return ChoiceData.from_rows(
        ("goal", "plan"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1], shown=[[0, 1]] * 2, best=[0, 1], worst=[1, 0]
    )


def written(folder, text):
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_direct_question_is_read(tmp_path, data):
    path = written(tmp_path, "respondent,item,matters\nBo,plan,Yes\nBo,goal,0\nAnn,goal,\n")
    anchors = read_anchors(path, data).anchors
    assert anchors.respondent.tolist() == [1, 1]
    assert anchors.shown.tolist() == [[1], [0]]
    assert anchors.answer.tolist() == [2, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("respondent,item\nAnn,goal\n", "the column 'matters' is missing"),
        ("respondent,item,matters\nAna,goal,yes\n", "row 2, column respondent: 'Ana' has no row"),
        ("respondent,item,matters\nAnn,goul,yes\n", "Is it 'goal'?"),
        ("respondent,item,matters\nAnn,goal,perhaps\n", "'perhaps' is neither yes nor no"),
        ("respondent,item,matters\nAnn,goal,yes\nAnn,goal,no\n", "already (row 2)"),
    ],
)
def test_mistakes_are_named_with_their_row(tmp_path, data, text, said):
    with pytest.raises(DataError, match=said.replace("(", r"\(").replace(")", r"\)").replace("?", r"\?")):
        read_anchors(written(tmp_path, text), data)


def test_rows_of_people_who_are_not_looked_at_are_passed_over_where_that_was_asked_for(tmp_path, data):
    path = written(tmp_path, "respondent,item,matters\nCy,goal,yes\nAnn,goal,yes\n")
    found = read_anchors(path, data, strict=False)
    assert found.anchors.respondent.tolist() == [0]
    assert "1 row of respondents" in found.messages[0]


def test_the_dual_response_is_read_and_written_back(tmp_path):
    path = written(tmp_path, CHOICES + "Ann,1,a,b,c,a,b,All\nAnn,2,a,b,c,a,b,\nBo,1,a,b,c,c,b,some\n")
    data = read_choices(path).data
    assert data.anchor.tolist() == [2, -1, 1]
    assert "anchor" not in data.covariates
    assert data.keep(np.array([False, True])).anchor.tolist() == [1]
    assert read_choices(written(tmp_path, choices_csv(data))).data.anchor.tolist() == [2, -1, 1]


def test_another_word_in_it_is_a_mistake(tmp_path):
    path = written(tmp_path, CHOICES + "Ann,1,a,b,c,a,b,all\nAnn,2,a,b,c,a,b,most\n")
    with pytest.raises(DataError, match="row 3, column anchor: 'most' is no answer"):
        read_choices(path)


def test_a_column_of_that_name_with_other_words_describes_respondents(tmp_path):
    data = read_choices(written(tmp_path, CHOICES + "Ann,1,a,b,c,a,b,harbour\n")).data
    assert data.anchor is None
    assert data.covariates["anchor"] == ("harbour",)

"""Choice, count and respondents tables that are data frames already."""

import polars as pl
import pytest

import commonground as cg
from commonground.records.choices import MISSING

pandas = pytest.importorskip("pandas", reason="pandas is one of the two frames; the tests' lock brings it")

COLUMNS = {
    "respondent": ["Ann", "Ann", "Bo"],
    "task": [1, 2, 1],
    "item_1": ["goal", "pay", "goal"],
    "item_2": ["pay", "trust", "trust"],
    "best": ["goal", "trust", None],
    "worst": ["pay", "pay", None],
    "group": ["nurse", "nurse", "parent"],
}
FRAMES = {"polars": pl.DataFrame, "pandas": pandas.DataFrame}


@pytest.fixture(params=FRAMES)
def frame(request):
    """What makes a frame of columns."""
    return FRAMES[request.param]


def test_a_frame_reads_like_the_same_table_in_a_file(frame, tmp_path) -> None:
    path = tmp_path / "choices.csv"
    pl.DataFrame(COLUMNS).write_csv(path)
    held, filed = cg.read_choices(frame(COLUMNS)), cg.read_choices(path)
    assert (held.items, held.respondents, held.covariates) == (filed.items, filed.respondents, filed.covariates)
    assert (held.best == filed.best).all()
    assert held.best.tolist() == [0, 2, MISSING]
    assert cg.count(held).groups == cg.count(filed).groups


def test_respondents_may_be_a_frame_as_well(frame) -> None:
    people = frame({"respondent": ["Bo", "Ann"], "age": [41, None]})
    found = cg.read_choices(frame(COLUMNS), respondents=people, only=["group=nurse"])
    assert (found.respondents, dict(found.covariates)["age"]) == (("Ann",), (None,))
    assert cg.read_respondents(people).values("age") == ("41", None)


def test_numbers_with_empty_cells_stay_whole_numbers(frame) -> None:
    numbers = {
        "item_1": [7.0, 8.0, 7.0],
        "best": [7, 8, None],
        "worst": ["pay", "trust", None],
        "seconds": [3.5, None, 2],
    }
    found = cg.read_choices(frame({**COLUMNS, **numbers}))
    assert found.items == ("7", "8", "pay", "trust")
    assert found.seconds[0] == 3.5


def test_counts_may_be_a_frame(frame) -> None:
    table = {"item": ["goal", "pay"], "best": [3, 1], "worst": [0, 4]}
    assert cg.read_counts(frame(table)).items == ("goal", "pay")
    with pytest.raises(cg.CommonGroundError, match="the data frame holds counts, not choices"):
        cg.read_choices(frame(table))


def test_mistakes_name_the_row_as_frames_count_them(frame) -> None:
    with pytest.raises(cg.CommonGroundError, match="the data frame, row 1, column best: 'goal' is not among"):
        cg.read_choices(frame({**COLUMNS, "best": ["goal", "goal", None]}))
    with pytest.raises(cg.CommonGroundError, match="the data frame: the column 'worst' is missing"):
        cg.read_choices(frame({name: cells for name, cells in COLUMNS.items() if name != "worst"}))
    with pytest.warns(cg.DataWarning) as said:
        cg.read_choices(frame({**COLUMNS, "best": ["goal", "goal", None]}), drop_invalid=True)
    assert "row 1 left out" in str(said[-1].message)


def test_columns_of_one_name_are_refused() -> None:
    twice = pandas.DataFrame([[1, 2]], columns=["task", "task"])
    with pytest.raises(cg.CommonGroundError, match="'task' stands above two columns"):
        cg.read_choices(twice)


def test_an_arrow_table_is_a_frame_too() -> None:
    class Arrow:
        columns = ()

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pl.DataFrame(COLUMNS).__arrow_c_stream__(requested_schema)

    assert cg.read_choices(Arrow()).respondents == ("Ann", "Bo")


def test_what_is_no_table_is_said() -> None:
    with pytest.raises(cg.CommonGroundError, match="list is no table that can be read"):
        cg.read_choices([1, 2])  # type: ignore[arg-type] # what a person may try

"""Results print as tables, show in notebooks as ones a screen reader can walk, and become data frames."""

import sys
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest

from commonground.records.errors import MissingLibraryError, RequestError
from commonground.records.sheet import MOST_ROWS, Column, Sheet, cells
from commonground.records.tabular import Tabular

COLUMNS = (Column("group", "group"), Column("item", "item"), Column("mean", "mean", digits=1, signed=True))
ROWS = (
    {"group": "A", "item": "goal", "mean": 1.25, "n": 3},
    {"group": "A", "item": "<trust>", "mean": -0.05, "n": 4},
    {"group": "B", "item": "goal", "mean": None, "n": 0},
)


@dataclass(frozen=True, slots=True, repr=False)
class Means(Tabular):
    """A result of two tables."""

    rows: tuple[dict[str, object], ...]

    def sheets(self) -> tuple[Sheet, ...]:
        whole = Sheet("whole", "The whole", (Column("people", "people"),), ({"people": 7},))
        return (Sheet("means", "Means of items", COLUMNS, self.rows, ("Of seven people.",)), whole)


def test_it_prints_as_a_table_with_what_must_be_known() -> None:
    assert str(Means(ROWS)).splitlines() == [
        "Means of items",
        "group  item     mean",
        "────────────────────",
        "A      goal     +1.3",
        "       <trust>  −0.1",
        "B      goal        –",
        "Of seven people.",
        'More tables: sheet("whole").',
    ]


def test_its_repr_is_one_line() -> None:
    assert repr(Means(ROWS)) == "<Means: means of items>"
    assert repr(Means(ROWS).sheet("whole")) == "<Sheet whole: 1 rows>"


def test_a_long_table_is_shown_by_its_first_rows() -> None:
    rows = tuple({"group": "A", "item": str(place), "mean": 0.0} for place in range(MOST_ROWS + 1))
    assert "… and 41 rows more" in str(Means(rows))
    assert len(Means(rows).to_dicts()) == MOST_ROWS + 1


def test_a_table_without_rows_is_still_one() -> None:
    assert "mean" in str(Means(()))
    assert Means(()).to_polars().columns == ["group", "item", "mean"]
    assert "<tbody>" not in Means(()).sheet().to_html()


class Headings(HTMLParser):
    """What a screen reader would be told of a table's cells."""

    def __init__(self) -> None:
        super().__init__()
        self.scopes: list[str | None] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))


def test_a_notebook_shows_it_as_a_table_that_can_be_walked() -> None:
    html = Means(ROWS)._repr_html_()
    headings = Headings()
    headings.feed(html)
    assert headings.opened.index("caption") == headings.opened.index("table") + 1
    assert headings.scopes == ["col"] * 3 + ["rowgroup", "row", "row", "rowgroup", "row"]
    assert "&lt;trust&gt;" in html
    assert "<trust>" not in html
    assert "<script" not in html


def test_frames_hold_every_value_unrounded() -> None:
    polars = Means(ROWS).to_polars()
    assert polars.columns == ["group", "item", "mean", "n"]
    assert polars["mean"].to_list() == [1.25, -0.05, None]
    pandas = Means(ROWS).to_pandas()
    assert list(pandas.columns) == polars.columns
    assert pandas["mean"].isna().tolist() == [False, False, True]
    assert Means(ROWS).to_polars("whole").rows() == [(7,)]


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)  # makes `import pandas` fail as where it is not installed
    with pytest.raises(MissingLibraryError, match="pip install pandas"):
        Means(ROWS).to_pandas()


def test_a_table_that_is_not_there_is_named_beside_those_that_are() -> None:
    with pytest.raises(RequestError, match="means, whole"):
        Means(ROWS).to_polars("pairs")


def test_an_unknown_interval_still_has_both_ends() -> None:
    @dataclass
    class Estimate:
        interval: tuple[float, float] | None
        parts: tuple[str, ...] = ("left out",)

    assert cells(Estimate(None)) == {"low": None, "high": None}
    assert cells(Estimate((1.0, 2.0))) == {"low": 1.0, "high": 2.0}

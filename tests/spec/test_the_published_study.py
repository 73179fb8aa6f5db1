"""The page `docs/explanations/the-published-study.md` is a specification: every cell of its tables is recomputed.

The tables are read from the page itself, so the manual cannot say anything that the program does not do.
"""

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Added, Counts, count
from commonground.published.cells import CellVerdict
from commonground.published.replicate import replicate
from commonground.records.choices import CountTable
from commonground.records.rounding import half_up

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanations" / "the-published-study.md"
PEOPLE = {"HP": 64, "R": 32, "P": 31}
HEADINGS = {
    "HP": "Table 4: health professionals",
    "R": "Table 5: researchers",
    "P": "Table 6: patient and caregiver partners",
}
ITEMS = ("open", "goal", "res", "fit", "exp", "lead", "net", "plan", "know", "champ", "comm")


@cache
def rows_under(heading: str) -> tuple[dict[str, str], ...]:
    """The table under a heading of the page, as records; numbers with a plain minus, code marks removed."""
    text = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    header, _, *body = cells
    return tuple(dict(zip(header, [_plain(cell) for cell in row], strict=True)) for row in body)


def _plain(cell: str) -> str:
    return re.sub(r"^−", "-", cell.replace("`", "").replace(" ⇄", ""))


def printed(group: str) -> dict[str, dict[str, str]]:
    return {row["item"]: row for row in rows_under(HEADINGS[group])}


@cache
def table_on_the_page() -> CountTable:
    numbers = {
        column: np.array([[float(printed(group)[item][column]) for item in ITEMS] for group in PEOPLE])
        for column in ("M", "L")
    }
    return CountTable(ITEMS, tuple(PEOPLE), numbers["M"], numbers["L"], respondents=tuple(PEOPLE.values()))


@cache
def counted() -> Counts:
    return count(table_on_the_page(), by="group", added=Added(0.1, "R"))


@cache
def compared() -> Comparison:
    return compare(table_on_the_page(), by="group", added=Added(0.1, "R"))


@pytest.mark.parametrize("group", PEOPLE)
@pytest.mark.parametrize("item", ITEMS)
def test_a_row_of_tables_4_to_6(group: str, item: str) -> None:
    row, ours = printed(group)[item], counted().group(group).item(item)
    assert int(row["M − L"]) == ours.best_minus_worst
    assert row["√(M/L)"] == str(half_up(ours.sqrt_ratio or 0, 2))
    assert row["ln √(M/L)"] == str(half_up(ours.log_ratio or 0, 2))
    assert row["rescaled"] == str(half_up(ours.rescaled if ours.rescaled is not None else -1, 2))
    assert row["per person"] == str(half_up(ours.best_minus_worst / PEOPLE[group], 2))
    assert (int(row["rank by M − L"]), int(row["rank by ratio"])) == (ours.rank, ours.rank_by_ratio)


@pytest.mark.parametrize("group", PEOPLE)
def test_rows_stand_in_the_order_of_the_study(group: str) -> None:
    """Table 4 goes by the difference, Tables 5 and 6 by the rescaled score."""
    column = "rank by M − L" if group == "HP" else "rank by ratio"
    assert [int(row[column]) for row in printed(group).values()] == list(range(1, 12))


@pytest.mark.parametrize("group", PEOPLE)
@pytest.mark.parametrize("column", ["M", "L"])
def test_eleven_tasks_count_and_the_repeated_one_does_not(group: str, column: str) -> None:
    assert sum(int(row[column]) for row in printed(group).values()) == PEOPLE[group] * 11


@pytest.mark.parametrize("item", ITEMS)
def test_a_row_of_figure_5(item: str) -> None:
    row = next(row for row in rows_under("Fig. 5: classes") if row["item"] == item)
    ours = compared().item(item)
    assert [row[group] for group in PEOPLE] == [str(half_up(ours.rescaled[group] or 0, 2)) for group in PEOPLE]
    assert row["published"] == row["rule"] == ours.class_
    assert row["apart"] == (", ".join(ours.apart) or "–")
    assert row["strict pairs"] == (", ".join("–".join(pair) for pair in ours.strict_pairs) or "none")


def test_the_strict_rule_agrees_on_ten_of_eleven() -> None:
    """A class implies which pairs differ: none, those with the group apart, or all."""
    agree = []
    for row in rows_under("Fig. 5: classes"):
        apart = row["apart"].split(", ")
        implied = [f"{a}–{b}" for a, b in combinations(PEOPLE, 2) if a in apart or b in apart]
        agree.append(row["strict pairs"] == (", ".join(implied) or "none"))
    assert sum(agree) == 10
    res = compared().item("res").rescaled
    assert (res["HP"] or 0) - (res["P"] or 0) == pytest.approx(0.1958, abs=5e-5)


def test_every_contradiction_on_the_page_is_found_and_no_other() -> None:
    found = [cell for cell in replicate() if cell.verdict is CellVerdict.INCONSISTENT]
    listed = rows_under("Where the publication contradicts itself")
    assert [(row["check"], row["why"]) for row in listed] == [(cell.check, _plain(cell.why)) for cell in found]


def test_nothing_differs() -> None:
    assert [cell for cell in replicate() if cell.verdict is CellVerdict.DIFFERS] == []

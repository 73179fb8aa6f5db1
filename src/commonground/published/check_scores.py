"""Tables 4 to 6 and Figures 4 and 5 of the published study, recomputed from its counts."""

from collections.abc import Iterable

from commonground.analysis.classify import Pair
from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Counts, GroupCounts, ItemCount, count
from commonground.analysis.patterns import directions
from commonground.published.cells import Cell, Contradiction, fact_cell, number_cell
from commonground.published.conduct import DESIGN
from commonground.published.tables import (
    ADDED,
    APPEARANCES,
    BOTTOM_THREE,
    CLASSES_AS_PUBLISHED,
    GROUP_SIZES,
    ITEMS,
    PRINTED_ORDER,
    TABLE_NUMBERS,
    TABLES,
    THRESHOLD,
    TOP_THREE,
    count_table,
)

RES_IS_SIMILAR = Contradiction(
    "R–P",
    "HP–P is 0.196 (0.19 from the printed scores), below the 0.2 the study states; only R–P reaches it.",
)


def recount() -> Counts:
    """The published counts with the study's own constant."""
    return count(count_table(), by="group", added=ADDED)


def recompare() -> Comparison:
    """The published comparison: the study's constant and threshold."""
    return compare(count_table(), by="group", added=ADDED, threshold=THRESHOLD)


def table_cells(counts: Counts) -> tuple[Cell, ...]:
    """Tables 4, 5 and 6: every derived cell, the order of the rows, and the sums the design demands."""
    return tuple(
        cell
        for group in counts.groups
        for cells in (_derived_cells(group), _order_cells(group), _sum_cells(group))
        for cell in cells
    )


def _derived_cells(group: GroupCounts) -> list[Cell]:
    return [cell for item in group.items for cell in _item_cells(group.group, item)]


def _item_cells(group: str, item: ItemCount) -> list[Cell]:
    printed, table = TABLES[group][item.item], f"Table {TABLE_NUMBERS[group]}"
    derived = {
        "√(M/L)": (printed.square_root, item.sqrt_ratio),
        "ln √(M/L)": (printed.logarithm, item.log_ratio),
        "rescaled": (printed.rescaled, item.rescaled),
    }
    place = (table, group, item.item)
    return [
        *_count_cells(place, item),
        fact_cell((*place, "M − L"), printed.difference, int(item.best_minus_worst)),
        *(number_cell((*place, column), text, _there(value)) for column, (text, value) in derived.items()),
    ]


def _count_cells(place: tuple[str, str, str], item: ItemCount) -> list[Cell]:
    """The counts are what goes in; the researchers' were printed with the constant on them (X-11)."""
    printed = TABLES[place[1]][item.item]
    if place[1] != ADDED.to:
        return [
            fact_cell((*place, "M"), printed.most, int(item.best)),
            fact_cell((*place, "L"), printed.least, int(item.worst)),
        ]
    return [
        number_cell((*place, "M"), f"{printed.most}.10", item.best + ADDED.constant, check="X-11"),
        number_cell((*place, "L"), f"{printed.least}.10", item.worst + ADDED.constant, check="X-11"),
    ]


def _there(value: float | None) -> float:
    """The value, which the published counts with their constant always have."""
    if value is None:
        raise AssertionError("a published ratio is not defined")
    return value


def _order_cells(group: GroupCounts) -> list[Cell]:
    """Table 4 is sorted by the difference, Tables 5 and 6 by the rescaled score (X-6)."""
    by_difference = group.group == "HP"
    ranked = {item.item: item.rank if by_difference else item.rank_by_ratio for item in group.items}
    table = f"Table {TABLE_NUMBERS[group.group]}"
    column = "row, by M − L" if by_difference else "row, by rescaled"
    return [
        fact_cell((table, group.group, item, column), row, ranked[item] or 0, check="X-6")
        for row, item in enumerate(PRINTED_ORDER[group.group], start=1)
    ]


def _sum_cells(group: GroupCounts) -> list[Cell]:
    """Each of a group's people picks one most and one least in each of the eleven tasks (X-3)."""
    place = (f"Table {TABLE_NUMBERS[group.group]}", group.group, "")
    people = GROUP_SIZES[group.group]
    picks, limit = people * DESIGN.tasks, people * APPEARANCES
    sums = {
        "sum of M = people × tasks": (picks, int(sum(item.best for item in group.items))),
        "sum of L = people × tasks": (picks, int(sum(item.worst for item in group.items))),
        "items picked more often than shown": (0, sum(item.best + item.worst > limit for item in group.items)),
    }
    return [fact_cell((*place, column), due, found, check="X-3") for column, (due, found) in sums.items()]


def named_extremes(counts: Counts) -> tuple[Cell, ...]:
    """The three most and least important items the text names for each group, by M − L."""
    cells: list[Cell] = []
    for group in counts.groups:
        ranked = sorted(ITEMS, key=lambda item, group=group: group.item(item).rank)
        place = (f"Text on Table {TABLE_NUMBERS[group.group]}", group.group, "")
        cells.append(fact_cell((*place, "three most important"), _list(TOP_THREE[group.group]), _list(ranked[:3])))
        named = _list(BOTTOM_THREE[group.group])
        cells.append(fact_cell((*place, "three least important"), named, _list(ranked[:-4:-1])))
    return tuple(cells)


def figure_4_cells(counts: Counts) -> tuple[Cell, ...]:
    """Fig. 4: its bars are the differences of the tables."""
    return tuple(
        fact_cell(
            ("Fig. 4", group.group, item.item, "M − L"),
            TABLES[group.group][item.item].difference,
            int(item.best_minus_worst),
        )
        for group in counts.groups
        for item in group.items
    )


def figure_5_cells(comparison: Comparison) -> tuple[Cell, ...]:
    """Fig. 5: the class of each item, the groups set apart, and the same by the strict rule (X-4)."""
    cells: list[Cell] = []
    for item, published in CLASSES_AS_PUBLISHED.items():
        found = comparison.item(item)
        place = ("Fig. 5", "", item)
        known = RES_IS_SIMILAR if item == "res" else None
        strict = _pairs(found.strict_pairs)
        cells += [
            fact_cell((*place, "class"), published.class_, found.class_ or "undefined"),
            fact_cell((*place, "groups apart"), _list(published.apart), _list(found.apart)),
            fact_cell((*place, "pairs 0.2 apart"), _pairs(_implied(published.apart)), strict, known=known, check="X-4"),
        ]
    return tuple(cells)


def direction_cells(comparison: Comparison) -> tuple[Cell, ...]:
    """The items on which all groups differ: researchers above health professionals above partners."""
    return tuple(
        fact_cell(("Fig. 5", "", one.item, "order of the groups"), "R > HP > P", " > ".join(one.order))
        for one in directions(comparison)
        if one.class_ == "all_differ"
    )


def _implied(apart: tuple[str, ...]) -> tuple[Pair, ...]:
    """The pairs that differ when these groups stand apart from all others."""
    groups = list(GROUP_SIZES)
    return tuple((a, b) for place, a in enumerate(groups) for b in groups[place + 1 :] if a in apart or b in apart)


def _pairs(pairs: tuple[Pair, ...]) -> str:
    return _list(f"{a}–{b}" for a, b in pairs)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"

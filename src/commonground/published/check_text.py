"""What the published study says in words, held against its own numbers."""

from collections.abc import Iterable, Mapping

from commonground.analysis.classify import ONE_DIFFERS
from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Added, Counts, GroupCounts
from commonground.analysis.patterns import consistent, difference_counts
from commonground.published.cells import Cell, Contradiction, fact_cell
from commonground.published.characteristics import BLOCKS
from commonground.published.tables import (
    CLASSES_AS_PUBLISHED,
    CONSISTENTLY_LESS,
    CONSISTENTLY_MORE,
    GROUP_SIZES,
    ITEMS,
    PRAGMATIC_FAMILY,
    RELATIONSHIP_FAMILY,
    count_table,
)
from commonground.records.rounding import percent


def list_cells(counts: Counts) -> tuple[Cell, ...]:
    """The items called consistently more and less important, by difference and by ratio (X-7)."""
    found = consistent(counts)
    by_ratio = [item for item in ITEMS if all((group.item(item).rank_by_ratio or 99) <= 5 for group in counts.groups)]
    drops = Contradiction(
        _in_order(item for item in CONSISTENTLY_MORE if item != "exp"),
        "By ratio `exp` is only sixth among the researchers, so the list depends on the method.",
    )
    more = _in_order(CONSISTENTLY_MORE)
    place = ("Text on all groups", "", "")
    return (
        fact_cell((*place, "in every group's first five by M − L"), more, _in_order(found.more), check="X-7"),
        fact_cell((*place, "in every group's last five by M − L"), _in_order(CONSISTENTLY_LESS), _in_order(found.less)),
        fact_cell(
            (*place, "in every group's first five by ratio"), more, _in_order(by_ratio), known=drops, check="X-7"
        ),
    )


def method_cells(counts: Counts) -> tuple[Cell, ...]:
    """Whether the three most and least important items are the same by ratio as by difference, as stated (X-5)."""
    changes = {
        ("R", "most"): Contradiction(_in_order(("fit", "goal", "open")), "`res` falls from second to fourth place."),
        ("HP", "least"): Contradiction(_in_order(("comm", "plan", "know")), "`plan` takes the place of `champ`."),
    }
    return tuple(
        fact_cell(
            ("Text on all groups", group.group, "", f"three {end} important, by M − L and by ratio"),
            _in_order(_extreme(_ranks(group), end)),
            _in_order(_extreme(_ranks_by_ratio(group), end)),
            known=changes.get((group.group, end)),
            check="X-5",
        )
        for group in counts.groups
        for end in ("most", "least")
    )


def _ranks(group: GroupCounts) -> dict[str, int]:
    return {item.item: item.rank for item in group.items}


def _ranks_by_ratio(group: GroupCounts) -> dict[str, int]:
    return {item.item: item.rank_by_ratio or 0 for item in group.items}


def _extreme(ranks: Mapping[str, int], end: str) -> list[str]:
    return sorted(ranks, key=lambda item: ranks[item], reverse=end == "least")[:3]


def rank_cells(counts: Counts) -> tuple[Cell, ...]:
    """`lead`, said to be generally more important (X-8), and the two families of items (X-18)."""
    below = Contradiction(
        "less important", "Researchers chose it 24 times more often as least than as most: seventh of eleven."
    )
    leads = tuple(
        fact_cell(
            ("Text on Fig. 5", group.group, "lead", "sign of M − L"),
            "more important",
            "more important" if group.item("lead").best_minus_worst > 0 else "less important",
            known=below if group.group == "R" else None,
            check="X-8",
        )
        for group in counts.groups
    )
    return leads + tuple(cell for group in counts.groups for cell in _family_cells(group))


def _family_cells(group: GroupCounts) -> list[Cell]:
    ranks = _ranks(group)
    first = max(ranks[item] for item in RELATIONSHIP_FAMILY) <= 5
    last = min(ranks[item] for item in PRAGMATIC_FAMILY) >= 8
    place = ("Text on all groups", group.group, "")
    return [
        fact_cell((*place, "open, goal, exp all in the first five"), "yes", "yes" if first else "no", check="X-18"),
        fact_cell((*place, "comm, plan, know all in the last four"), "yes", "yes" if last else "no", check="X-18"),
    ]


def difference_cells(comparison: Comparison) -> tuple[Cell, ...]:
    """Health professionals differ least from the others and partners most, by pairs at least 0.2 apart."""
    groups = difference_counts(comparison).groups
    place = ("Text on all groups", "", "")
    return (
        fact_cell((*place, "differs least"), "HP", min(groups, key=lambda group: groups[group])),
        fact_cell((*place, "differs most"), "P", max(groups, key=lambda group: groups[group])),
    )


def scale_cells(counts: Counts) -> tuple[Cell, ...]:
    """What min–max rescaling hides (X-9) and the constant stretches (X-10), by scores per person."""
    hidden = Contradiction(
        "goal < open",
        "Per person `open` spreads over 1.6 points and `goal` over 1.0, but each group's top item is pinned to 1.",
    )
    stretched = Contradiction(
        "HP > R",
        "Per person researchers score −1.5 and health professionals −1.4; the added 0.1 stretches their scale.",
    )
    know = {group: score for group, score in _per_person(counts, "know").items() if group != "P"}
    spreads = {item: _spread(counts, item) for item in ("open", "goal")}
    return (
        fact_cell(
            ("Text on Fig. 5", "", "open, goal", "which is more alike, per person"),
            "open < goal",
            " < ".join(sorted(spreads, key=lambda item: spreads[item])),
            known=hidden,
            check="X-9",
        ),
        fact_cell(
            ("Text on Fig. 5", "", "know", "who gives more importance, per person"),
            "R > HP",
            " > ".join(sorted(know, key=lambda group: -know[group])),
            known=stretched,
            check="X-10",
        ),
        *_constant_cells(),
    )


def _constant_cells() -> tuple[Cell, ...]:
    """With 0.5 added to every group instead of 0.1 to one, one class is another."""
    compared = compare(count_table(), by="group", added=Added(0.5))
    known = Contradiction(ONE_DIFFERS, "With 0.5 added to every group, HP and R are only 0.14 apart.")
    return tuple(
        fact_cell(
            ("Fig. 5, with 0.5 added to every group", "", item, "class"),
            published.class_,
            compared.item(item).class_ or "undefined",
            known=known if item == "know" else None,
            check="X-10",
        )
        for item, published in CLASSES_AS_PUBLISHED.items()
    )


def _per_person(counts: Counts, item: str) -> dict[str, float]:
    return {group.group: group.item(item).best_minus_worst / GROUP_SIZES[group.group] for group in counts.groups}


def _spread(counts: Counts, item: str) -> float:
    scores = _per_person(counts, item).values()
    return max(scores) - min(scores)


def majority_cells() -> tuple[Cell, ...]:
    """Whether it is more than half where the text says "most" or "predominantly" (X-13, X-14)."""
    return (
        _majority("Gender", "Cisgender woman", tuple(GROUP_SIZES), ""),
        _majority("Race", "White", tuple(GROUP_SIZES), ""),
        _majority("Highest level of education", "PhD degree", tuple(GROUP_SIZES), "X-13"),
        _majority("Level of KM experience", "Expert", ("HP",), "X-14"),
        _majority("Level of KM experience", "Advanced", ("R",), "X-14"),
        _majority("Level of KM experience", "Competent", ("P",), "X-14"),
    )


def _majority(question: str, label: str, groups: tuple[str, ...], check: str) -> Cell:
    block = BLOCKS[question]
    row = next(row for row in block.rows if row.label == label)
    people = sum(row.people[block.groups.index(group)] for group in groups)
    everybody = sum(GROUP_SIZES[group] for group in groups)
    share = f"{people} of {everybody} are {percent(people, everybody)} %: the largest part, not most."
    return fact_cell(
        ("Text on Tables 2 and 3", groups[0] if len(groups) == 1 else "", f"{question}: {label}", "more than half"),
        "yes",
        "yes" if 2 * people > everybody else "no",
        known=Contradiction("no", share) if check else None,
        check=check,
    )


def _in_order(items: Iterable[str]) -> str:
    """Items as one text, in the order of the published item list, so that sets compare as text."""
    wanted = set(items)
    return ", ".join(item for item in ITEMS if item in wanted)

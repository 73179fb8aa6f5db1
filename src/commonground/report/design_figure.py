"""The figure of a design: which items stand together, and how often."""

from collections.abc import Sequence

import numpy as np

from commonground.records.choices import IntArray
from commonground.records.design import Design
from commonground.records.errors import SettingError
from commonground.records.sheet import Column, Record
from commonground.report.names import NO_NAMES, Names
from commonground.report.parts import Figure
from commonground.report.result_specs import pair_counts
from commonground.report.wording import counted


def co_appearances_figure(design: Design, items: Sequence[str] = (), names: Names = NO_NAMES) -> Figure:
    """How often every two items stand together in a task, over all versions; on the diagonal, times shown.

    Raises
    ------
    SettingError
        If there are not as many names as items.
    """
    ids = tuple(items) or tuple(f"{number}" for number in range(1, design.items + 1))
    if len(ids) != design.items:
        raise SettingError(f"The design has {design.items} items, but {len(ids)} names were given.")
    together = _together(design)
    pairs, shown = together[np.triu_indices(design.items, 1)], np.diag(together)
    wide, narrow = pair_counts({item: names.item(item) for item in ids}, least=int(pairs.min()), most=int(pairs.max()))
    versions = f"{len(design.versions)} versions of " if len(design.versions) > 1 else ""
    return Figure(
        id="co-appearances",
        title=f"Every pair of items stands together {_times(pairs)}",
        subtitle=f"{design.items} items, {versions}{design.tasks} tasks of {design.per_task}. "
        "On the diagonal: how often an item is shown.",
        alt=f"A square of {design.items} by {design.items} items. Pairs stand together {_times(pairs)}; "
        f"an item is shown {_times(shown)}.",
        spec=wide,
        narrow=narrow,
        rows=tuple(_rows(ids, together)),
        columns=(Column("first", "Item"), Column("second", "With"), Column("times", "Times")),
        notes=design.notes,
    )


def _together(design: Design) -> IntArray:
    """(items, items): tasks that show both; on the diagonal, tasks that show the item."""
    counts = np.zeros((design.items, design.items), dtype=np.int64)
    for version in design.versions:
        for task in version:
            counts[np.ix_(task, task)] += 1
    return counts


def _rows(ids: Sequence[str], together: IntArray) -> list[Record]:
    return [
        {"first": one, "second": other, "times": int(together[row, column]), "same": "yes" if row == column else "no"}
        for row, one in enumerate(ids)
        for column, other in enumerate(ids)
    ]


def _times(counts: IntArray) -> str:
    least, most = int(counts.min()), int(counts.max())
    return counted(most, "time") if least == most else f"{least} to {counted(most, 'time')}"

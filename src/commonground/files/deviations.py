"""The table of departures from a plan: written by the site, read by the report."""

from pathlib import Path

import polars as pl

from commonground.files.cells import Cells, read_cells
from commonground.files.choices import frame_csv
from commonground.records.deviations import DataSeen, Deviation, PlanPart
from commonground.records.errors import DataError, Problem

COLUMNS = ("number", "made_on", "part", "changed", "reason", "data_seen", "made_by")
_NEEDED = ("made_on", "part", "changed", "reason", "data_seen")


def deviations_csv(deviations: tuple[Deviation, ...]) -> str:
    """The table as text, a row an entry."""
    rows = [{name: str(getattr(one, name)) for name in COLUMNS} for one in deviations]
    return frame_csv(pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)))


def read_deviations(path: Path) -> tuple[Deviation, ...]:
    """Read `made_on, part, changed, reason, data_seen` and optional `number, made_by`.

    Raises
    ------
    DataError
        If a column is missing, or a part or what was seen is none there is; names the row.
    """
    cells = read_cells(path)
    missing = [name for name in _NEEDED if name not in cells.columns]
    if missing:
        mend = f"A table of departures has the columns {', '.join(COLUMNS)}."
        raise DataError([Problem(f"the column '{missing[0]}' is missing.", f"{cells.name}, row 1", mend)])
    problems = [
        Problem(f"'{value}' is none of {', '.join(kind)}.", cells.place(row, name), "Write one of them.")
        for name, kind in (("part", PlanPart), ("data_seen", DataSeen))
        for row, value in enumerate(cells.frame[name])
        if value not in set(kind)
    ]
    if problems:
        raise DataError(problems)
    return tuple(_entry(cells, row) for row in range(cells.rows.size))


def _entry(cells: Cells, row: int) -> Deviation:
    said = {name: str(cells.frame[name][row]) if name in cells.columns else "" for name in COLUMNS}
    return Deviation(
        number=int(said["number"]) if said["number"].isdecimal() else row + 1,
        made_on=said["made_on"],
        part=PlanPart(said["part"]),
        changed=said["changed"],
        reason=said["reason"],
        data_seen=DataSeen(said["data_seen"]),
        made_by=said["made_by"],
    )

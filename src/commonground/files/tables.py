"""Any table with answers: a choice table or a count table, told apart by its columns."""

from commonground.files.cells import Table, read_cells
from commonground.files.choices import ChoiceFile, check_choices
from commonground.files.counts import CountFile, check_counts, is_count_table


def read_table(table: Table, *, drop_invalid: bool = False, narrow: bool = False) -> ChoiceFile | CountFile:
    """Read a choice table or a count table (`item, best, worst`), whichever it is.

    Parameters
    ----------
    table : Path or data frame
    drop_invalid : bool
        Leave invalid rows of a choice table out. A count table is taken whole or not at all.
    narrow : bool
        See `read_choices`.

    Raises
    ------
    DataError
        If the table cannot be read or has mistakes.
    """
    cells = read_cells(table, drop_ragged=True, coded=True)
    if is_count_table(cells):
        return check_counts(read_cells(table) if cells.dropped else cells.as_text())
    return check_choices(cells, drop_invalid=drop_invalid, narrow=narrow)

"""The whole published study recomputed, cell by cell."""

from commonground.published.cells import Cell
from commonground.published.check_people import (
    characteristic_cells,
    design_cells,
    dropout_cells,
    quality_cells,
    recruitment_cells,
)
from commonground.published.check_scores import (
    direction_cells,
    figure_4_cells,
    figure_5_cells,
    named_extremes,
    recompare,
    recount,
    table_cells,
)
from commonground.published.check_text import (
    difference_cells,
    list_cells,
    majority_cells,
    method_cells,
    rank_cells,
    scale_cells,
)


def replicate() -> tuple[Cell, ...]:
    """Recompute every published number and statement that the published counts can confirm.

    Tables 2 to 6, Figures 4 and 5, recruitment, drop-out, data quality, the design's equations, and what the text says.
    Where the publication is known to contradict itself, the verdict says so, provided that exactly the known
    contradiction is found; any other disagreement is ours and differs.

    Examples
    --------
    >>> from commonground.published.cells import tally_verdicts
    >>> tally_verdicts(replicate())["differs"]
    0
    """
    counts, comparison = recount(), recompare()
    return (
        *recruitment_cells(),
        *dropout_cells(),
        *design_cells(),
        *characteristic_cells(),
        *majority_cells(),
        *table_cells(counts),
        *named_extremes(counts),
        *figure_4_cells(counts),
        *figure_5_cells(comparison),
        *direction_cells(comparison),
        *quality_cells(),
        *list_cells(counts),
        *method_cells(counts),
        *rank_cells(counts),
        *difference_cells(comparison),
        *scale_cells(counts),
    )

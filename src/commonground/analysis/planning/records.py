"""How many people a question takes, with the names the machine output carries."""

from dataclasses import dataclass

from commonground.analysis.planning.errors import ERROR_COLUMNS, ItemError
from commonground.records.sheet import Column, Sheet, cells
from commonground.records.tabular import Tabular

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SizeRow:
    """What simulated studies of one size showed.

    Parameters
    ----------
    size : int
        People in each group.
    total : int
        People in all groups.
    half_width_median, half_width_most : float or None
        Half of the 95 % interval of one item in one group: for half of the items and studies, and for 90 % of them, it
        is at most this. None where it is infinite.
    power : float or None
        Share of studies that told the groups apart; None where no difference was asked for.
    power_interval : (low, high) or None
        Within which the true share lies with 95 %, given so many simulations (Wilson).
    """

    size: int
    total: int
    half_width_median: float | None
    half_width_most: float | None
    power: float | None
    power_interval: Interval | None


@dataclass(frozen=True, slots=True)
class Recommended:
    """The number of people to ask for.

    Parameters
    ----------
    size : int
        In each group.
    total : int
    interval : (low, high)
        Sizes between which the one looked for lies with 95 %, given so many simulations.
    for_precision, for_power : int or None
        What each of the two questions takes.
    fresh : SizeRow
        What simulated studies of this size, drawn anew, showed.
    """

    size: int
    total: int
    interval: tuple[int, int]
    for_precision: int | None
    for_power: int | None
    fresh: SizeRow


_COLUMNS = (
    Column("size", "in each group"),
    Column("total", "in all"),
    Column("half_width_median", "± (half)", digits=2),
    Column("half_width_most", "± (9 of 10)", digits=2),
    Column("power", "power", digits=2),
    Column("power_low", "from", digits=2),
    Column("power_high", "to", digits=2),
)


@dataclass(frozen=True, slots=True, repr=False)
class SampleSize(Tabular):
    """How many people a question takes.

    Parameters
    ----------
    items, per_task, tasks, versions : int
        Of the design.
    spread, person_sd : float
        As assumed, logits.
    scale : str
        What precision and difference are measured in: "score" (mean best minus worst per person) or "utility" (logits).
    precision : float or None
        The half-width wanted of 95 % intervals.
    difference : float or None
        Between two groups on one item, to be told apart.
    power : float
        How often.
    groups, simulations : int
    sizes : tuple of SizeRow
    recommended : Recommended or None
        None where no size among those looked at is enough.
    errors : tuple of ItemError
        By item, at the size recommended, or else the largest looked at.
    words : tuple of str
        The answer and what it rests on, in sentences.
    messages : tuple of str
        What a reader must know before using it.
    """

    items: int
    per_task: int
    tasks: int
    versions: int
    spread: float
    person_sd: float
    scale: str
    model: str
    precision: float | None
    difference: float | None
    power: float
    groups: int
    simulations: int
    sizes: tuple[SizeRow, ...]
    recommended: Recommended | None
    errors: tuple[ItemError, ...]
    words: tuple[str, ...]
    messages: tuple[str, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `sizes`, with the answer in its notes, and `errors` by item."""
        sizes = tuple(cells(row) for row in self.sizes)
        caption = f"{self.simulations} simulated studies of each size"
        return (
            Sheet("sizes", caption, _COLUMNS, sizes, (*self.words, *self.messages)),
            Sheet("errors", "Standard errors to expect", ERROR_COLUMNS, tuple(cells(item) for item in self.errors)),
        )

"""What all results have in common: they print as a table, show in a notebook as one, and turn into data frames."""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from commonground.records.errors import RequestError
from commonground.records.sheet import Record, Sheet

if TYPE_CHECKING:
    from commonground.records.frames import PandasFrame, PolarsFrame


class Tabular(ABC):
    """A result made of one or several tables; the first is the one it shows.

    A record that derives from it is declared with `@dataclass(frozen=True, slots=True, repr=False)`, for its `repr` is
    short, and says in `sheets` which tables it is made of.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> from commonground.records.sheet import Column
    >>> @dataclass(frozen=True, slots=True, repr=False)
    ... class Means(Tabular):
    ...     means: tuple[float, ...]
    ...     def sheets(self) -> tuple[Sheet, ...]:
    ...         rows = tuple({"mean": mean} for mean in self.means)
    ...         return (Sheet("means", "Two means", (Column("mean", "mean", digits=2),), rows),)
    >>> Means((0.125, 2.0))
    <Means: two means>
    >>> print(Means((0.125, 2.0)))
    Two means
    mean
    ────
    0.13
    2.00
    >>> Means((0.125, 2.0)).to_dicts()
    [{'mean': 0.125}, {'mean': 2.0}]
    """

    __slots__ = ()

    @abstractmethod
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables this result is made of, the one to show first."""

    def sheet(self, name: str | None = None) -> Sheet:
        """One of the tables: the first, or the one of this name.

        Raises
        ------
        RequestError
            If there is no such table; the message names those there are.
        """
        sheets = self.sheets()
        if name is None:
            return sheets[0]
        for one in sheets:
            if one.name == name:
                return one
        raise RequestError(f"There is no table '{name}' here; there is {', '.join(one.name for one in sheets)}.")

    def to_dicts(self, name: str | None = None) -> list[Record]:
        """The rows of a table as dictionaries, unrounded, under the names of the machine output."""
        return self.sheet(name).to_dicts()

    def to_polars(self, name: str | None = None) -> "PolarsFrame":
        """A table as a polars frame: every value, unrounded; null where there is none."""
        return self.sheet(name).to_polars()

    def to_pandas(self, name: str | None = None) -> "PandasFrame":
        """A table as a pandas frame, for those who have pandas installed.

        Raises
        ------
        MissingLibraryError
            If pandas is not installed.
        """
        return self.sheet(name).to_pandas()

    def __str__(self) -> str:
        return str(self._first())

    def __repr__(self) -> str:
        caption = self.sheet().caption
        return f"<{type(self).__name__}: {caption[:1].lower()}{caption[1:].rstrip('.')}>"

    def _repr_html_(self) -> str:
        return self._first().to_html()

    def _first(self) -> Sheet:
        """The table to show, with the names of those that stand behind it."""
        first, *others = self.sheets()
        names = ", ".join(f'sheet("{one.name}")' for one in others if one.rows)
        return replace(first, notes=(*first.notes, f"More tables: {names}.")) if names else first

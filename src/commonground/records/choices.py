"""Choice data: who saw which items in which task, and what they picked, as integer arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MISSING = -1
"""Stands for 'no item' in `shown`, `best` and `worst`, and for 'no answer' in `anchor`."""

NONE_MATTER, SOME_MATTER, ALL_MATTER = 0, 1, 2
"""What `anchor` says of the items shown."""


@dataclass(frozen=True, slots=True)
class ChoiceData:
    """A choice table, checked and encoded. One entry of a row array is one answered task.

    Parameters
    ----------
    items : tuple of str
        Item ids; `shown`, `best` and `worst` hold indices into it.
    respondents : tuple of str
        Respondent labels, in order of first appearance; `respondent` holds indices into it.
    respondent : (n_rows,) int
    task : (n_rows,) int
        The task's number in the design, from 1.
    shown : (n_rows, k) int
        Items in shown order; a smaller task is filled up with `MISSING` on the right.
    best, worst : (n_rows,) int
        The picks, or `MISSING` where not asked or not answered.
    repeat_of : (n_rows,) int
        0, or the number of the task of which this row is the second showing: compared, never scored.
    version, shown_order : (n_rows,) int
        0 where the table does not say.
    seconds : (n_rows,) float
        Seconds on the page; NaN where the table does not say.
    weight : (n_respondents,) float
    covariates : mapping of str to tuple of (str or None)
        For each column one value a respondent.
    anchor : (n_rows,) int or None
        Dual response: whether none (0), some (1) or all (2) of the items shown matter at all, or `MISSING`; None where
        nobody was asked.
    language : tuple of (str or None), one a row, or None
        In which each task was read; None where the table does not say it for each row. The covariate `language` holds
        the first one of each respondent.

    Examples
    --------
    >>> import numpy as np
    >>> data = ChoiceData.from_rows(
    ...     ("a", "b", "c"), ("Ann",), respondent=[0], task=[1], shown=[[0, 1, 2]], best=[0], worst=[2]
    ... )
    >>> data
    <ChoiceData: 1 respondents, 1 answered tasks, 3 items>
    >>> data.scored.size, data.items[data.best[0]]
    (1, 'a')
    """

    items: tuple[str, ...]
    respondents: tuple[str, ...]
    respondent: IntArray
    task: IntArray
    shown: IntArray
    best: IntArray
    worst: IntArray
    repeat_of: IntArray
    version: IntArray
    shown_order: IntArray
    seconds: FloatArray
    weight: FloatArray
    covariates: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict[str, tuple[str | None, ...]])
    anchor: IntArray | None = None
    language: tuple[str | None, ...] | None = None

    @classmethod
    def from_rows(
        cls,
        items: tuple[str, ...],
        respondents: tuple[str, ...],
        *,
        respondent: object,
        task: object,
        shown: object,
        best: object,
        worst: object,
        repeat_of: object = None,
        version: object = None,
        shown_order: object = None,
        seconds: object = None,
        weight: object = None,
        covariates: Mapping[str, tuple[str | None, ...]] | None = None,
        anchor: object = None,
        language: tuple[str | None, ...] | None = None,
        narrow: bool = False,
    ) -> "ChoiceData":
        """Encode anything array-like; what is left out gets its neutral value, and takes no memory.

        With `narrow`, integer arrays keep the width they have, as few bytes as hold them. That is for millions of rows
        in `analysis.count` and `analysis.logit.fit`, which never multiply them; others expect 64 bits.
        """
        width = None if narrow else np.int64
        rows = np.asarray(respondent, dtype=width)
        tasks = np.asarray(shown, dtype=width)

        def whole(values: object) -> IntArray:
            return np.broadcast_to(np.int64(0), rows.shape) if values is None else np.asarray(values, dtype=width)

        return cls(
            items=items,
            respondents=respondents,
            respondent=rows,
            task=np.asarray(task, dtype=width),
            shown=tasks if tasks.ndim == 2 else tasks.reshape(rows.size, tasks.size // max(rows.size, 1)),
            best=np.asarray(best, dtype=width),
            worst=np.asarray(worst, dtype=width),
            repeat_of=whole(repeat_of),
            version=whole(version),
            shown_order=whole(shown_order),
            seconds=np.asarray(np.broadcast_to(np.nan, rows.shape) if seconds is None else seconds, dtype=np.float64),
            weight=np.ones(len(respondents)) if weight is None else np.asarray(weight, dtype=np.float64),
            covariates=dict(covariates or {}),
            anchor=None if anchor is None else np.asarray(anchor, dtype=np.int64),
            language=language,
        )

    def __repr__(self) -> str:
        described = f"; {', '.join(self.covariates)}" if self.covariates else ""
        return (
            f"<ChoiceData: {len(self.respondents)} respondents, {self.scored.size} answered tasks, "
            f"{len(self.items)} items{described}>"
        )

    @property
    def scored(self) -> IntArray:
        """Indices of the rows that count: answered, and not the second showing of a task."""
        answered = (self.best != MISSING) | (self.worst != MISSING)
        return np.flatnonzero(answered & (self.repeat_of == 0))

    @property
    def repeats(self) -> IntArray:
        """Indices of the rows that are the second showing of a task."""
        return np.flatnonzero(self.repeat_of != 0)

    def groups_by(self, column: str) -> tuple[str | None, ...]:
        """The value of a covariate for each respondent.

        Raises
        ------
        KeyError
            If no such column exists.
        """
        return self.covariates[column]

    def reindexed(self, items: tuple[str, ...]) -> "ChoiceData":
        """The same answers with another order of the items, or with items that were never shown.

        Parameters
        ----------
        items : tuple of str
            Every item of the data, in the order wanted; more are allowed.

        Raises
        ------
        KeyError
            If an item of the data is left out.

        Examples
        --------
        >>> data = ChoiceData.from_rows(
        ...     ("a", "b"), ("Ann",), respondent=[0], task=[1], shown=[[0, 1]], best=[0], worst=[-1]
        ... )
        >>> moved = data.reindexed(("c", "b", "a"))
        >>> moved.shown.tolist(), moved.best.tolist(), moved.worst.tolist()
        ([[2, 1]], [2], [-1])
        """
        places = {item: place for place, item in enumerate(items)}
        new_index = np.array([*(places[item] for item in self.items), MISSING], dtype=np.int64)  # [-1] stays MISSING
        return replace(
            self,
            items=items,
            shown=new_index[self.shown],
            best=new_index[self.best],
            worst=new_index[self.worst],
        )

    def keep(self, respondents: BoolArray) -> "ChoiceData":
        """Only the respondents marked True, in the same order.

        Parameters
        ----------
        respondents : (n_respondents,) bool
        """
        kept = np.flatnonzero(respondents)
        new_index = np.full(len(self.respondents), MISSING, dtype=np.int64)
        new_index[kept] = np.arange(kept.size)
        fewer = self.keep_rows(respondents[self.respondent])
        return replace(
            fewer,
            respondents=tuple(self.respondents[index] for index in kept),
            respondent=new_index[fewer.respondent],
            weight=self.weight[kept],
            covariates={name: tuple(values[index] for index in kept) for name, values in self.covariates.items()},
        )

    def keep_rows(self, rows: BoolArray) -> "ChoiceData":
        """Only the rows marked True, in the same order; respondents and items stay, though nothing of them may be left.

        Parameters
        ----------
        rows : (n_rows,) bool

        Examples
        --------
        >>> data = ChoiceData.from_rows(
        ...     ("a", "b"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1], shown=[[0, 1]] * 2, best=[0, 1], worst=[1, 0]
        ... )
        >>> fewer = data.keep_rows(np.array([False, True]))
        >>> fewer.best.tolist(), fewer.respondents
        ([1], ('Ann', 'Bo'))
        """
        columns = ("respondent", "task", "shown", "best", "worst", "repeat_of", "version", "shown_order", "seconds")
        anchor = None if self.anchor is None else self.anchor[rows]
        language = None if self.language is None else tuple(self.language[row] for row in np.flatnonzero(rows))
        kept = {name: getattr(self, name)[rows] for name in columns}
        return replace(self, anchor=anchor, language=language, **kept)


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts without respondents, as a paper prints them.

    Parameters
    ----------
    items : tuple of str
    groups : tuple of str
        One name where the table has no groups: "all".
    best, worst : (n_groups, n_items) float
        Times chosen; not always whole numbers, because published tables may carry an added constant.
    shown : (n_groups, n_items) float or None
        Times each item was shown, where known.
    respondents : tuple of int, or None
        People in each group, where known.
    """

    items: tuple[str, ...]
    groups: tuple[str, ...]
    best: FloatArray
    worst: FloatArray
    shown: FloatArray | None = None
    respondents: tuple[int, ...] | None = None

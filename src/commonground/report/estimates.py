"""What any result says of its items, in one form that figures can draw: a value and its interval by item and group."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

from commonground.analysis.classes.records import ClassItem, LatentClass, LatentClasses, Solution
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Counts
from commonground.analysis.hierarchical.records import HierarchicalFit, HierarchicalSummary
from commonground.analysis.logit.records import Fits, ModelFit
from commonground.analysis.many.records import ManyItems, Rankings
from commonground.records.errors import RequestError
from commonground.report.wording import counted, people

_SHARE = "Share of preference, %"
_UTILITY = "Utility, logits"
_LINES = "Lines are 95 % intervals."

NORMAL_95 = 1.959964
"""Standard errors to each side of a 95 % interval."""

Result = (
    Counts
    | Comparison
    | Fits
    | ModelFit
    | HierarchicalFit
    | HierarchicalSummary
    | LatentClasses
    | Solution
    | ManyItems
    | Rankings
)
"""What can be drawn item by item."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One item in one group; all numbers are None where there is no estimate, both ends where there is no interval."""

    item: str
    group: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Estimates:
    """Estimates with the words that must stand beside them.

    Parameters
    ----------
    rows : tuple of Estimate
    axis : str
        What is measured, with its unit.
    about : str
        Who and how, in a sentence or two.
    """

    rows: tuple[Estimate, ...]
    axis: str
    about: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the order of the result."""
        return tuple(dict.fromkeys(row.group for row in self.rows))

    @property
    def items(self) -> tuple[str, ...]:
        """The items, the highest over all groups first, those without a value last."""
        values: dict[str, list[float]] = {row.item: [] for row in self.rows}
        for row in self.rows:
            if row.value is not None:
                values[row.item].append(row.value)
        mean = {item: sum(found) / len(found) for item, found in values.items() if found}
        return tuple(sorted(values, key=lambda item: -mean.get(item, float("-inf"))))

    def of_group(self, group: str) -> tuple[Estimate, ...]:
        """The estimates of one group that have a value, the highest first."""
        found = [(row.value, row) for row in self.rows if row.group == group and row.value is not None]
        return tuple(row for _, row in sorted(found, key=lambda pair: -pair[0]))


@singledispatch
def scores(result: object) -> Estimates:
    """Utilities, or mean scores where the result has no model.

    Raises
    ------
    RequestError
        If the result has nothing of the kind.

    Examples
    --------
    >>> from commonground.analysis.logit.records import ItemFit
    >>> item = ItemFit("goal", 1.0, 0.2, None, 0.7)
    >>> fit = ModelFit("all", "best", 9, 99, -1.0, -2.0, 0.5, 4.0, 4.0, True, (item,), 1, 3, (), ())
    >>> row = scores(fit).rows[0]
    >>> row.value, round(row.low, 2)
    (1.0, 0.61)
    """
    raise RequestError(f"{type(result).__name__} has nothing to draw item by item.")


@scores.register
def _(result: ModelFit) -> Estimates:
    return _of_fits((result,))


@scores.register
def _(result: Fits) -> Estimates:
    return _of_fits(result.models)


@scores.register
def _(result: HierarchicalFit) -> Estimates:
    return scores(result.summary)


@scores.register
def _(result: HierarchicalSummary) -> Estimates:
    rows = tuple(Estimate(one.item, one.group, one.mean, *one.interval) for one in result.population)
    return Estimates(rows, "Mean utility, logits", f"{_people(result)} Lines hold the mean with 95 % probability.")


@scores.register
def _(result: LatentClasses) -> Estimates:
    return scores(result.solution(result.chosen))


@scores.register
def _(result: Solution) -> Estimates:
    rows = tuple(_of_class(one, item) for one in result.classes for item in one.items)
    return Estimates(rows, _UTILITY, f"{_classes(result)} {_LINES}")


@scores.register
def _(result: ManyItems) -> Estimates:
    return _of_rankings((result,))


@scores.register
def _(result: Rankings) -> Estimates:
    return _of_rankings(result.groups)


@scores.register
def _(result: Comparison) -> Estimates:
    if result.group_means is None:
        raise RequestError("This comparison was made from counts without respondents, so it has no intervals to draw.")
    rows = tuple(Estimate(one.item, one.group, one.mean, *(one.interval or (None, None))) for one in result.group_means)
    told = f"{people(sum(group.respondents or 0 for group in result.groups))}."
    about = f"{told} Lines are {100 * result.level:g} % intervals from resampling respondents."
    return Estimates(rows, "Mean score per person", about)


@scores.register
def _(result: Counts) -> Estimates:
    rows = tuple(Estimate(one.item, group.group, one.mean) for group in result.groups for one in group.items)
    return Estimates(rows, "Best minus worst, of times shown", "Counts, without intervals.")


@singledispatch
def shares(result: object) -> Estimates:
    """Shares of preference in per cent, which sum to 100 over the items of a group.

    Raises
    ------
    RequestError
        If the result has no shares.
    """
    raise RequestError(f"{type(result).__name__} has no shares; fit a model to have them.")


@shares.register
def _(result: ModelFit) -> Estimates:
    return _shares_of_fits((result,))


@shares.register
def _(result: Fits) -> Estimates:
    return _shares_of_fits(result.models)


@shares.register
def _(result: HierarchicalFit) -> Estimates:
    return shares(result.summary)


@shares.register
def _(result: HierarchicalSummary) -> Estimates:
    found = (Estimate(one.item, one.group, one.share, *(one.interval or (None, None))) for one in result.share)
    about = f"{_people(result)} The mean of everybody’s own shares. {_LINES}"
    return Estimates(tuple(map(_in_per_cent, found)), _SHARE, about)


@shares.register
def _(result: LatentClasses) -> Estimates:
    return shares(result.solution(result.chosen))


@shares.register
def _(result: Solution) -> Estimates:
    found = (
        _around(item.item, class_name(one), item.share, item.share_robust_standard_error or item.share_standard_error)
        for one in result.classes
        for item in one.items
    )
    return Estimates(tuple(map(_in_per_cent, found)), _SHARE, f"{_classes(result)} {_LINES}")


def _shares_of_fits(models: Sequence[ModelFit]) -> Estimates:
    """Shares of models with one utility an item; they come without intervals."""
    rows = tuple(_in_per_cent(Estimate(one.item, fit.group, one.share)) for fit in models for one in fit.items)
    return Estimates(rows, _SHARE, f"Model {models[0].model}, {people(sum(fit.respondents for fit in models))}.")


def class_name(one: LatentClass) -> str:
    """A class with its size, as figures name it."""
    return f"Class {one.class_}, {100 * one.size:.0f}\u00a0%"


def _of_fits(models: Sequence[ModelFit]) -> Estimates:
    rows = tuple(
        _around(one.item, fit.group, one.utility, one.robust_standard_error or one.standard_error)
        for fit in models
        for one in fit.items
    )
    told = f"Model {models[0].model}, {people(sum(fit.respondents for fit in models))}."
    return Estimates(rows, _UTILITY, f"{told} Lines are 95 % intervals, clustered by respondent.")


def _of_class(one: LatentClass, item: ClassItem) -> Estimate:
    return _around(item.item, class_name(one), item.utility, item.robust_standard_error or item.standard_error)


def _of_rankings(groups: Sequence[ManyItems]) -> Estimates:
    rows = tuple(
        _around(item.item, one.group, item.utility, item.standard_error) for one in groups for item in one.items
    )
    return Estimates(rows, _UTILITY, f"{people(sum(one.respondents for one in groups))}. {_LINES}")


def _around(item: str, group: str, value: float | None, error: float | None) -> Estimate:
    if value is None or error is None:
        return Estimate(item, group, value)
    return Estimate(item, group, value, value - NORMAL_95 * error, value + NORMAL_95 * error)


def _in_per_cent(one: Estimate) -> Estimate:
    def times(value: float | None) -> float | None:
        return None if value is None else 100 * value

    low = times(one.low)
    return Estimate(one.item, one.group, times(one.value), None if low is None else max(low, 0.0), times(one.high))


def _people(result: HierarchicalSummary) -> str:
    return f"{people(result.respondents)}."


def _classes(result: Solution) -> str:
    return f"{counted(result.number_of_classes, 'latent class', 'latent classes')}, with the share of people in each."

"""How much of a comparison hangs on the constant added before ratios are taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonground.analysis.classify import Pair
from commonground.analysis.compare import compare
from commonground.analysis.comparison import ItemComparison
from commonground.analysis.count import Added
from commonground.analysis.tallies import GroupTotals, group_totals
from commonground.records.choices import ChoiceData, CountTable

CONSTANTS = (0.01, 0.1, 0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class SettingItem:
    """One item under one constant: rescaled scores, class by the threshold rule, pairs the threshold apart."""

    item: str
    rescaled: Mapping[str, float | None]
    class_: str | None
    apart: tuple[str, ...]
    strict_pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Every item under one constant."""

    added: Added
    items: tuple[SettingItem, ...]

    def item(self, name: str) -> SettingItem:
        """The item with this id."""
        return next(item for item in self.items if item.item == name)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The threshold rule under several constants.

    Parameters
    ----------
    changing : tuple of str
        Items whose class or groups apart are not the same under all settings that give a class.
    """

    threshold: float
    settings: tuple[Setting, ...]
    changing: tuple[str, ...]


def sensitivity(
    data: ChoiceData | CountTable,
    *,
    by: str,
    constants: Sequence[float] = CONSTANTS,
    also: Sequence[Added] = (),
    threshold: float = 0.2,
) -> Sensitivity:
    """Apply the threshold rule under each constant, added to every group, and under settings of your own.

    Parameters
    ----------
    data : ChoiceData or CountTable
    by : str
        The covariate that makes the groups ("group" for a count table).
    constants : sequence of float
        Each added to every count of every group.
    also : sequence of Added
        Further settings, such as a constant for one group alone.
    threshold : float

    Raises
    ------
    RequestError
        As `compare`.

    Examples
    --------
    >>> import numpy as np
    >>> best, worst = np.array([[9.0, 4, 1], [7, 4, 0]]), np.array([[1.0, 4, 9], [2, 5, 10]])
    >>> found = sensitivity(CountTable(("a", "b", "c"), ("x", "y"), best, worst), by="group", constants=(0.01, 1))
    >>> [setting.item("b").class_ for setting in found.settings], found.changing
    (['differ', 'similar'], ('b',))
    """
    table = _as_table(group_totals(data, by))
    asked = dict.fromkeys((*(Added(constant) for constant in constants), *also))
    settings = tuple(_setting(table, added, threshold) for added in asked)
    changing = tuple(item for item in table.items if len(_calls(item, settings)) > 1)
    return Sensitivity(threshold, settings, changing)


def _as_table(totals: GroupTotals) -> CountTable:
    return CountTable(totals.items, totals.groups, totals.best, totals.worst, totals.shown, totals.respondents)


def _setting(table: CountTable, added: Added, threshold: float) -> Setting:
    compared = compare(table, by="group", added=added, threshold=threshold)
    return Setting(added, tuple(_setting_item(item) for item in compared.items))


def _setting_item(item: ItemComparison) -> SettingItem:
    return SettingItem(item.item, item.rescaled, item.class_, item.apart, item.strict_pairs)


def _calls(item: str, settings: Sequence[Setting]) -> set[tuple[str, tuple[str, ...]]]:
    """What the settings call an item; one under which it has no ratio calls it nothing."""
    found = [setting.item(item) for setting in settings]
    return {(one.class_, one.apart) for one in found if one.class_ is not None}

"""Draws turned into what a reader asks: means, spreads, shares and orders, and whether to believe them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from commonground.analysis.hierarchical.diagnostics import ess_bulk, ess_tail, rhat
from commonground.analysis.hierarchical.draws import Draws
from commonground.analysis.hierarchical.records import (
    Diagnostics,
    GroupsOrder,
    Heterogeneity,
    ItemsOrder,
    PopulationItem,
    Share,
    Spread,
)
from commonground.records.choices import FloatArray, IntArray

INTERVAL = (0.025, 0.975)
HIGHEST_RHAT = 1.01
LOWEST_ESS = 400.0
"""The limits of Vehtari et al. (2021), for four chains: 100 effective draws each."""

_NO_CHAINS: Mapping[str, float | None] = dict.fromkeys(("rhat", "ess_bulk", "ess_tail"))


@dataclass(frozen=True, slots=True)
class Quality:
    """How well chains know each quantity.

    Parameters
    ----------
    rhat, ess_bulk, ess_tail : (...) float
    """

    rhat: FloatArray
    ess_bulk: FloatArray
    ess_tail: FloatArray

    @classmethod
    def of(cls, draws: FloatArray) -> "Quality":
        """Of (n_chains, n_draws, ...) draws."""
        return cls(rhat(draws), ess_bulk(draws), ess_tail(draws))

    @property
    def ess(self) -> FloatArray:
        """The smaller of the two."""
        return np.minimum(self.ess_bulk, self.ess_tail)

    def at(self, *place: int) -> dict[str, float | None]:
        """The fields of one quantity."""
        names = ("rhat", "ess_bulk", "ess_tail")
        return {name: _finite(float(getattr(self, name)[place])) for name in names}


@dataclass(frozen=True, slots=True)
class Believed:
    """The quality of all that is judged: group means, and the variances and correlations between people.

    Parameters
    ----------
    means : Quality of (n_groups, n_items)
    sds : Quality of (n_items,)
        Of standard deviations; ranks make them the same as those of variances.
    correlations : Quality of (n_pairs,)
        Of two items none: theirs is −1 whatever people answer.
    """

    means: Quality
    sds: Quality
    correlations: Quality

    @property
    def worst_rhat(self) -> float:
        """The largest; NaN where one is not known."""
        return max((float(part.rhat.max(initial=1.0)) for part in self._parts), key=_nan_as(np.inf))

    @property
    def smallest_ess(self) -> float:
        """Bulk or tail; NaN where one is not known."""
        return min((float(part.ess.min(initial=np.inf)) for part in self._parts), key=_nan_as(-np.inf))

    @property
    def converged(self) -> bool:
        """Whether every quantity is within the limits."""
        return self.worst_rhat < HIGHEST_RHAT and self.smallest_ess > LOWEST_ESS  # NaN is neither

    @property
    def _parts(self) -> tuple[Quality, Quality, Quality]:
        return self.means, self.sds, self.correlations


def believed(draws: Draws) -> Believed:
    """Judge the chains."""
    sds, correlations = spreads(draws.covariance)
    told = correlations if sds.shape[-1] > 2 else correlations[..., :0]  # of two that sum to zero it is always −1
    return Believed(Quality.of(draws.means), Quality.of(sds), Quality.of(told))


def spreads(covariance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Standard deviations and correlations of covariance matrices.

    Parameters
    ----------
    covariance : (..., n_items, n_items) float

    Returns
    -------
    sds : (..., n_items) float
    correlations : (..., n_items (n_items − 1) / 2) float
        Of the pairs in the order of `itertools.combinations`.

    Examples
    --------
    >>> sds, correlations = spreads(np.array([[4.0, -1.0], [-1.0, 1.0]]))
    >>> sds.tolist(), correlations.tolist()
    ([2.0, 1.0], [-0.5])
    """
    covariance = np.asarray(covariance, dtype=np.float64)
    sds = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    first, second = _pairs(covariance.shape[-1])
    with np.errstate(invalid="ignore", divide="ignore"):
        return sds, covariance[..., first, second] / (sds[..., first] * sds[..., second])


def diagnostics(found: Believed, draws: Draws, names: Sequence[str], warmup: int) -> Diagnostics:
    """What is worst, and of which quantity.

    Parameters
    ----------
    found : Believed
    draws : Draws
    names : sequence of str
        See `names`.
    warmup : int
        For the record.
    """
    n_chains, n_draws = draws.means.shape[:2]
    highest, lowest = found.worst_rhat, found.smallest_ess
    return Diagnostics(
        max_rhat=_finite(highest),
        max_rhat_of=names[_place([found.means.rhat, found.sds.rhat, found.correlations.rhat], np.argmax, np.inf)],
        min_ess=_finite(lowest),
        min_ess_of=names[_place([found.means.ess, found.sds.ess, found.correlations.ess], np.argmin, -np.inf)],
        converged=found.converged,
        chains=n_chains,
        draws=n_draws,
        warmup=warmup,
        acceptance=_finite(float(draws.acceptance.mean())),
    )


def names(items: Sequence[str], groups: Sequence[str]) -> list[str]:
    """Every judged quantity in words, in the order of `Believed`.

    Examples
    --------
    >>> names(("a", "b"), ("all",))
    ['mean of a', 'mean of b', 'SD of a', 'SD of b', 'correlation of a and b']
    """
    of = [f" in {group}" if len(groups) > 1 else "" for group in groups]
    means = [f"mean of {item}{where}" for where in of for item in items]
    sds = [f"SD of {item}" for item in items]
    return [*means, *sds, *(f"correlation of {one} and {other}" for one, other in combinations(items, 2))]


def population(
    means: FloatArray, known: Quality | None, items: Sequence[str], groups: Sequence[str]
) -> tuple[PopulationItem, ...]:
    """Every group's mean utilities.

    Parameters
    ----------
    means : (n_chains, n_draws, n_groups, n_items) float
    known : Quality of (n_groups, n_items), or None
        None where the draws are no chains.
    items, groups : names
    """
    flat = _flat(means)
    low, high = np.quantile(flat, INTERVAL, axis=0)
    mean, sd = flat.mean(axis=0), flat.std(axis=0, ddof=1)
    return tuple(
        PopulationItem(
            group=name,
            item=item,
            mean=float(mean[g, i]),
            sd=float(sd[g, i]),
            interval=(float(low[g, i]), float(high[g, i])),
            **(known.at(g, i) if known else _NO_CHAINS),
        )
        for g, name in enumerate(groups)
        for i, item in enumerate(items)
    )


def heterogeneity(draws: Draws, found: Believed, items: Sequence[str]) -> Heterogeneity:
    """Standard deviations and correlations between people."""
    sds, correlations = (_flat(one) for one in spreads(draws.covariance))
    low, high = np.quantile(sds, INTERVAL, axis=0)
    each = tuple(
        Spread(item, float(sds[:, i].mean()), (float(low[i]), float(high[i])), **found.sds.at(i))
        for i, item in enumerate(items)
    )
    return Heterogeneity(each, matrix(correlations.mean(axis=0), len(items)))


def matrix(correlations: FloatArray, n_items: int) -> tuple[tuple[float, ...], ...]:
    """Correlations of pairs as a symmetric matrix with ones on its diagonal."""
    first, second = _pairs(n_items)
    found = np.eye(n_items)
    found[first, second] = found[second, first] = correlations
    return _rows(found)


def shares(kept: FloatArray, group: IntArray, items: Sequence[str], groups: Sequence[str]) -> tuple[Share, ...]:
    """Mean shares of the people of each group, draw by draw.

    Parameters
    ----------
    kept : (n_draws, n_people, n_items) float
        Everybody's utilities.
    group : (n_people,) int
    items, groups : names
    """
    found: list[Share] = []
    for place, name in enumerate(groups):
        each = np.stack([_share(draw).mean(axis=0) for draw in kept[:, group == place]])
        low, high = np.quantile(each, INTERVAL, axis=0)
        mean = each.mean(axis=0)
        found += [Share(name, item, float(mean[i]), (float(low[i]), float(high[i]))) for i, item in enumerate(items)]
    return tuple(found)


def items_order(means: FloatArray, items: Sequence[str], groups: Sequence[str]) -> tuple[ItemsOrder, ...]:
    """How probable it is that each item is above each other one, by group."""
    flat = _flat(means)
    return tuple(ItemsOrder(name, tuple(items), _rows(_above(flat[:, place]))) for place, name in enumerate(groups))


def groups_order(means: FloatArray, items: Sequence[str], groups: Sequence[str]) -> tuple[GroupsOrder, ...]:
    """How probable it is that each item is higher in one group than in another, for all pairs of groups."""
    flat = _flat(means)
    found: list[GroupsOrder] = []
    for one, other in combinations(range(len(groups)), 2):
        difference = flat[:, one] - flat[:, other]
        low, high = np.quantile(difference, INTERVAL, axis=0)
        mean, above = difference.mean(axis=0), (difference > 0).mean(axis=0)
        found += [
            GroupsOrder(
                item, groups[one], groups[other], float(mean[i]), (float(low[i]), float(high[i])), float(above[i])
            )
            for i, item in enumerate(items)
        ]
    return tuple(found)


def _share(utilities: FloatArray) -> FloatArray:
    weights = np.exp(utilities - utilities.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def _above(draws: FloatArray) -> FloatArray:
    """Share of draws in which row is above column; a tie counts half: (n_items, n_items)."""
    above = np.stack([(draws[:, [i]] > draws).mean(axis=0) for i in range(draws.shape[1])])
    return (1 + above - above.T) / 2


def _flat(draws: FloatArray) -> FloatArray:
    """Chains one after the other."""
    return draws.reshape(-1, *draws.shape[2:])


def _pairs(n_items: int) -> tuple[IntArray, IntArray]:
    first, second = np.triu_indices(n_items, 1)
    return first.astype(np.int64), second.astype(np.int64)


def _place(parts: Sequence[FloatArray], choose: Callable[[FloatArray], np.intp], unknown: float) -> int:
    """Where the worst stands among all parts laid end to end; what is not known is worst of all."""
    values = np.concatenate([part.ravel() for part in parts])
    return int(choose(np.where(np.isnan(values), unknown, values)))


def _nan_as(value: float) -> Callable[[float], float]:
    return lambda number: value if np.isnan(number) else number


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _rows(values: FloatArray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(value) for value in row) for row in values)

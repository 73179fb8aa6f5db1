"""Scores, ranks and reliability of many items, in one call."""

from collections.abc import Callable

import numpy as np

from commonground.analysis.many.pick_sets import PickSets, pick_sets
from commonground.analysis.many.posterior import Posterior, posterior
from commonground.analysis.many.prior import Clusters, find_prior, with_prior
from commonground.analysis.many.ranks import draw_ranks, rank_intervals, ranks, top_probabilities
from commonground.analysis.many.records import ItemScore, ManyItems
from commonground.analysis.many.reliability import split_half
from commonground.analysis.many.words import Findings, messages
from commonground.design.parts import parts_of
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.records.errors import DataError, SettingError

FEWEST_PEOPLE = 20
"""Fewer cannot tell how much people differ; then every task is taken for somebody else's, and a message says so."""

MOST_ITEMS = 12_000
"""More would need over 3 GB for one matrix."""


def rank(
    data: ChoiceData,
    *,
    top: int = 10,
    splits: int = 50,
    draws: int = 1000,
    level: float = 0.95,
    prior_sd: float | None = None,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> ManyItems:
    """Score items from sparse answers: utilities, ranks with intervals, reliability.

    Best out of the task, then worst out of the rest, with one utility an item for everybody, and a normal prior whose
    width the answers tell. Made for 100 to 5,000 items of which each respondent sees a few, each a few times; it works
    for fewer items as well, where `analysis.logit.fit` says more.

    Parameters
    ----------
    data : ChoiceData
    top : int
        For the probability of being among the first so many.
    splits : int
        Random halves for the reliability; 0 for none.
    draws : int
        Of the utilities, for rank intervals.
    level : float
    prior_sd : float, optional
        Standard deviation of the prior, logits; left out, the answers tell it.
    seed : int
    progress : callable, optional
        Called with the number of splits done, and of all.

    Returns
    -------
    ManyItems

    Raises
    ------
    SettingError
        If a setting is out of its range.
    DataError
        If nothing was picked, or only one item was ever shown.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1],
    ...                             shown=[[0, 1, 2], [2, 1, 0]], best=[0, 0], worst=[2, 1])
    >>> found = rank(data, top=1, prior_sd=1.0)
    >>> [item.item for item in found.ranking], found.item("a").rank
    (['a', 'b', 'c'], 1)
    """
    _check(top, splits, draws, level, prior_sd)
    everything = pick_sets(data)
    shown = _times_shown(data)
    sets, kept = _only_shown(everything, shown)
    if len(kept) < 2:
        raise DataError("There is nothing to rank: fewer than two items are in an answered task.")
    if len(kept) > MOST_ITEMS:
        raise DataError(f"{len(kept)} items are more than can be ranked together; at most {MOST_ITEMS} can.")
    rng = np.random.default_rng(seed)
    clusters = _clusters(sets)
    prior = with_prior(sets, clusters, prior_sd, rng) if prior_sd else find_prior(sets, clusters, rng)
    found = posterior(sets, clusters, prior, draws, rng)
    label = _components(sets)
    reliability = split_half(sets, prior.sd, prior.ridge.utilities, splits=splits, rng=rng, progress=progress)
    place = ranks(found.utilities)
    people = int(np.unique(sets.owner).size)
    findings = Findings(
        items=tuple(item for item, times in zip(data.items, shown.tolist(), strict=True) if times),
        never_shown=tuple(item for item, times in zip(data.items, shown.tolist(), strict=True) if not times),
        component=label,
        rank=place,
        times=shown[kept],
        people=people,
        enough_people=people >= FEWEST_PEOPLE,
        prior=prior,
        reliability=reliability if splits else None,
    )
    return ManyItems(
        respondents=people,
        tasks=int(data.scored.size),
        top=min(top, len(kept)),
        level=level,
        items=_items(data.items, shown, found, place, top=min(top, len(kept)), level=level),
        reliability=reliability,
        prior_sd=prior.sd,
        noise_ratio=prior.noise_ratio,
        components=int(label.max()) + 1,
        converged=prior.ridge.converged,
        messages=messages(findings),
    )


def _check(top: int, splits: int, draws: int, level: float, prior_sd: float | None) -> None:
    limits = (
        (top >= 1, "The first so many must be 1 or more."),
        (splits >= 0, "The number of splits cannot be negative."),
        (draws >= 100, "Rank intervals need 100 draws or more."),
        (0.5 < level < 1, "The level lies between 0.5 and 1, such as 0.95."),
        (prior_sd is None or prior_sd > 0, "The prior's standard deviation must be above 0."),
    )
    for fits, words in limits:
        if not fits:
            raise SettingError(words)


def _times_shown(data: ChoiceData) -> IntArray:
    shown = data.shown[data.scored]
    return np.bincount(shown[shown != MISSING], minlength=len(data.items)).astype(np.int64)


def _only_shown(sets: PickSets, shown: IntArray) -> tuple[PickSets, IntArray]:
    """The same picks with the items that were never shown taken out of the numbering."""
    kept = np.flatnonzero(shown)
    place = np.full(sets.items, MISSING, dtype=np.int64)
    place[kept] = np.arange(kept.size)
    number = np.concatenate([place, np.where(place == MISSING, MISSING, place + kept.size), [MISSING]])
    return PickSets(kept.size, sets.people, number[sets.sets], number[sets.picked], sets.owner, sets.weight), kept


def _clusters(sets: PickSets) -> Clusters:
    """People, or where they are too few to tell how they differ, single picks."""
    if np.unique(sets.owner).size >= FEWEST_PEOPLE:
        return Clusters(sets.owner, sets.people)
    return Clusters(np.arange(sets.owner.size), sets.owner.size)


def _components(sets: PickSets) -> IntArray:
    """Which items a chain of tasks joins: (items,) labels from 0, the largest set first."""
    tasks = ([item % sets.items for item in task if item != MISSING] for task in sets.sets.tolist())
    label = np.unique(parts_of(tasks, sets.items), return_inverse=True)[1]
    order = np.argsort(-np.bincount(label), kind="stable")
    return np.argsort(order)[label]


def _items(
    names: tuple[str, ...], shown: IntArray, found: Posterior, place: IntArray, *, top: int, level: float
) -> tuple[ItemScore, ...]:
    """One row an item, in the order of the data; `found` and `place` hold only those that were shown."""
    drawn = draw_ranks(found.draws)
    low, high = rank_intervals(drawn, level)
    likely: FloatArray = top_probabilities(drawn, top)
    rows: list[ItemScore] = []
    at = 0
    for name, times in zip(names, shown.tolist(), strict=True):
        if not times:
            rows.append(ItemScore(name, 0, None, None, None, None, None))
            continue
        rows.append(
            ItemScore(
                item=name,
                shown=times,
                utility=float(found.utilities[at]),
                standard_error=float(found.errors[at]),
                rank=int(place[at]),
                rank_interval=(int(min(low[at], place[at])), int(max(high[at], place[at]))),
                top_probability=float(likely[at]),
            )
        )
        at += 1
    return tuple(rows)

"""Scores, ranks and reliability of many items from the answers of one group."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commonground.analysis.many.pick_sets import PickSets, pick_sets
from commonground.analysis.many.posterior import Posterior, posterior
from commonground.analysis.many.prior import Clusters, find_prior, with_prior
from commonground.analysis.many.ranks import draw_ranks, rank_intervals, top_probabilities
from commonground.analysis.many.records import ItemScore, ManyItems
from commonground.analysis.many.reliability import split_half
from commonground.analysis.many.words import Findings, messages
from commonground.analysis.rank_sets import rank_sets, ranks
from commonground.design.parts import parts_of
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.records.errors import DataError, SettingError

FEWEST_PEOPLE = 20
"""Fewer cannot tell how much people differ; then every task is taken for somebody else's, and a message says so."""

MOST_ITEMS = 12_000
"""More would need over 3 GB for one matrix."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the scores.

    Parameters
    ----------
    top : int
        For the probability of being among the first so many.
    splits : int
        Random halves for the reliability; 0 for none.
    draws : int
        Of the utilities, for rank intervals.
    level : float
        Of the rank intervals.
    prior_sd : float or None
        Standard deviation of the prior, logits; None: the answers tell it.

    Raises
    ------
    SettingError
        If one is out of its range.
    """

    top: int = 10
    splits: int = 50
    draws: int = 1000
    level: float = 0.95
    prior_sd: float | None = None

    def __post_init__(self) -> None:
        limits = (
            (self.top >= 1, "The first so many must be 1 or more."),
            (self.splits >= 0, "The number of splits cannot be negative."),
            (self.draws >= 100, "Rank intervals need 100 draws or more."),
            (0.5 < self.level < 1, "The level lies between 0.5 and 1, such as 0.95."),
            (self.prior_sd is None or self.prior_sd > 0, "The prior's standard deviation must be above 0."),
        )
        for fits, words in limits:
            if not fits:
                raise SettingError(words)


def score_items(
    data: ChoiceData, asked: Asked, *, seed: int, group: str, progress: Callable[[int, int], None] | None = None
) -> ManyItems:
    """Score the items by the answers of one group; `analysis.many.rank.rank` says what comes out.

    Parameters
    ----------
    data : ChoiceData
        Of these respondents only.
    asked : Asked
    seed : int
    group : str
        What they are called.
    progress : callable, optional
        Told the splits done, and of how many.

    Raises
    ------
    DataError
        If nothing was picked, only one item was ever shown, or there are too many items.
    """
    everything = pick_sets(data)
    shown = _times_shown(data)
    sets, kept = _only_shown(everything, shown)
    if len(kept) < 2:
        raise DataError("There is nothing to rank: fewer than two items are in an answered task.")
    if len(kept) > MOST_ITEMS:
        raise DataError(f"{len(kept)} items are more than can be ranked together; at most {MOST_ITEMS} can.")
    rng = np.random.default_rng(seed)
    clusters = _clusters(sets)
    prior = with_prior(sets, clusters, asked.prior_sd, rng) if asked.prior_sd else find_prior(sets, clusters, rng)
    found = posterior(sets, clusters, prior, asked.draws, rng)
    label = _components(sets)
    reliability = split_half(sets, prior.sd, prior.ridge.utilities, splits=asked.splits, rng=rng, progress=progress)
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
        reliability=reliability if asked.splits else None,
    )
    top = min(asked.top, len(kept))
    return ManyItems(
        group=group,
        respondents=people,
        tasks=int(data.scored.size),
        top=top,
        level=asked.level,
        items=_items(data.items, shown, found, place, top=top, level=asked.level),
        reliability=reliability,
        prior_sd=prior.sd,
        noise_ratio=prior.noise_ratio,
        components=int(label.max()) + 1,
        converged=prior.ridge.converged,
        messages=messages(findings),
    )


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
    moves = (found.draws - found.utilities).astype(np.float32)
    first, last = rank_sets(found.utilities, moves.T @ moves / np.float32(len(moves)), moves, level)
    rows: list[ItemScore] = []
    at = 0
    for name, times in zip(names, shown.tolist(), strict=True):
        if not times:
            rows.append(ItemScore(name, 0, None, None, None, None, None, None))
            continue
        rows.append(
            ItemScore(
                item=name,
                shown=times,
                utility=float(found.utilities[at]),
                standard_error=float(found.errors[at]),
                rank=int(place[at]),
                rank_interval=(int(min(low[at], place[at])), int(max(high[at], place[at]))),
                joint_rank_interval=(int(first[at]), int(last[at])),
                top_probability=float(likely[at]),
            )
        )
        at += 1
    return tuple(rows)

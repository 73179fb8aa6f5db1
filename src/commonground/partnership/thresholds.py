"""How many people it takes to call an item shared or split, given how much answers wobble on the design at hand."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from commonground.partnership.own import places
from commonground.records.choices import FloatArray, IntArray
from commonground.records.design import Design
from commonground.records.errors import SettingError
from commonground.simulation.picks import draw_picks

MOST_PEOPLE = 30
FULL_CLASSES_FROM = 5
"""In a smaller team only halves are told: a word about the ends of the list would point at somebody."""
FEWEST_EACH_END = 2
"""So many people must stand at each end before an item is called split, whatever the noise."""
FALSE_SPLITS = 0.05
"""Of teams in which everybody wants the same, at most this share may show a split."""
PEOPLE_AN_EXCEPTION = 12
"""In a team of so many, one person at the other end is no more than noise."""
SPREAD = 2.0
"""Standard deviation of utilities over the items of a person, in logits. With it a task of 5 asked twice is answered
alike in 28 of 100 cases, against 42.5 in the study this product rests on: rather too much noise than too little."""
TEAMS = 1000


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many people on an item is called shared or split.

    Parameters
    ----------
    people : int
        How many answers they are for.
    shared : int
        So many must have it in the same half.
    strays : int
        So many at most may have it at the opposite end and it is still called shared.
    each_end : int
        So many must have it high, and so many low, for a split.
    halves_only : bool
        The team is so small that only halves are told: nothing is called split.
    false_splits : float or None
        The share of teams of this size, all wanting the same, in which at least one item would be called split; None
        where nothing is called so.
    """

    people: int
    shared: int
    strays: int
    each_end: int
    halves_only: bool
    false_splits: float | None


@lru_cache(maxsize=64)
def set_thresholds(design: Design, people: int, *, seed: int = 1, spread: float = SPREAD) -> Thresholds:
    """The thresholds for a team of this size answering this design.

    Shared: three quarters of the people, in a team under five everybody. Split: the smallest number at each end that
    noise alone reaches in no more than one team in twenty, at least two.

    Parameters
    ----------
    design : Design
    people : int
        From 3 to 30.
    seed : int
        The same numbers and seed give the same thresholds.
    spread : float
        Of the simulated utilities, in logits.

    Raises
    ------
    SettingError
        If there are fewer than 3 people or more than 30.

    Examples
    --------
    >>> design = Design(6, (tuple((a, b, c) for a in range(4) for b in range(a) for c in (4, 5)),), (None,), source="x")
    >>> few, more = set_thresholds(design, 4), set_thresholds(design, 8)
    >>> (few.shared, few.halves_only), (more.shared, more.strays, more.halves_only)
    ((4, True), (6, 0, False))
    """
    if not 3 <= people <= MOST_PEOPLE:
        raise SettingError(f"A team of {people} cannot be pictured; there must be 3 to {MOST_PEOPLE} people.")
    if people < FULL_CLASSES_FROM:
        return Thresholds(people, people, 0, FEWEST_EACH_END, halves_only=True, false_splits=None)
    ends = ends_by_noise(design, people, np.random.default_rng(seed), spread=spread)
    each_end = next(number for number in range(FEWEST_EACH_END, people + 2) if _share(ends, number) <= FALSE_SPLITS)
    return Thresholds(
        people=people,
        shared=-(-3 * people // 4),
        strays=people // PEOPLE_AN_EXCEPTION,
        each_end=each_end,
        halves_only=False,
        false_splits=_share(ends, each_end),
    )


def ends_by_noise(
    design: Design, people: int, rng: np.random.Generator, *, spread: float = SPREAD, teams: int = TEAMS
) -> IntArray:
    """How many people stand at the less taken end of the item that looks most split, where all want the same.

    Parameters
    ----------
    design : Design
        Its first version is what everybody answers.
    people : int
    rng : numpy.random.Generator
    spread : float
    teams : int
        Simulated teams; each has utilities of its own, the same for all its people.

    Returns
    -------
    (teams,) int
    """
    wanted = np.repeat(rng.normal(scale=spread, size=(teams, design.items)), people, axis=0)
    found = places(answered_scores(design, wanted, rng).reshape(teams, people, design.items))
    return np.minimum(found.high.sum(axis=1), found.low.sum(axis=1)).max(axis=1)


def answered_scores(design: Design, utilities: FloatArray, rng: np.random.Generator) -> IntArray:
    """The scores of simulated people after one sitting: (n_people, n_items), each row summing to zero."""
    people = utilities.shape[0]
    tasks = np.array(design.versions[0])
    best, worst = draw_picks(utilities, np.broadcast_to(tasks, (people, *tasks.shape)), rng)
    scores = np.zeros((people, design.items), dtype=np.int64)
    rows: IntArray = np.arange(people, dtype=np.int64)[:, None]
    np.add.at(scores, (rows, best), 1)
    np.add.at(scores, (rows, worst), -1)
    return scores


def _share(ends: IntArray, number: int) -> float:
    return float((ends >= number).mean())

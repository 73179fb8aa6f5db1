"""Circular triads: three items of which each is ahead of the next, a over b, b over c and c over a.

Every answer puts the best ahead of all others shown and all others ahead of the worst. Where tasks disagree on a pair,
the direction taken more often counts; where both are equally frequent, the pair is undecided. Of the triads whose three
pairs are all decided, one that goes in a circle contradicts any ranking. With D the matrix of who is ahead of whom
there are trace(D³)/3 of them, and trace((D + Dᵀ)³)/6 triads decided in all. People who answer at random make circles
too, but not in every triad (a quarter, if the three directions were tossed), and how many hangs on the design. So
random answerers on the same tasks are the yardstick, as for the root likelihood.

References
----------
Kendall, M. G., & Babington Smith, B. (1940). On the method of paired comparisons. Biometrika, 31(3/4), 324–345.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from commonground.analysis.quality.fit import Genuine, RandomAnswers
from commonground.analysis.quality.records import GenuineTriads, TriadTotals
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, BoolArray, FloatArray, IntArray

MOST_NUMBERS = 4_000_000
"""Numbers in one array while triads are counted; more people than that allows are taken in turns."""


@dataclass(frozen=True, slots=True)
class Triads:
    """Everybody's triads.

    Parameters
    ----------
    circular : (n_people,) int
        Triads that go in a circle.
    decided : (n_people,) int
        Triads of which the answers put all three pairs in an order.
    """

    circular: IntArray
    decided: IntArray

    @property
    def share(self) -> FloatArray:
        """Circular ones among the decided, 0 to 1; NaN for people without a decided triad."""
        shares = np.full(self.decided.size, np.nan)
        np.divide(self.circular, self.decided, out=shares, where=self.decided > 0)
        return shares


@dataclass(frozen=True, slots=True)
class BesideRandom:
    """Everybody's circular triads beside those of random answerers on tasks like theirs.

    Parameters
    ----------
    own : Triads
    cut_off, random_share : (n_people,) float
        The share of circular triads above which a person is no steadier than most random answerers, and the share of
        those who have as few; NaN where there is no decided triad.
    random_median, random_above : float
        Of the random answerers of the most frequent kind.
    """

    own: Triads
    cut_off: FloatArray
    random_share: FloatArray
    random_median: float
    random_above: float

    @property
    def above(self) -> BoolArray:
        """Who has more circular triads than the cut-off allows: (n_people,)."""
        return self.own.share > self.cut_off


def triads(tasks: Tasks) -> Triads:
    """Count everybody's circular triads.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people.

    Examples
    --------
    >>> circle = Tasks([[[0, 1], [1, 2], [2, 0]]], best=[[0, 1, 2]], worst=[[1, 2, 0]])
    >>> found = triads(circle)
    >>> found.circular.tolist(), found.decided.tolist()
    ([1], [1])
    """
    places, most = _own_items(tasks.shown)
    step = max(1, MOST_NUMBERS // max(most**2, 1))
    parts = [_count(tasks, places, most, slice(start, start + step)) for start in range(0, tasks.shown.shape[0], step)]
    if not parts:
        return Triads(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    return Triads(*(np.concatenate(pieces) for pieces in zip(*parts, strict=True)))


def beside_random(tasks: Tasks, random: tuple[RandomAnswers, ...], quantile: float) -> BesideRandom:
    """Compare everybody's circular triads with those of random answerers of the same kind.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people.
    random : tuple of RandomAnswers
        The most frequent kind first.
    quantile : float
        At least 1 − quantile of the random answerers pass, so many as tie there.
    """
    own = triads(tasks)
    cut_off, share = np.full(own.circular.size, np.nan), np.full(own.circular.size, np.nan)
    median, above = np.nan, np.nan
    for place, one in enumerate(random):
        drawn = triads(one.tasks).share
        drawn = np.sort(drawn[np.isfinite(drawn)])
        if drawn.size:
            limit = float(np.quantile(drawn, 1 - quantile, method="inverted_cdf"))
            cut_off[one.members] = limit
            share[one.members] = np.searchsorted(drawn, own.share[one.members], side="right") / drawn.size
            if place == 0:
                median, above = float(np.median(drawn)), float((drawn > limit).mean())
    unknown = np.isnan(own.share)
    cut_off[unknown] = share[unknown] = np.nan
    return BesideRandom(own, cut_off, share, median, above)


def triad_totals(beside: BesideRandom, genuine: Mapping[float, Genuine], usual: BoolArray) -> TriadTotals | None:
    """Everybody together; None where nobody has a decided triad of the most frequent kind.

    Parameters
    ----------
    beside : BesideRandom
    genuine : mapping of SD to Genuine
        Simulated people who mean what they answer, on the tasks of the most frequent kind.
    usual : (n_people,) bool
        Who is of that kind.
    """
    known = np.isfinite(beside.cut_off) & usual
    if not known.any():
        return None
    cut_off = float(beside.cut_off[known][0])
    return TriadTotals(
        cut_off=cut_off,
        above=int(beside.above.sum()),
        median=float(np.nanmedian(beside.own.share)),
        random_median=beside.random_median,
        random_above=beside.random_above,
        genuine=tuple(_genuine(sd, triads(people.tasks).share, cut_off) for sd, people in genuine.items()),
    )


def _genuine(sd: float, shares: FloatArray, cut_off: float) -> GenuineTriads:
    known = shares[np.isfinite(shares)]
    if not known.size:
        return GenuineTriads(sd, None, None)
    return GenuineTriads(sd, float(np.median(known)), float((known > cut_off).mean()))


def _own_items(shown: IntArray) -> tuple[IntArray, int]:
    """Each person's items numbered from 0, in place of the items of the study, and the most anybody saw.

    So a person who saw 20 of 5,000 items needs a matrix of 20, not of 5,000.
    """
    flat = shown.reshape(shown.shape[0], shown.shape[1] * shown.shape[2])
    order = np.argsort(flat, axis=1, kind="stable")
    ordered = np.take_along_axis(flat, order, axis=1)
    new = np.zeros(flat.shape, dtype=np.int64)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    numbered = np.cumsum(new, axis=1)
    places = np.empty_like(flat)
    np.put_along_axis(places, order, numbered, axis=1)
    return places.reshape(shown.shape), int(numbered.max(initial=-1)) + 1


def _count(tasks: Tasks, places: IntArray, most: int, chunk: slice) -> tuple[IntArray, IntArray]:
    """Circular and decided triads of some of the people."""
    ahead = _ahead(Tasks(tasks.shown[chunk], tasks.best[chunk], tasks.worst[chunk]), places[chunk], most)
    either = ahead + np.swapaxes(ahead, 1, 2)
    return _closed_walks(ahead) // 3, _closed_walks(either) // 6


def _closed_walks(matrices: FloatArray) -> IntArray:
    """The trace of each matrix to the third power."""
    return np.rint(((matrices @ matrices) * np.swapaxes(matrices, 1, 2)).sum(axis=(1, 2))).astype(np.int64)


def _ahead(tasks: Tasks, places: IntArray, most: int) -> FloatArray:
    """1 where the answers of a person put the row's item ahead of the column's more often than behind it."""
    people = tasks.shown.shape[0]
    person: IntArray = np.arange(people, dtype=np.int64)[:, None, None]
    is_best = (tasks.shown == tasks.best[..., None]) & (tasks.shown != MISSING)
    is_worst = (tasks.shown == tasks.worst[..., None]) & (tasks.shown != MISSING)
    behind_best = (tasks.shown != MISSING) & ~is_best & (tasks.best != MISSING)[..., None]
    before_worst = (tasks.shown != MISSING) & ~is_best & ~is_worst & (tasks.worst != MISSING)[..., None]
    best_place, worst_place = ((places * one).sum(axis=-1)[..., None] for one in (is_best, is_worst))
    times = np.zeros(people * most * most)
    for rows, first, second in ((behind_best, best_place, places), (before_worst, places, worst_place)):
        cell: IntArray = (person * most + first) * most + second
        times += np.bincount(cell[rows], minlength=times.size)
    net = times.reshape(people, most, most)
    return (net > np.swapaxes(net, 1, 2)).astype(np.float64)

"""How far the people of a group agree: Kendall's W of their best-minus-worst orders, beside what answers can show.

Each person sees an item a few times, so orders are rough and full of ties, and W stays far below 1 even among people of
one mind. So it stands beside two expectations on the same tasks: everybody answers at random, and everybody has the
group's utilities, so that two people differ only as one person does from answer to answer.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.agreement.orders import centred_ranks, concordance
from commonground.analysis.agreement.records import Interval, WithinGroup
from commonground.analysis.logit.spread import fit_everybody
from commonground.likelihood.tasks import Tasks, tasks_by_respondent
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.simulation.picks import answer_again

SIMULATED_PEOPLE = 4_000
"""So many at the least stand behind each expectation."""

MOST_NUMBERS = 3_000_000
"""Ranks shuffled for p, all told."""
NUMBERS_AT_ONCE = 200_000
"""Ranks shuffled together: enough to save time, few enough to stay near the processor."""

FEWEST_SHUFFLES = 99


@dataclass(frozen=True, slots=True)
class Orders:
    """Everybody's centred ranks: (n_people, n_items)."""

    ranks: FloatArray

    @property
    def correlation(self) -> float:
        """The mean correlation of two people, weighed by how much each tells apart."""
        return _mean_correlation(self.ranks.sum(axis=0), float((self.ranks**2).sum()), len(self.ranks))

    def interval(self, level: float) -> Interval | None:
        """Of the mean correlation, by the jackknife."""
        people = len(self.ranks)
        if people < 3:
            return None
        total, each = self.ranks.sum(axis=0), (self.ranks**2).sum(axis=1)
        without = np.array(
            [
                _mean_correlation(total - own, each.sum() - far, people - 1)
                for own, far in zip(self.ranks, each, strict=True)
            ]
        )
        error = float(np.sqrt((people - 1) / people * ((without - without.mean()) ** 2).sum()))
        reach = _t_quantile(level, people - 1) * error
        return (self.correlation - reach, self.correlation + reach)


def within_group(
    data: ChoiceData, group: str, *, level: float, permutations: int, rng: np.random.Generator
) -> WithinGroup:
    """Kendall's W of the people of one group.

    Parameters
    ----------
    data : ChoiceData
        Of this group alone, everybody with an answer.
    group : str
    level : float
        Of the interval.
    permutations : int
        Shuffles of every person's order, for p.
    rng : numpy Generator
    """
    tasks, people = tasks_by_respondent(data), len(data.respondents)
    orders = Orders(centred_ranks(person_scores(tasks, len(data.items))))
    w = float(concordance(orders.ranks))
    if people < 2 or not np.isfinite(w):
        return WithinGroup(group, people, None, None, None, None, None, None, None)
    bounds = orders.interval(level)
    random, alike = _expected(tasks, np.zeros(len(data.items)), rng), _alike(data, tasks, rng)
    span = None if alike is None else alike - random
    return WithinGroup(
        group=group,
        respondents=people,
        w=w,
        interval=None if bounds is None else (_w(bounds[0], people), _w(bounds[1], people)),
        p=_p(orders.ranks, w, permutations, rng),
        mean_correlation=orders.correlation,
        random=_w(random, people),
        alike=None if alike is None else _w(alike, people),
        relative=None if not span else (orders.correlation - random) / span,
    )


def person_scores(tasks: Tasks, n_items: int) -> FloatArray:
    """Best minus worst picks of each item, by times shown: (n_people, n_items); 0 for what was not shown."""
    people = tasks.shown.shape[0]

    def counted(items: IntArray) -> FloatArray:
        flat = items.reshape(people, items.size // max(people, 1))
        person = np.arange(people, dtype=np.int64)[:, None] + np.zeros_like(flat)
        there = flat != MISSING
        times = np.bincount(person[there] * n_items + flat[there], minlength=people * n_items)
        return times.reshape(people, n_items).astype(np.float64)

    answered = ((tasks.best != MISSING) | (tasks.worst != MISSING))[..., None]
    shown = counted(np.where(answered, tasks.shown, MISSING))
    return (counted(tasks.best) - counted(tasks.worst)) / np.maximum(shown, 1.0)


def _alike(data: ChoiceData, tasks: Tasks, rng: np.random.Generator) -> float | None:
    """The mean correlation of people who all have the group's utilities; None where these do not exist."""
    try:
        found = fit_everybody(data, "sequential")
    except np.linalg.LinAlgError:
        return None
    return _expected(tasks, np.nan_to_num(found.maximum.utilities), rng) if found.exists else None


def _expected(tasks: Tasks, utilities: FloatArray, rng: np.random.Generator) -> float:
    """The mean correlation of people with these utilities who answer these tasks."""
    people = tasks.shown.shape[0]
    whose = np.arange(max(people, SIMULATED_PEOPLE), dtype=np.int64) % people
    asked = Tasks(tasks.shown[whose], tasks.best[whose], tasks.worst[whose])
    answered = answer_again(asked, np.broadcast_to(utilities, (whose.size, utilities.size)), rng)
    return Orders(centred_ranks(person_scores(answered, utilities.size))).correlation


def _p(ranks: FloatArray, w: float, permutations: int, rng: np.random.Generator) -> float:
    """Share of shuffles of every person's order, the observed one among them, with so large a W."""
    shuffles = min(permutations, max(FEWEST_SHUFFLES, MOST_NUMBERS // ranks.size))
    at_once = max(1, NUMBERS_AT_ONCE // ranks.size)
    reached = 0
    for start in range(0, shuffles, at_once):
        orders = np.broadcast_to(ranks, (min(at_once, shuffles - start), *ranks.shape))
        reached += int((concordance(rng.permuted(orders, axis=-1)) >= w - 1e-12).sum())
    return (1 + reached) / (1 + shuffles)


def _mean_correlation(total: FloatArray, squares: float, people: int) -> float:
    return (float((total**2).sum()) - squares) / ((people - 1) * squares) if squares > 0 else 0.0


def _w(correlation: float, people: int) -> float:
    """Kendall's W with this mean correlation, between 0 and 1."""
    return min(max((correlation * (people - 1) + 1) / people, 0.0), 1.0)


def _t_quantile(level: float, df: int) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]  # costly to load

    return float(stdtrit(df, (1 + level) / 2))

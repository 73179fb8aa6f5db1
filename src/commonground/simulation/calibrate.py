"""A population fitted to published counts: which mean utilities, and how much people differ.

A published study often shows only how many times each item was best and worst. Two things are fitted to that.

*Means, for a given person-to-person SD.* Expected counts are averages over people; a fixed set of standard normal
draws stands for the people (common random numbers), so the expectation is a smooth function of the means and
Gauss–Newton finds the means whose expected best and worst counts are nearest to the published ones, each squared
distance divided by the expected count. Derivatives follow from ∂E[N]/∂u = E[N sᵀ], where N holds a task's best and
worst indicators and s is the score of `likelihood.sequential`.

*The SD.* Where a task was asked twice, the more people differ the more often they repeat themselves: expected
agreement over both picks, (P(best again) + P(worst again))/2, rises with the SD while the counts are held, so
bisection finds the SD that gives the agreement observed. In-session repeats overstate consistency (people remember),
so the SD is rather an upper bracket.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from commonground.likelihood import picks, sequential
from commonground.records.choices import FloatArray, IntArray

DRAWS = 2000
LARGEST_SD = 6.0
PRECISION = 1e-3
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class RepeatShares:
    """How often the second showing of a task is answered as the first.

    Parameters
    ----------
    both_same, one_changed, both_changed : float
        Shares, summing to one.
    """

    both_same: float
    one_changed: float
    both_changed: float

    @property
    def agreement(self) -> float:
        """Share of single picks that stay the same."""
        return self.both_same + self.one_changed / 2


def expected_counts(utilities: FloatArray, tasks: IntArray) -> FloatArray:
    """Expected best and worst counts of one person who sees each task once, averaged over people.

    Parameters
    ----------
    utilities : (n_people, n_items) float
    tasks : (n_tasks, k) int

    Returns
    -------
    (2, n_items) float
        Best counts first; each row sums to the number of tasks.

    Examples
    --------
    >>> expected_counts(np.zeros((1, 3)), np.array([[0, 1], [1, 2], [2, 0]])).round(6).tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    """
    chances = sequential.probabilities(utilities, tasks)
    sides = (chances.sum(axis=-1).mean(axis=0), chances.sum(axis=-2).mean(axis=0))
    return np.stack([picks.dense(side, tasks, utilities.shape[1]).sum(axis=0) for side in sides])


def expected_repeats(utilities: FloatArray, tasks: IntArray) -> RepeatShares:
    """Expected agreement when one of the tasks, any of them, is asked twice, averaged over people.

    Parameters
    ----------
    utilities : (n_people, n_items) float
    tasks : (n_tasks, k) int

    Examples
    --------
    >>> chance = expected_repeats(np.zeros((1, 5)), np.array([[0, 1, 2, 3, 4]]))
    >>> round(chance.both_same, 6), round(chance.one_changed, 6), round(chance.both_changed, 6)
    (0.05, 0.3, 0.65)
    """
    chances = sequential.probabilities(utilities, tasks)
    both = float((chances**2).sum(axis=(-2, -1)).mean())
    best_again = float((chances.sum(axis=-1) ** 2).sum(axis=-1).mean())
    worst_again = float((chances.sum(axis=-2) ** 2).sum(axis=-1).mean())
    one = best_again + worst_again - 2 * both
    return RepeatShares(both, one, 1 - both - one)


def fit_means(
    best: FloatArray, worst: FloatArray, tasks: IntArray, *, people: int, sd: float, rng: np.random.Generator
) -> FloatArray:
    """The mean utilities under which the expected counts are nearest to those given.

    Parameters
    ----------
    best, worst : (n_items,) float
        Counts over all people, each person having seen each task once.
    tasks : (n_tasks, k) int
    people : int
    sd : float
        Person-to-person standard deviation.
    rng : numpy.random.Generator
        For the draws that stand for the people.

    Returns
    -------
    (n_items,) float
        Summing to zero.

    Raises
    ------
    ValueError
        If the counts are not those of `people` people answering every task.
    """
    counts = np.stack([best, worst]) / people
    if not np.allclose(counts.sum(axis=1), len(tasks)):
        raise ValueError(f"{people} people answering {len(tasks)} tasks make {people * len(tasks)} best and worst each")
    return _fit_means(counts, tasks, sd, rng.normal(size=(DRAWS if sd > 0 else 1, best.size)), None)


def fit_sd(
    groups: Mapping[str, tuple[FloatArray, FloatArray, int]],
    tasks: IntArray,
    *,
    agreement: float,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> tuple[float, dict[str, FloatArray]]:
    """The person-to-person SD that gives the repeat agreement observed, and each group's means under it.

    Parameters
    ----------
    groups : mapping of group id to (best counts, worst counts, people)
    tasks : (n_tasks, k) int
    agreement : float
        Share of single picks that were the same when a task came twice, over all groups.
    rng : numpy.random.Generator
    draws : int
        How many draws stand for the people of a group.

    Returns
    -------
    sd : float
        To three decimals; 0 where people repeat themselves less than equal preferences would, and `LARGEST_SD`
        where they repeat themselves more than any SD up to it explains.
    means : dict of group id to (n_items,) float
    """
    sizes = np.array([people for _, _, people in groups.values()], dtype=np.float64)
    noise = {group: rng.normal(size=(draws, best.size)) for group, (best, _, _) in groups.items()}

    def means(sd: float, start: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        return {
            group: _fit_means(np.stack([best, worst]) / people, tasks, sd, noise[group], start.get(group))
            for group, (best, worst, people) in groups.items()
        }

    low, high, found = 0.0, LARGEST_SD, means(LARGEST_SD / 2, {})
    while high - low > PRECISION:
        middle = (low + high) / 2
        found = means(middle, found)
        agreements = [expected_repeats(found[group] + middle * noise[group], tasks).agreement for group in groups]
        low, high = (middle, high) if sizes @ agreements < agreement * sizes.sum() else (low, middle)
    sd = round((low + high) / 2, 3)
    return sd, means(sd, found)


def _fit_means(
    counts: FloatArray, tasks: IntArray, sd: float, noise: FloatArray, start: FloatArray | None
) -> FloatArray:
    """Gauss–Newton on the mean utilities; `counts` (2, n_items) per person."""
    mean = np.zeros(counts.shape[1]) if start is None else start.copy()
    for _ in range(MOST_STEPS):
        step = _step(mean + sd * noise, counts, tasks)
        mean += step
        if np.abs(step).max() < 1e-6:
            break
    return mean


def _step(people: FloatArray, counts: FloatArray, tasks: IntArray) -> FloatArray:
    """One Gauss–Newton step, at most 1 in any utility, summing to zero."""
    expected = expected_counts(people, tasks)
    weight = 1 / np.maximum(expected, 1e-3)
    slope = _count_slopes(people, tasks)
    size = counts.shape[1]
    curvature: FloatArray = np.einsum("nij,ni,nil->jl", slope, weight, slope) + np.ones((size, size))
    towards: FloatArray = np.einsum("nij,ni->j", slope, weight * (counts - expected))
    step = np.asarray(np.linalg.solve(curvature, towards), dtype=np.float64)
    step -= step.mean()
    return step / max(1.0, float(np.abs(step).max()))


def _count_slopes(utilities: FloatArray, tasks: IntArray) -> FloatArray:
    """How expected best and worst counts change with the means: (2, n_items, n_items), averaged over people."""
    n_items = utilities.shape[1]
    chances = sequential.probabilities(utilities, tasks)
    best, worst = chances.sum(axis=-1), chances.sum(axis=-2)
    left = chances / np.maximum(best, 1e-300)[..., None]  # worst given best
    gain = best[..., :, None] * np.eye(tasks.shape[1]) - best[..., :, None] * best[..., None, :]
    # d P(w)/d u_j = Σ_b P(b,w) [1(b=j) − p_j − 1(w=j) + left(b, j)]
    loss = (
        np.swapaxes(chances, -1, -2)
        - worst[..., :, None] * best[..., None, :]
        - worst[..., :, None] * np.eye(tasks.shape[1])
        + np.swapaxes(chances, -1, -2) @ left
    )
    slopes = np.zeros((2, n_items, n_items))
    for side, change in enumerate((gain.mean(axis=0), loss.mean(axis=0))):
        np.add.at(slopes[side], (tasks[:, :, None], tasks[:, None, :]), change)
    return slopes

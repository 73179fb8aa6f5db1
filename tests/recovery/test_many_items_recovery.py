"""Scores of many items over many simulated data sets: do intervals hold the truth as often as they say?"""

import numpy as np
import pytest

from commonground.analysis.count import count
from commonground.analysis.many.rank import rank
from commonground.analysis.rank_sets import ranks
from commonground.records.choices import ChoiceData
from commonground.simulation.picks import draw_picks


def simulated(
    items: int, people: int, tasks: int, k: int, *, sd: float = 1.0, person_sd: float = 0.0, seed: int
) -> tuple[np.ndarray, ChoiceData]:
    """True utilities, centred, and answers to tasks drawn at random."""
    rng = np.random.default_rng(seed)
    utilities = rng.normal(size=items) * sd
    shown = rng.random((people, tasks, items)).argsort(axis=-1)[..., :k]
    best, worst = draw_picks(utilities + person_sd * rng.normal(size=(people, items)), shown, rng)
    data = ChoiceData.from_rows(
        tuple(map(str, range(items))),
        tuple(map(str, range(people))),
        respondent=np.repeat(np.arange(people), tasks),
        task=np.tile(np.arange(1, tasks + 1), people),
        shown=shown.reshape(-1, k),
        best=best.ravel(),
        worst=worst.ravel(),
    )
    return utilities - utilities.mean(), data


def coverage(repetitions: int, items: int, people: int, tasks: int, **how: float) -> tuple[float, float, float]:
    """Over data sets: how often rank intervals and 95 % intervals hold the truth, and the mean prior found."""
    place, within, sds = [], [], []
    for seed in range(repetitions):
        truth, data = simulated(items, people, tasks, 4, seed=seed, **how)
        found = rank(data, splits=0, seed=seed).groups[0]
        low, high = np.array([item.rank_interval for item in found.items]).T
        utility, error = (
            np.array([getattr(item, name) for item in found.items]) for name in ("utility", "standard_error")
        )
        place.append(np.mean((low <= ranks(truth)) & (ranks(truth) <= high)))
        within.append(np.mean(np.abs(utility - truth) < 1.96 * error))
        sds.append(found.prior_sd)
    return float(np.mean(place)), float(np.mean(within)), float(np.mean(sds))


@pytest.mark.parametrize(
    ("items", "people", "tasks", "sd"),
    [(100, 100, 10, 1.0), (300, 100, 10, 1.0), (300, 200, 12, 0.5), (100, 60, 25, 1.5)],
)
def test_intervals_hold_the_truth(items: int, people: int, tasks: int, sd: float, measured) -> None:
    """40 data sets each; items shown 13 to 60 times, people alike; the prior found is a few per cent short."""
    place, within, found = coverage(40, items, people, tasks, sd=sd)
    measured("held the truth", rank_intervals=round(place, 3), utilities=round(within, 3), prior=f"{found:.3f} of {sd}")
    assert 0.93 <= place <= 0.98
    assert 0.92 <= within <= 0.97
    assert 0.9 * sd <= found <= 1.03 * sd


def test_ranks_hold_where_people_differ() -> None:
    """Utilities are attenuated where people differ by SD 1, ranks are not."""
    place, _, found = coverage(40, 200, 150, 10, person_sd=1.0)
    assert 0.93 <= place <= 0.98
    assert found < 0.9


def test_errors_without_people_are_too_short_where_they_differ() -> None:
    """The negative control: items seen five times by each, people differ by SD 2, every pick taken for another's."""
    from commonground.analysis.many.pick_sets import pick_sets
    from commonground.analysis.many.posterior import posterior
    from commonground.analysis.many.prior import Clusters, with_prior

    inside = {"people": [], "picks": []}
    for seed in range(60):
        truth, data = simulated(20, 60, 25, 4, sd=0.0, person_sd=2.0, seed=seed)
        sets, rng = pick_sets(data), np.random.default_rng(seed)
        for name, clusters in (
            ("people", Clusters(sets.owner, sets.people)),
            ("picks", Clusters(np.arange(sets.owner.size), sets.owner.size)),
        ):
            found = posterior(sets, clusters, with_prior(sets, clusters, 5.0, rng), 100, rng)
            inside[name].append(np.mean(np.abs(found.utilities - truth) < 1.96 * found.errors))
    assert 0.92 <= np.mean(inside["people"]) <= 0.97
    assert np.mean(inside["picks"]) < 0.8


def test_the_one_step_draws_are_as_wide_as_estimates_scatter() -> None:
    """Over 200 data sets from one truth, without a pull to speak of, where people differ."""
    rng = np.random.default_rng(1)
    truth = rng.normal(size=15)
    shown = rng.random((50, 12, 15)).argsort(axis=-1)[..., :4]
    estimates, errors = [], []
    for _ in range(200):
        best, worst = draw_picks(truth + rng.normal(size=(50, 15)), shown, rng)
        data = ChoiceData.from_rows(
            tuple(map(str, range(15))),
            tuple(map(str, range(50))),
            respondent=np.repeat(np.arange(50), 12),
            task=np.tile(np.arange(1, 13), 50),
            shown=shown.reshape(-1, 4),
            best=best.ravel(),
            worst=worst.ravel(),
        )
        found = rank(data, splits=0, prior_sd=100.0, draws=100).groups[0]
        estimates.append([item.utility for item in found.items])
        errors.append([item.standard_error for item in found.items])
    ratio = np.sqrt(np.mean(np.square(errors), axis=0)) / np.std(estimates, axis=0)
    assert np.mean(ratio) == pytest.approx(1, abs=0.05)


def test_utilities_are_nearer_the_truth_than_counts(measured) -> None:
    """Correlation with the truth over twenty sparse data sets: better beyond the error of the mean, worse in few."""
    better = []
    for seed in range(20):
        truth, data = simulated(400, 100, 10, 4, seed=seed)
        scored = [item.utility for item in rank(data, splits=0).groups[0].items]
        counted = [item.mean for item in count(data).groups[0].items]
        better.append(np.corrcoef(scored, truth)[0, 1] - np.corrcoef(counted, truth)[0, 1])
    measured("correlation gained over counts", least=round(min(better), 3), mean=round(np.mean(better), 3))
    assert np.mean(better) > 0.01
    assert np.mean(better) > 3 * np.std(better, ddof=1) / np.sqrt(len(better))
    assert sum(gain < 0 for gain in better) <= 2


def test_reliability_is_the_squared_correlation_with_the_truth() -> None:
    reliability, agreement = [], []
    for seed in range(20):
        truth, data = simulated(200, 120, 10, 4, seed=seed)
        found = rank(data, splits=20).groups[0]
        reliability.append(found.reliability.spearman_brown)
        agreement.append(np.corrcoef([item.utility for item in found.items], truth)[0, 1] ** 2)
    assert np.mean(reliability) == pytest.approx(np.mean(agreement), abs=0.015)

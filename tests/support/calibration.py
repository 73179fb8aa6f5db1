"""Simulation-based calibration of the hierarchical sampler, the long run and the short one alike.

Draw the population and everybody's utilities from the prior, let these people answer, and sample the posterior. The
truth is then one more draw from the posterior, so its rank among the sampler's draws is uniform: for every quantity, at
every size. Talts, S., Betancourt, M., Simpson, D., Vehtari, A., & Gelman, A. (2018). Validating Bayesian inference
algorithms with simulation-based calibration. arXiv:1804.06788 (algorithm 1).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import contrast
from commonground.analysis.hierarchical.draws import Draws
from commonground.analysis.hierarchical.prior import Prior, draw_inverse_wishart
from commonground.analysis.hierarchical.sample import sample
from commonground.analysis.hierarchical.summary import spreads
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks
from commonground.simulation.rules import draw_answers

PRIOR = Prior(df=4.0, scale=1.0, mean_sd=1.0)
ITEMS = 4
TASKS = np.array([[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]] * 2)
FEW = np.array([0] * 8 + [1] * 4)
"""The group of each of 12 people, whose answers leave much to the prior."""

MANY = np.array([0] * 60 + [1] * 30)
"""Of 90 people, whose answers say much of the population, and how far apart utilities lie."""


@dataclass(frozen=True)
class Truth:
    """A population and its people, as the prior has them."""

    means: np.ndarray
    covariance: np.ndarray
    utilities: np.ndarray

    def answer(self, rule: str, rng: np.random.Generator) -> Tasks:
        """What these people pick."""
        shown = np.broadcast_to(TASKS, (len(self.utilities), *TASKS.shape))
        picks = draw_answers(rule, self.utilities, shown, rng)
        return Tasks(picks.shown, picks.best, picks.worst)


Fit = Callable[[Tasks, int], Draws]


def fit(
    tasks: Tasks, seed: int, *, prior: Prior = PRIOR, model: str = "sequential", draws: int = 400, warmup: int = 200
) -> Draws:
    """What is to be calibrated; the number of people tells which of the two studies it is."""
    return sample(
        tasks,
        ITEMS,
        groups=FEW if len(tasks.best) == len(FEW) else MANY,
        model=model,
        prior=prior,
        draws=draws,
        warmup=warmup,
        chains=1,
        seed=seed,
        keep=draws // 8,
    )


def fit_turned(tasks: Tasks, seed: int, **settings: int) -> Draws:
    """A mistake to be found: best and worst confused."""
    return fit(Tasks(tasks.shown, tasks.worst, tasks.best), seed, **settings)


def truth_from(prior: Prior, groups: np.ndarray, rng: np.random.Generator) -> Truth:
    """A population from the prior as `hierarchical.prior` describes it, written down a second time."""
    columns = contrast.basis(ITEMS)
    mixing = 1 / rng.gamma(0.5, prior.scale**2, size=ITEMS)  # inverse gamma(1/2, 1/scale²)
    whole, _ = draw_inverse_wishart(prior.df + ITEMS - 1, 2 * prior.df * np.diag(1 / mixing), rng)
    covariance = columns.T @ whole @ columns
    means = prior.mean_sd * rng.normal(size=(groups.max() + 1, ITEMS - 1))
    coordinates = means[groups] + rng.normal(size=(len(groups), ITEMS - 1)) @ np.linalg.cholesky(covariance).T
    return Truth(means @ columns.T, columns @ covariance @ columns.T, coordinates @ columns.T)


def ranks(
    seeds: Iterable[int], fitted: Fit = fit, *, rule: str = "sequential", groups: np.ndarray = FEW
) -> dict[str, np.ndarray]:
    """For each quantity the place of the truth among the draws, from 0 to 1, once a seed."""
    found = [_ranks(seed, fitted, rule, groups) for seed in seeds]
    return {name: np.array([one[name] for one in found]) for name in found[0]}


def _ranks(seed: int, fitted: Fit, rule: str, groups: np.ndarray) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    truth = truth_from(PRIOR, groups, rng)
    tasks = truth.answer(rule, rng)
    draws = fitted(tasks, seed)
    at = draws.kept_draws
    kept = draws.kept[0].astype(np.float64)
    true = _quantities(truth.means, truth.covariance, truth.utilities, tasks, rule)
    drawn = [
        _quantities(draws.means[0, draw], draws.covariance[0, draw], kept[place], tasks, rule)
        for place, draw in enumerate(at)
    ]
    # Ties are nobody's, so a random place within the rank makes the distribution exactly uniform.
    below = {name: np.mean([one[name] < value for one in drawn]) for name, value in true.items()}
    return {name: (value * len(at) + rng.random()) / (len(at) + 1) for name, value in below.items()}


def _quantities(
    means: np.ndarray, covariance: np.ndarray, utilities: np.ndarray, tasks: Tasks, rule: str
) -> dict[str, float]:
    """Location, scale, correlation, two people, and what everybody's utilities say together.

    The last two hang on the answers of all people at once, so they show what is too small to see in any one quantity
    (Modrák, M., et al. (2025). Simulation-based calibration checking for Bayesian computation: the choice of test
    quantities shapes sensitivity. Bayesian Analysis, 20(2), 461–488).
    """
    sds, correlations = spreads(covariance)
    return {
        **{f"mean {group}{item}": means[group, item] for group in range(len(means)) for item in range(ITEMS)},
        **{f"sd {item}": sds[item] for item in range(ITEMS)},
        **{f"correlation {pair}": correlations[pair] for pair in range(correlations.size)},
        **{f"person {who}, item {item}": utilities[who, item] for who in (0, -1) for item in range(ITEMS)},
        "spread of all utilities": float(np.sqrt((utilities**2).mean())),
        "log-likelihood": MODELS[rule].log_likelihood(utilities, tasks).sum(),
    }


def smallest_p(found: dict[str, np.ndarray]) -> tuple[float, str]:
    """Over all quantities, the smallest p-value of Kolmogorov and Smirnov, times their number (Bonferroni)."""
    from scipy.stats import kstest

    each = {name: float(kstest(values, "uniform").pvalue) for name, values in found.items()}
    name = min(each, key=each.__getitem__)
    return min(1.0, each[name] * len(each)), name

"""Hierarchical Bayes: draws of everybody's utilities and of the population they come from.

    u_i = E z_i,   z_i ~ Normal(μ_group(i), Σ),   answers of i ~ *sequential* or *maxdiff* given u_i,

with the priors of `prior` on every group's μ and on the one Σ, E the basis of `contrast`. Each draw is three moves:
everybody given the population (`sweep`), the population given everybody (`population`), and both together
(`interweave`). Weights of respondents play no part in it: a person is one draw from the population, however many they
stand for. `weight` serves where people are averaged.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import chains as chaining
from commonground.analysis.hierarchical import crowd as crowding
from commonground.analysis.hierarchical import encode, kernels, mode, tallying
from commonground.analysis.hierarchical.chains import Chains
from commonground.analysis.hierarchical.draws import Draws
from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.tallying import Tally
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray, IntArray
from commonground.records.errors import RequestError, SettingError

Progress = Callable[[int, int], None]

PEOPLE_TO_START = 1000
"""So many people, spread over all, are enough to find where the chains start."""


@dataclass(slots=True)
class State:
    """The chains as they stand, for `extend`."""

    chains: Chains
    tally: Tally
    weight: FloatArray
    picks: IntArray
    busy: bool = False


def sample(
    tasks: Tasks,
    n_items: int,
    *,
    groups: IntArray | None = None,
    model: str = "sequential",
    prior: Prior | None = None,
    draws: int = 1000,
    warmup: int = 250,
    chains: int = 4,
    seed: int,
    keep: int = 0,
    weight: FloatArray | None = None,
    progress: Progress | None = None,
) -> Draws:
    """Draw from the posterior.

    Parameters
    ----------
    tasks : Tasks
        (n_people, n_tasks, k), as `likelihood.tasks.tasks_by_respondent` makes them. Tasks may differ in size and
        number, lack a best or a worst, or be empty; a person without answers is drawn from the population.
    n_items : int
        At least 2.
    groups : (n_people,) int, optional
        Everybody's group, from 0, none empty: each has its mean, all share one covariance. One group where left out.
    model : str
        *sequential* or *maxdiff*.
    prior : Prior, optional
    draws, warmup, chains : int
        Draws a chain after so many sweeps of warm-up.
    seed : int
        The same seed, data and settings give the same draws.
    keep : int
        Whole draws of everybody to keep from each chain, at least; fewer than twice as many are.
    weight : (n_people,) float, optional
        Positive; for `shares` only.
    progress : callable, optional
        Called with (sweeps done, sweeps in all).

    Returns
    -------
    Draws

    Raises
    ------
    SettingError
        If a number of draws, chains or items makes no sense, or the model is unknown.
    RequestError
        If groups or weights do not fit the people.

    Examples
    --------
    >>> tasks = Tasks([[[0, 1, 2], [0, 1, 2]]] * 8, best=[[0, 0]] * 8, worst=[[1, 2]] * 8)
    >>> found = sample(tasks, 3, draws=20, warmup=20, chains=2, seed=1)
    >>> found.means.shape, found.means.mean(axis=(0, 1, 2)).argmax()
    ((2, 20, 1, 3), np.int64(0))
    """
    _check_settings(n_items, draws, warmup, chains, keep)
    encode.check(tasks, model)
    people = tasks.shown.shape[0]
    group, size = grouped(groups, people)
    known = prior or Prior()
    rng = np.random.default_rng(seed)
    everybody = np.arange(people, dtype=np.int64)
    few = crowding.crowds(tasks, n_items, group, starters(group), model=model, draws=1)
    start = mode.laplace_em(few, len(size), known)
    parts = crowding.crowds(tasks, n_items, group, everybody, model=model, draws=chains)
    sites = [crowding.linearised(part, z) for part, z in zip(parts, mode.modes(parts, start), strict=True)]
    running = chaining.begin(parts, sites, start, size, chains=chains, prior=known, rng=rng)
    counted = _Counted(progress, warmup + draws)
    chaining.warm_up(running, sites, warmup, counted)
    state = State(
        running,
        tallying.tally(people, n_items, chains, keep),
        _weights(weight, people),
        np.asarray(tasks.picks, dtype=np.int64),
    )
    return _drawn(state, draws, counted, None)


def extend(found: Draws, draws: int, *, progress: Progress | None = None) -> Draws:
    """More draws of the same chains: what `sample` would have returned had it been asked for all of them.

    Parameters
    ----------
    found : Draws
        The latest: the chains go on from where they stand, so the same draws cannot be extended twice.
    draws : int
        How many more, a chain.
    progress : callable, optional
        Called with (sweeps done, sweeps in all) of this call.

    Raises
    ------
    RequestError
        If the draws were extended before.
    """
    state = found.state
    if not isinstance(state, State) or state.tally.draws != found.means.shape[1]:
        raise RequestError("These draws were continued already: continue the latest ones.")
    return _drawn(state, draws, _Counted(progress, draws), found)


class _Counted(chaining.Told):
    """Tells the progress after each sweep."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def __call__(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def starters(group: IntArray) -> IntArray:
    """People to find a start with: all, or so many evenly spread, and at least one of each group."""
    everybody = np.arange(group.size)
    spread = everybody[:: max(1, group.size // PEOPLE_TO_START)]
    return np.union1d(spread, np.unique(group, return_index=True)[1])


def grouped(groups: IntArray | None, people: int) -> tuple[IntArray, FloatArray]:
    """Everybody's group and the groups' sizes, checked."""
    if people == 0:
        raise RequestError("There are no respondents.")
    if groups is None:
        return np.zeros(people, dtype=np.int64), np.array([float(people)])
    group = np.asarray(groups, dtype=np.int64)
    if group.shape != (people,) or group.min() < 0:
        raise RequestError("Groups must hold one number, from 0, for each respondent.")
    size = np.bincount(group).astype(np.float64)
    if not size.all():
        raise RequestError(f"Group {int(size.argmin())} has nobody in it: number groups from 0 without gaps.")
    return group, size


def _check_settings(n_items: int, draws: int, warmup: int, chains: int, keep: int) -> None:
    for name, value, least in (
        ("items", n_items, 2),
        ("draws", draws, 4),
        ("warmup", warmup, 0),
        ("chains", chains, 1),
        ("keep", keep, 0),
    ):
        if value < least:
            raise SettingError(f"the number of {name} must be at least {least}, not {value}.")


def _weights(weight: FloatArray | None, people: int) -> FloatArray:
    if weight is None:
        return np.full(people, 1 / people)
    given = np.asarray(weight, dtype=np.float64)
    if given.shape != (people,) or not (given > 0).all() or not np.isfinite(given).all():
        raise RequestError("Weight must hold one positive number for each respondent.")
    return given / given.sum()


def _drawn(state: State, draws: int, counted: _Counted, before: Draws | None) -> Draws:
    """Run the chains and put everything together."""
    chains, tally = state.chains, state.tally
    n_chains, n_items = len(tally.strode), tally.first.shape[1]
    means = np.empty((n_chains, draws, len(chains.stride.size), n_items))
    covariance = tallying.small((n_chains, draws, n_items, n_items))
    share = np.empty((n_chains, draws, n_items))
    columns = chains.parts[0].columns
    for draw in range(draws):
        tally.add(chains, *chains.sweep())
        means[:, draw] = chains.population.means @ columns.T
        covariance[:, draw] = columns @ chains.population.covariance @ columns.T
        share[:, draw] = tallying.shares(chains, state.weight)
        counted()
    if before is not None:
        means = np.concatenate([before.means, means], axis=1)
        covariance = np.concatenate([before.covariance, covariance], axis=1)
        share = np.concatenate([before.shares, share], axis=1)
    return _summed(state, means, covariance, share)


def _summed(state: State, means: FloatArray, covariance: FloatArray, share: FloatArray) -> Draws:
    tally, n_chains = state.tally, len(state.tally.strode)
    count = n_chains * tally.draws
    mean = tally.first / count
    log_likelihood = tally.log_likelihood / count
    rlh = np.full(len(mean), np.nan)
    np.divide(log_likelihood, state.picks, out=rlh, where=state.picks > 0)
    kept = tallying.small((n_chains, len(tally.kept), *mean.shape))
    for place, (_, whole) in enumerate(tally.kept):
        kept[:, place] = whole
    return Draws(
        means=means,
        covariance=covariance,
        shares=share,
        individual_mean=mean,
        individual_sd=np.sqrt(np.maximum(tally.second / count - mean**2, 0.0)),
        individual_log_likelihood=log_likelihood,
        rlh=np.exp(rlh),
        picks=state.picks,
        kept=kept,
        kept_draws=np.array([draw for draw, _ in tally.kept], dtype=np.int64),
        acceptance=tally.accepted / tally.draws,
        messages=_messages(tally),
        state=state,
    )


def _messages(tally: Tally) -> tuple[str, ...]:
    """What went wrong or nearly so."""
    found: list[str] = []
    stuck = int((tally.accepted == 0).sum())
    if stuck:
        found.append(f"the utilities of {stuck} respondents never moved: their draws say nothing.")
    still = np.flatnonzero(tally.strode == 0) + 1
    if still.size:
        found.append(f"population and respondents never moved together in chain {', '.join(map(str, still.tolist()))}.")
    if tally.largest > kernels.LARGEST_UTILITY:
        found.append(
            f"some utilities went beyond {kernels.LARGEST_UTILITY:.0f} logits, which is certainty: the answers do not "
            "bound them and the prior hardly does; a smaller scale of the prior would."
        )
    return tuple(found)

"""Best picks by one set of utilities, worst picks by another: what the models become when the two are set apart.

With u for best and v for worst, both in logits,

- `marginal`: exp(u_b)/Σ exp(u_j) · exp(−v_w)/Σ exp(−v_j), both sums over everything shown;
- `sequential`: the same, the second sum over what is left without the best;
- `maxdiff`: exp(u_b − v_w) / Σ_{i≠j} exp(u_i − v_j).

With v = u these are the models of those names; with v = λu worst picks have a scale of their own (Dyachenko, Reczek &
Allenby 2014). The parameters stand in one vector, u first: (..., 2 · n_items). Only differences within u and within v
matter. A task of which one pick was asked is a choice out of everything shown, as in `maxdiff`. The model `rank` cannot
be split so: its worst pick is what is left after best picks.

References
----------
Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst choices. Journal of
Mathematical Psychology, 49(6), 464–480.
Dyachenko, T., Reczek, R. W., & Allenby, G. M. (2014). Models of sequential evaluation in best-worst choice tasks.
Marketing Science, 33(6), 828–848.
"""

import numpy as np

from commonground.likelihood import picks
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray

SPLIT = ("marginal", "sequential", "maxdiff")
"""Models that can be set apart."""


def log_probabilities(model: str, sides: FloatArray, tasks: Tasks) -> FloatArray:
    """Log probability of each task's picks: (..., n_tasks), nats.

    Parameters
    ----------
    model : str
        One of `SPLIT`.
    sides : (..., 2 · n_items) float
        Utilities for best, then for worst.
    tasks : Tasks

    Examples
    --------
    >>> tasks = Tasks([[0, 1, 2, 3]], best=[0], worst=[1])
    >>> [round(float(np.exp(log_probabilities(model, np.zeros(8), tasks))[0]), 4) for model in SPLIT]
    [0.0625, 0.0833, 0.0833]
    """
    up, down = _halves(sides)
    pairs, singles, rest = _parts(model, tasks)
    found = picks.log_probabilities(up, singles.shown, singles.best) + picks.log_probabilities(
        -down, rest, singles.worst
    )
    if pairs is None:
        return found
    both = pairs.best != MISSING
    gain = picks.item_utilities(up, np.where(both, pairs.best, 0)[..., None])[..., 0]
    loss = picks.item_utilities(down, np.where(both, pairs.worst, 0)[..., None])[..., 0]
    return found + np.where(both, gain - loss - np.where(both, _log_sums(_pair_values(up, down, pairs.shown)), 0.0), 0)


def log_likelihood(model: str, sides: FloatArray, tasks: Tasks) -> FloatArray:
    """Their weighted sum over tasks: (...)."""
    return (tasks.weight * log_probabilities(model, sides, tasks)).sum(axis=-1)


def scores(model: str, sides: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of each task's log probability: (..., n_tasks, 2 · n_items)."""
    up, down = _halves(sides)
    pairs, singles, rest = _parts(model, tasks)
    best, worst = picks.scores(up, singles.shown, singles.best), -picks.scores(-down, rest, singles.worst)
    if pairs is not None:
        items = up.shape[-1]
        as_best, as_worst = _expected(up, down, pairs)
        best = best + picks.observed(pairs.best, items) - as_best
        worst = worst - picks.observed(pairs.worst, items) + as_worst
    return np.concatenate([best, worst], axis=-1)


def gradient(model: str, sides: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of the log-likelihood: (..., 2 · n_items), each half summing to zero."""
    return (tasks.weight[..., None] * scores(model, sides, tasks)).sum(axis=-2)


def hessian(model: str, sides: FloatArray, tasks: Tasks) -> FloatArray:
    """Second derivatives of the log-likelihood: (..., 2 · n_items, 2 · n_items)."""
    up, down = _halves(sides)
    pairs, singles, rest = _parts(model, tasks)
    upper = picks.hessian(up, singles.shown, singles.best, tasks.weight)
    lower = picks.hessian(-down, rest, singles.worst, tasks.weight)
    beside = np.zeros_like(upper)
    if pairs is not None:
        more = _pair_covariance(up, down, pairs)
        upper, beside, lower = upper - more[0], beside - more[1], lower - more[2]
    return np.concatenate(
        [
            np.concatenate([upper, beside], axis=-1),
            np.concatenate([np.swapaxes(beside, -1, -2), lower], axis=-1),
        ],
        axis=-2,
    )


def _halves(sides: FloatArray) -> tuple[FloatArray, FloatArray]:
    items = sides.shape[-1] // 2
    return sides[..., :items], sides[..., items:]


def _parts(model: str, tasks: Tasks) -> tuple[Tasks | None, Tasks, IntArray]:
    """Picks that are one choice of a pair, picks that are choices of their own, and what worst is picked out of."""
    if model == "marginal":
        return None, tasks, tasks.shown
    if model == "sequential":
        return None, tasks, tasks.rest
    both = (tasks.best != MISSING) & (tasks.worst != MISSING)
    pairs, singles = (
        Tasks(tasks.shown, np.where(kept, tasks.best, MISSING), np.where(kept, tasks.worst, MISSING), tasks.weight)
        for kept in (both, ~both)
    )
    return pairs, singles, tasks.shown


def _pair_values(up: FloatArray, down: FloatArray, shown: IntArray) -> FloatArray:
    """u_i − v_j of each pair: (..., n_tasks, k, k); −∞ where there is none."""
    values = picks.item_utilities(up, shown)[..., :, None] + picks.item_utilities(-down, shown)[..., None, :]
    return np.where(np.eye(shown.shape[-1], dtype=bool), -np.inf, values)


def _log_sums(values: FloatArray) -> FloatArray:
    return picks.log_sums(values.reshape(*values.shape[:-2], -1))


def _chances(up: FloatArray, down: FloatArray, pairs: Tasks) -> FloatArray:
    """How likely each pair is: (..., n_tasks, k, k); 0 throughout where no pair was picked."""
    values = _pair_values(up, down, pairs.shown)
    sums = _log_sums(values)
    chances = np.exp(values - np.where(np.isfinite(sums), sums, 0.0)[..., None, None])
    return np.where((pairs.best != MISSING)[..., None, None], chances, 0.0)


def _expected(up: FloatArray, down: FloatArray, pairs: Tasks) -> tuple[FloatArray, FloatArray]:
    """Chances to be best and to be worst, spread over all items: (..., n_tasks, n_items) each."""
    chances, items = _chances(up, down, pairs), up.shape[-1]
    best, worst = (picks.dense(chances.sum(axis=axis), pairs.shown, items) for axis in (-1, -2))
    return best, worst


def _pair_covariance(up: FloatArray, down: FloatArray, pairs: Tasks) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The covariance of z = (1 at the best, −1 at the worst) in its blocks, summed over tasks."""
    items = up.shape[-1]
    best, worst = _expected(up, down, pairs)
    weight = pairs.weight[..., None]
    turned_best, turned_worst = np.swapaxes(best, -1, -2), np.swapaxes(worst, -1, -2)
    within_best = picks.diagonal((best * weight).sum(axis=-2)) - turned_best @ (best * weight)
    within_worst = picks.diagonal((worst * weight).sum(axis=-2)) - turned_worst @ (worst * weight)
    crossed = np.zeros_like(within_best)
    for place, chances in enumerate(np.moveaxis(_chances(up, down, pairs), -2, 0)):
        rows = picks.dense(chances * weight, pairs.shown, items)
        first = picks.observed(np.broadcast_to(pairs.shown[..., place], rows.shape[:-1]), items)
        crossed = crossed + np.swapaxes(first, -1, -2) @ rows
    return within_best, turned_best @ (worst * weight) - crossed, within_worst

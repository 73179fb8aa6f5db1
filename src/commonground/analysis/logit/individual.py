"""One person's utilities from that person's answers alone: a logit held in place by a prior.

With a dozen tasks a person's own maximum-likelihood utilities run away (an item never chosen worst has none), so each
utility gets a normal prior around 0 with variance 4, and the mode of the posterior is taken (MAP). The likelihood is
`likelihood.sequential`: best, then worst out of the rest. The log posterior is concave, so Newton's method finds its
one mode; all persons' steps are taken side by side.
"""

from dataclasses import dataclass

import numpy as np

from commonground.likelihood import sequential
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray

PRIOR_VARIANCE = 4.0
CHUNK = 500
MOST_STEPS = 50
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class IndividualFit:
    """Everybody's utilities and how well they fit.

    Parameters
    ----------
    utilities : (n_people, n_items) float
        Logits, summing to zero for each person.
    log_likelihood : (n_people,) float
        Nats, without the prior.
    rlh : (n_people,) float
        Root likelihood: the geometric mean probability of the picks made, best and worst counted apart; NaN for a
        person without picks. 1 would be perfect; with equal utilities and tasks of 5 it is √(1/5 · 1/4) = 0.224.
    """

    utilities: FloatArray
    log_likelihood: FloatArray
    rlh: FloatArray


def fit_individuals(tasks: Tasks, n_items: int, *, prior_variance: float = PRIOR_VARIANCE) -> IndividualFit:
    """Each person's posterior mode.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people, as `likelihood.tasks.tasks_by_respondent` makes them.
    n_items : int
    prior_variance : float
        Variance of the normal prior on each utility, in squared logits.

    Returns
    -------
    IndividualFit

    References
    ----------
    The root likelihood as a sign of random answering: B. Orme, "Consistency cutoffs to identify 'bad' respondents in
    CBC, ACBC, and MaxDiff", Sawtooth Software research paper, 2019.

    Examples
    --------
    >>> tasks = Tasks([[[0, 1, 2], [0, 1, 3]]], best=[[0, 0]], worst=[[1, 1]])
    >>> fit = fit_individuals(tasks, 4)
    >>> fit.utilities.round(2).tolist()
    [[1.59, -1.6, 0.01, 0.01]]
    """
    people = tasks.shown.shape[0]
    parts = [
        _fit_chunk(
            Tasks(tasks.shown[chunk], tasks.best[chunk], tasks.worst[chunk], tasks.weight[chunk]),
            n_items,
            prior_variance,
        )
        for chunk in (slice(start, start + CHUNK) for start in range(0, people, CHUNK))
    ]
    utilities = np.concatenate([part[0] for part in parts]) if parts else np.zeros((0, n_items))
    log_likelihood = np.concatenate([part[1] for part in parts]) if parts else np.zeros(0)
    picks = tasks.picks
    rlh = np.full(people, np.nan)
    np.divide(log_likelihood, picks, out=rlh, where=picks > 0)
    # To ten places: answers alike but for the order of items must tie, not differ by rounding.
    return IndividualFit(utilities, log_likelihood, np.exp(rlh).round(10))


def _fit_chunk(tasks: Tasks, n_items: int, prior_variance: float) -> tuple[FloatArray, FloatArray]:
    """Newton from equal utilities; a step moves no utility by more than 2, which keeps it from overshooting."""
    utilities = np.zeros((tasks.shown.shape[0], n_items))
    prior = np.eye(n_items) / prior_variance
    for _ in range(MOST_STEPS):
        slope = sequential.gradient(utilities, tasks) - utilities / prior_variance
        if np.abs(slope).max(initial=0.0) < TOLERANCE:
            break
        curvature = prior - sequential.hessian(utilities, tasks)
        step = np.linalg.solve(curvature, slope[..., None])[..., 0]
        utilities += step / np.maximum(np.abs(step).max(axis=-1, keepdims=True) / 2, 1.0)
    return utilities, sequential.log_likelihood(utilities, tasks)

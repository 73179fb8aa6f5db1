"""Does one class more fit better than chance would make it? The likelihood-ratio test, calibrated by simulation.

Twice the gain in log-likelihood from one class more follows no χ² distribution, because with a class too many the
parameters are not told by the answers. So studies are simulated from the solution with one class fewer, on the tasks
that these people answered; both numbers are fitted to each of them, and the gain found is compared with the gains that
one class too many brings there.

References
----------
McLachlan, G. J. (1987). On bootstrapping the likelihood ratio test statistic for the number of components in a normal
mixture. Applied Statistics, 36(3), 318–324.
Nylund, K. L., Asparouhov, T., & Muthén, B. O. (2007). Deciding on the number of classes in latent class analysis and
growth mixture modeling. Structural Equation Modeling, 14(4), 535–569 (the best of the criteria they compare).
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from commonground.analysis.classes.attempt import Attempt, attempt
from commonground.analysis.classes.records import BootstrapTest
from commonground.analysis.logit.newton import maximise
from commonground.records.choices import MISSING, BoolArray, ChoiceData, FloatArray, IntArray
from commonground.simulation.rules import draw_answers


def bootstrap_test(
    data: ChoiceData,
    fewer: tuple[Attempt, FloatArray],
    more: tuple[int, float],
    *,
    studies: int,
    starts: int,
    rng: np.random.Generator,
    advance: Callable[[], None],
) -> BootstrapTest:
    """Test a number of classes against one fewer.

    Parameters
    ----------
    data : ChoiceData
        What was fitted.
    fewer : (Attempt, (n_parameters,) float)
        How it was fitted, and the best point with one class fewer.
    more : (int, float)
        The number of classes, and the log-likelihood found with it.
    studies : int
        Simulated ones.
    starts : int
        Of each search, as many as the solutions themselves had.
    rng : numpy Generator
    advance : callable
        Called after each start.
    """
    made, at = fewer
    number, log_likelihood = more
    gain = 2 * (log_likelihood - float(made.mixture(number - 1).log_likelihood(at)))
    gains = np.array(
        [
            _gain(simulated(data, made, at, rng), made, at, number, starts=starts, advance=advance)
            for _ in range(studies)
        ]
    )
    return BootstrapTest(
        against=number - 1,
        statistic=gain,
        expected=float(gains.mean()),
        p=(1 + int((gains >= gain).sum())) / (1 + studies),
        studies=studies,
    )


def _gain(
    data: ChoiceData, made: Attempt, truth: FloatArray, number: int, *, starts: int, advance: Callable[[], None]
) -> float:
    """Twice the gain of one class too many; the truth is one more start for the others."""
    again = attempt(data, made.choice_rule, penalty=0.0, seed=made.seed)
    known = maximise(again.mixture(number - 1), truth)
    fewer = max(
        float(again.search(number - 1, starts, advance).log_likelihoods[0]),
        float(again.mixture(number - 1).value(known.utilities)),
    )
    return 2 * max(float(again.search(number, starts, advance).log_likelihoods[0]) - fewer, 0.0)


def simulated(data: ChoiceData, made: Attempt, at: FloatArray, rng: np.random.Generator) -> ChoiceData:
    """The same people and tasks, answered by classes as they are in a point; what was not picked stays so.

    Parameters
    ----------
    data : ChoiceData
    made : Attempt
        Its choice rule and its people.
    at : (n_parameters,) float
        A point of one of its mixtures.
    rng : numpy Generator
    """
    n_classes = at.size // (len(made.items) + 1)
    mixture = made.mixture(n_classes)
    kind = rng.choice(n_classes, size=len(data.respondents), p=np.exp(mixture.log_sizes(at)))
    utilities = mixture.utilities(at)[kind[data.respondent]]
    best, worst = np.full_like(data.best, MISSING), np.full_like(data.worst, MISSING)
    asked_best, asked_worst = data.best != MISSING, data.worst != MISSING
    for rule, rows in (
        (made.choice_rule, asked_best & asked_worst),
        ("best", asked_best & ~asked_worst),
        ("rank" if made.choice_rule == "rank" else "worst", asked_worst & ~asked_best),
    ):
        best[rows], worst[rows] = _picks(rule, utilities, data.shown, rows, rng)
    return replace(data, best=np.where(asked_best, best, MISSING), worst=np.where(asked_worst, worst, MISSING))


def _picks(
    rule: str, utilities: FloatArray, shown: IntArray, rows: BoolArray, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Best and worst of some rows, tasks of one size at a time: (n_rows,) each."""
    best, worst = np.full(len(shown), MISSING), np.full(len(shown), MISSING)
    size = (shown != MISSING).sum(axis=1)
    for k in np.unique(size[rows]).tolist():
        these = np.flatnonzero(rows & (size == k))
        tasks = shown[these][shown[these] != MISSING].reshape(-1, 1, k).astype(np.int64)
        picks = draw_answers(rule, utilities[these], tasks, rng)
        best[these], worst[these] = picks.best[:, 0], picks.worst[:, -1]  # `marginal` asks in two tasks
    return best[rows], worst[rows]

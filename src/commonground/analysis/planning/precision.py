"""How wide the 95 % interval of an item turns out to be in a simulated study."""

import numpy as np

from commonground.analysis.logit.estimate import estimate
from commonground.analysis.logit.statistics import statistics
from commonground.analysis.planning.answers import Answers
from commonground.records.choices import FloatArray

LEVEL = 0.95


def score_half_widths(answers: Answers) -> FloatArray:
    """Of mean scores per person in the first group: t quantile times standard error, (n_items,).

    The expanded percentile interval of `analysis.resample.interval` is made to agree with this one, without the
    resampling.

    Parameters
    ----------
    answers : Answers
        Of at least two people.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] # costly to load

    each = answers.tallies()
    mine = each.group == 0
    people = int(mine.sum())
    difference, shown = (each.best - each.worst)[mine], each.shown[mine]
    seen = shown.sum(axis=0)
    mean = difference.sum(axis=0) / np.where(seen > 0, seen, np.nan)
    rest = difference - mean * shown
    error = each.appearances * np.sqrt(people / max(people - 1, 1) * (rest**2).sum(axis=0)) / seen
    return float(stdtrit(people - 1, (1 + LEVEL) / 2)) * error


def utility_half_widths(answers: Answers, model: str) -> FloatArray:
    """Of utilities in the first group: 1.96 times the cluster-robust error, (n_items,); infinite where there is none.

    Parameters
    ----------
    answers : Answers
    model : str
        Which one is fitted.
    """
    from scipy.special import ndtri  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] # costly to load

    data = answers.choices(0)
    found = statistics(data, model)
    everyone = np.zeros(len(data.respondents), dtype=np.int64)
    fitted = estimate(model, found, found.weights(everyone, 1)[0], everyone == 0, answers.items)
    errors = np.sqrt(np.diagonal(fitted.robust))
    return np.where(np.isnan(errors), np.inf, float(ndtri((1 + LEVEL) / 2)) * errors)

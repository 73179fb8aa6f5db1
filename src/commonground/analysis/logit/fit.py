"""Fitting the models of a best-worst choice to everybody, or to each group apart."""

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from commonground.analysis.logit.equality import compare_groups
from commonground.analysis.logit.group import Groups, Settings, describe, fit_group
from commonground.analysis.logit.records import Fits
from commonground.analysis.logit.statistics import Statistics, statistics
from commonground.analysis.logit.words import named
from commonground.analysis.tallies import grouping, unanswered_rows
from commonground.likelihood.models import MODELS
from commonground.records.anchors import Anchors
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import Problem, RequestError, SettingError

if TYPE_CHECKING:
    from commonground.analysis.resample import Progress  # scipy.special comes with it: 0.2 s at every start

PERMUTATIONS = 500


def fit(
    data: ChoiceData,
    *,
    model: str = "sequential",
    by: str | None = None,
    reference: str | None = None,
    penalty: float = 0.0,
    permutations: int = PERMUTATIONS,
    scale_worst: bool = False,
    anchors: Anchors | None = None,
    seed: int = 1,
    progress: "Progress | None" = None,
) -> Fits:
    """Fit a model by maximum likelihood, with plain and cluster-robust standard errors.

    Only the number of each different answer is needed, so a fit takes as long for ten thousand people as for a
    hundred. Utilities that do not exist (see `logit.separation`) are None, and a message says why. Weights multiply a
    respondent's answers; repeated tasks are not counted; people without a group are left out and reported.

    Parameters
    ----------
    data : ChoiceData
    model : str
        best, worst, marginal, sequential, maxdiff or rank.
    by : str, optional
        The covariate that makes the groups; left out, everybody is one group, "all".
    reference : str, optional
        The item whose utility is 0; left out, utilities sum to zero.
    penalty : float
        Takes penalty/2 · Σ (utility − mean)² from the log-likelihood: a normal prior with variance 1/penalty, under
        which every utility exists, shrunk towards the others. 0 for none.
    permutations : int
        Of the group labels over respondents, to calibrate the tests between groups; 0 for none.
    scale_worst : bool
        Estimate and test a scale of worst picks against best ones as well, in every group.
    anchors : Anchors, optional
        Answers to whether items matter at all: utilities relative to that threshold are fitted as well.
    seed : int
        Of the permutations, the draws behind rank sets, and the people simulated for the scale of worst picks.
    progress : callable, optional
        Told (done, total).

    Returns
    -------
    Fits

    Raises
    ------
    RequestError
        If the column or the reference does not exist, or nobody made a choice the model looks at.
    SettingError
        If there is no such model, or the penalty is negative.

    References
    ----------
    McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior.
    Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst choices.
    Lin, D. Y., & Wei, L. J. (1989). The robust inference for the Cox proportional hazards model. JASA, 84, 1074–1078
    (clustered errors without a small-sample factor, as R's `survival` gives them).

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo", "Cy"), respondent=[0, 1, 2], task=[1, 1, 1],
    ...     shown=[[0, 1, 2], [2, 1, 0], [0, 1, 2]], best=[0, 0, 1], worst=[2, 1, 0])
    >>> found = fit(data).models[0]
    >>> found.converged, [round(item.utility, 2) for item in found.items if item.utility is not None]
    (True, [0.34, -0.07, -0.27])
    """
    _check(data, model, reference, penalty)
    groups = _groups(data, statistics(data, model), by, model)
    settings = Settings(model, data.items, reference, penalty)
    found = tuple(fit_group(groups, place, settings) for place in range(len(groups.names)))
    tests, said = None, ()
    if by is not None:
        tests, said = compare_groups(
            groups, settings, found, permutations=permutations, rng=np.random.default_rng(seed), progress=progress
        )
    scales, anchored = None, None
    if anchors is not None:
        from commonground.analysis.logit.anchored import anchor_groups  # noqa: PLC0415 – few fits want it

        anchored = anchor_groups(data, groups, settings, anchors)
    if scale_worst:
        from commonground.analysis.logit.worst_scale import worst_scales  # noqa: PLC0415 – simulation comes with it

        scales = worst_scales(data, groups, settings, found, np.random.default_rng([seed, 1]))
    return Fits(
        models=tuple(
            describe(groups, place, settings, one, np.random.default_rng([seed, 2])) for place, one in enumerate(found)
        ),
        group_tests=tests,
        reference=reference,
        penalty=penalty,
        unanswered=unanswered_rows(data),
        without_group=groups.without,
        messages=(*_left_out(groups.without, by, unanswered_rows(data)), *said),
        worst_scales=scales,
        anchored=anchored,
    )


def _check(data: ChoiceData, model: str, reference: str | None, penalty: float) -> None:
    if model not in MODELS:
        raise SettingError([Problem(f"There is no model '{model}'.", mend=f"Models: {', '.join(MODELS)}.")])
    if reference is not None and reference not in data.items:
        raise RequestError([Problem(f"There is no item '{reference}'.", mend=f"Items: {named(data.items)}.")])
    if not (isfinite(penalty) and penalty >= 0):
        raise SettingError(f"The penalty must be 0 or more, not {penalty}.")


def _groups(data: ChoiceData, answers: Statistics, by: str | None, model: str) -> Groups:
    """Who answered, by group; groups without an answer are left out."""
    if not answers.which.size:
        raise RequestError(f"Nobody made a pick that the model '{model}' looks at.")
    names, label = grouping(data, by)
    answered = answers.choices > 0
    present = np.unique(label[answered & (label != MISSING)]).astype(np.int64)
    if not present.size:
        raise RequestError(f"Nobody who answered has a value in '{by}'.")
    label = np.where(answered & (label != MISSING), np.searchsorted(present, label), MISSING)
    return Groups(
        names=tuple(name for place, name in enumerate(names) if place in present),
        label=label,
        answers=answers,
        weights=answers.weights(label, present.size),
        without=int((answered & (label == MISSING)).sum()),
    )


def _left_out(without: int, by: str | None, unanswered: int) -> tuple[str, ...]:
    said: list[str] = []
    if unanswered:
        said.append(f"{unanswered} row{'' if unanswered == 1 else 's'} without any answer left out.")
    if without:
        said.append(f"{without} respondent{'' if without == 1 else 's'} without a value in '{by}' left out.")
    return tuple(said)

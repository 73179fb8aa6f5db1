"""Comparing partner groups: the published rule, and beside it what chance alone would show."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.classify import SIMILAR, classify
from commonground.analysis.comparison import (
    Comparison,
    FalseFlags,
    GroupSize,
    ItemComparison,
    PairComparison,
    Verdict,
)
from commonground.analysis.count import Added, ratio_messages
from commonground.analysis.evidence import Evidence, Settings, gather, log_ratios, pair_indices, warnings
from commonground.analysis.group_means import Interval, known_interval, mean_scores
from commonground.analysis.permute import STATISTIC, UNDEFINED, PairIndex, Permuted
from commonground.analysis.ratios import known, rescale
from commonground.analysis.resample import Progress
from commonground.analysis.tallies import GroupTotals, Tallies, group_totals, tally, totals_of
from commonground.records.choices import ChoiceData, CountTable, FloatArray
from commonground.records.errors import Problem, RequestError, SettingError

MOST_GROUPS = 20
"""More groups than this are more likely a column of names or ages than partner groups."""

NO_RESPONDENTS = (
    "These are counts without respondents: intervals, permutation test, class frequencies and false flags cannot be "
    "computed from them."
)


@dataclass(frozen=True, slots=True)
class _Estimates:
    """Everything the rows are made of; arrays are (n_groups, n_items)."""

    groups: tuple[str, ...]
    means: FloatArray
    logs: FloatArray
    scores: FloatArray
    settings: Settings
    evidence: Evidence | None


def compare(
    data: ChoiceData | CountTable,
    *,
    by: str,
    added: Added | None = None,
    threshold: float = 0.2,
    resamples: int = 2000,
    permutations: int = 2000,
    margin: float = 0.5,
    level: float = 0.95,
    seed: int = 1,
    progress: Progress | None = None,
) -> Comparison:
    """Compare groups item by item: the threshold rule on rescaled scores, and tests on unrescaled ones.

    The rule reproduces the published study but ignores chance, and its min–max scores pin each group's ends to 0 and
    1. So every pair of groups is compared as well by mean scores per person and by log ratios, with intervals from
    resampling respondents and a family-wise permutation test: group labels are shuffled over respondents, and the
    largest studentised difference over all items and pairs is what an observed one has to exceed.

    Parameters
    ----------
    data : ChoiceData or CountTable
        From a count table only the rule and the plain differences can be computed; the rest is None.
    by : str
        The covariate that makes the groups ("group" for a count table).
    added : Added, optional
        Added to the counts before ratios are taken, in the estimate and in every resample: 0.5 to all by default.
    threshold : float
        Rescaled scores at least this far apart count as different by the rule.
    resamples, permutations : int
    margin : float
        Mean scores per person closer than this are alike for practical purposes.
    level : float
        Of the intervals; 1 − level is the family-wise error rate.
    seed : int
    progress : callable, optional
        Called with the number of resamples and permutations done, and of all.

    Returns
    -------
    Comparison

    Raises
    ------
    RequestError
        If the column does not exist, makes fewer than two groups or more than twenty, or a setting is out of its range.

    References
    ----------
    Westfall and Young (1993), Resampling-based multiple testing; Janssen (1997), Statistics & Probability Letters 36,
    for studentised permutation tests when spreads differ.

    Examples
    --------
    >>> best, worst = np.array([[9.0, 4, 1], [2, 8, 4]]), np.array([[1.0, 4, 9], [7, 2, 5]])
    >>> table = CountTable(("a", "b", "c"), ("x", "y"), best, worst)
    >>> compare(table, by="group").item("a").class_
    'differ'
    """
    settings = Settings(added or Added(0.5), threshold, margin, level, resamples, permutations)
    _check(settings)
    each = tally(data, by) if isinstance(data, ChoiceData) else None
    totals = totals_of(each, by) if each else group_totals(data, by)
    _check_groups(totals, by)
    constants = settings.added.per_group(totals.groups)
    if not totals.asked_both:
        constants = np.full_like(constants, np.nan)  # makes every ratio undefined, whatever was added
    logs = log_ratios(totals.best, totals.worst, constants)
    evidence = gather(each, settings, constants, np.random.default_rng(seed), progress) if each else None
    estimates = _Estimates(totals.groups, _mean_scores(totals, each), logs, rescale(logs), settings, evidence)
    items = tuple(_item(estimates, place, name) for place, name in enumerate(totals.items))
    return Comparison(
        added=settings.added,
        threshold=threshold,
        margin=margin,
        level=level,
        resamples=resamples,
        permutations=permutations,
        statistic=STATISTIC,
        appearances=_appearances(totals, each),
        groups=_group_sizes(totals),
        items=items,
        class_frequencies={item.item: item.class_frequencies or {} for item in items} if evidence else None,
        false_flags=_false_flags(evidence.permuted, items) if evidence and totals.asked_both else None,
        group_means=evidence.group_means if evidence else None,
        unanswered=totals.unanswered,
        without_group=totals.without_group,
        messages=(
            *totals.messages,
            *ratio_messages(totals, logs, settings.added),
            *(warnings(each, level) if each else (NO_RESPONDENTS,)),
        ),
    )


def _check(settings: Settings) -> None:
    limits = {
        "threshold": 0 < settings.threshold <= 1,
        "margin": settings.margin > 0,
        "level": 0.5 < settings.level < 1,
        "number of resamples": settings.resamples >= 1,
        "number of permutations": settings.permutations >= 1,
    }
    mends = {
        "threshold": "Take a number above 0, at most 1, such as 0.2.",
        "margin": "Take a number above 0, such as 0.5.",
        "level": "Take a number between 0.5 and 1, such as 0.95.",
    }
    problems = [
        Problem(f"This {name} cannot be used.", mend=mends.get(name, "Take 1 or more, better 2000."))
        for name, fits in limits.items()
        if not fits
    ]
    if problems:
        raise SettingError(problems)


def _check_groups(totals: GroupTotals, by: str) -> None:
    groups = len(totals.groups)
    if groups < 2:
        raise RequestError(f"Comparing needs at least two groups; '{by}' has only '{totals.groups[0]}'.")
    if groups > MOST_GROUPS:
        raise RequestError(
            [
                Problem(
                    f"'{by}' makes {groups} groups.", mend=f"Compare at most {MOST_GROUPS}; put values together first."
                )
            ]
        )


def _item(estimates: _Estimates, place: int, name: str) -> ItemComparison:
    scores = estimates.scores[:, place]
    by_group = dict(zip(estimates.groups, scores.tolist(), strict=True))
    found = None if np.isnan(scores).any() else classify(by_group, estimates.settings.threshold)
    return ItemComparison(
        item=name,
        class_=found.class_ if found else None,
        apart=found.apart if found else (),
        rescaled={group: known(score) for group, score in by_group.items()},
        range=found.range if found else None,
        strict_pairs=found.strict_pairs if found else (),
        pairs=tuple(_pair(estimates, pair, row, place) for row, pair in enumerate(pair_indices(estimates.groups))),
        class_frequencies=estimates.evidence.class_frequencies[place] if estimates.evidence else None,
    )


def _pair(estimates: _Estimates, pair: PairIndex, row: int, place: int) -> PairComparison:
    groups = (estimates.groups[pair[0]], estimates.groups[pair[1]])
    mean_difference = known(estimates.means[pair[0], place] - estimates.means[pair[1], place])
    log_difference = known(estimates.logs[pair[0], place] - estimates.logs[pair[1], place])
    evidence = estimates.evidence
    if evidence is None:
        return PairComparison(groups, mean_difference, None, log_difference, None, adjusted_p=None, verdict=None)
    mean_interval = known_interval(evidence.mean_intervals[:, row, place])
    p = known(evidence.p[row, place])
    return PairComparison(
        groups=groups,
        mean_difference=mean_difference,
        mean_interval=mean_interval,
        log_ratio_difference=log_difference,
        log_ratio_interval=known_interval(evidence.log_intervals[:, row, place]),
        adjusted_p=p,
        verdict=_verdict(p, mean_interval if evidence.large_enough[row] else None, estimates.settings),
    )


def _verdict(p: float | None, bounds: Interval | None, settings: Settings) -> Verdict:
    if p is not None and p <= 1 - settings.level:
        return Verdict.DIFFERS
    if bounds is not None and max(abs(bounds[0]), abs(bounds[1])) < settings.margin:
        return Verdict.ALIKE
    return Verdict.CANNOT_TELL


def _mean_scores(totals: GroupTotals, each: Tallies | None) -> FloatArray:
    """Mean scores per person, (n_groups, n_items); NaN where a printed table does not tell."""
    if each and totals.shown is not None:
        return mean_scores(totals.best, totals.worst, totals.shown, each.appearances)
    if totals.respondents is None:
        return np.full_like(totals.best, np.nan)
    return (totals.best - totals.worst) / np.array(totals.respondents, dtype=np.float64)[:, None]


def _appearances(totals: GroupTotals, each: Tallies | None) -> float | None:
    if each:
        return each.appearances
    if totals.shown is None or totals.respondents is None:
        return None
    return float(totals.shown.sum() / (sum(totals.respondents) * len(totals.items)))


def _group_sizes(totals: GroupTotals) -> tuple[GroupSize, ...]:
    return tuple(
        GroupSize(group, None if totals.respondents is None else totals.respondents[index])
        for index, group in enumerate(totals.groups)
    )


def _false_flags(permuted: Permuted, items: tuple[ItemComparison, ...]) -> FalseFlags | None:
    flagged = permuted.flagged[permuted.flagged != UNDEFINED]
    if not flagged.size:
        return None
    classes = [item.class_ for item in items]
    return FalseFlags(
        mean=float(flagged.mean()),
        percentile_95=int(np.quantile(flagged, 0.95, method="inverted_cdf")),
        at_least_one=float((flagged > 0).mean()),
        observed=None if None in classes else sum(found != SIMILAR for found in classes),
    )

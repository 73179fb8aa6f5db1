"""Every analysis of a report, made once, of the complete answers only."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Added, Counts, count
from commonground.analysis.group_means import GroupMean, group_means
from commonground.analysis.quality.quality import Quality, quality
from commonground.analysis.sensitivity import Sensitivity, sensitivity
from commonground.records.choices import ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.records.study import Study
from commonground.report.readiness import Readiness, complete_answers, joined, readiness
from commonground.screening.screen import Screening, screen

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and the whole."""

GROUP = "group"
WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Findings:
    """What the answers say.

    Parameters
    ----------
    data : ChoiceData
        The complete answers of known groups, in the study's order of items.
    complete : int
        How many those are.
    begun : int
        People with at least one answered task.
    ready : Readiness
    comparison, sensitivity : or None
        None where there are not two groups to compare.
    """

    data: ChoiceData
    complete: int
    begun: int
    ready: Readiness
    counts: Counts
    means: tuple[GroupMean, ...]
    comparison: Comparison | None
    sensitivity: Sensitivity | None
    quality: Quality
    screening: Screening


def analyse(
    study: Study, data: ChoiceData, respondents: RespondentTable | None, *, tasks: int, seed: int, tell: Progress
) -> Findings:
    """Keep the complete answers and analyse them as the study's plan says.

    Parameters
    ----------
    tasks : int
        Scored tasks of the design; who answered fewer is not complete.

    Raises
    ------
    RequestError
        If no group has enough complete answers; it says how many more are needed.
    """
    everybody = _with_groups(data.reindexed(tuple(item.id for item in study.items)), respondents)
    complete = everybody.keep(complete_answers(everybody, tasks, joined(everybody, respondents, "status")))
    ready = readiness(study, complete.groups_by(GROUP))
    kept = _of_groups(complete, ready.comparable)
    added = _constant(study, ready)
    checked = quality(
        kept,
        seed=seed,
        random_quantile=study.screening.random_quantile,
        straight_line_chance=study.screening.straight_line_chance,
        progress=part(tell, "Checking data quality", 0, 400),
    )
    means, comparison, hanging = _compared(study, kept, ready, added=added, seed=seed, tell=tell)
    return Findings(
        data=kept,
        complete=len(kept.respondents),
        begun=len(data.respondents),
        ready=ready,
        counts=count(kept, by=GROUP, added=added),
        means=means,
        comparison=comparison,
        sensitivity=hanging,
        quality=checked,
        screening=screen(study.screening, checked, respondents),
    )


def _constant(study: Study, ready: Readiness) -> Added:
    """The plan's constant; none where it is for a group that cannot be analysed yet."""
    plan = study.analysis.added
    return Added(plan.constant, plan.to) if plan.to in ("all", *ready.comparable) else Added()


Compared = tuple[tuple[GroupMean, ...], Comparison | None, Sensitivity | None]


def _compared(study: Study, data: ChoiceData, ready: Readiness, *, added: Added, seed: int, tell: Progress) -> Compared:
    plan = study.analysis
    if len(ready.comparable) < 2:
        return group_means(data, by=GROUP, resamples=plan.resamples, level=plan.level, seed=seed), None, None
    comparison = compare(
        data,
        by=GROUP,
        added=added,
        threshold=plan.threshold,
        resamples=plan.resamples,
        permutations=plan.permutations,
        margin=plan.equivalence_margin,
        level=plan.level,
        seed=seed,
        progress=part(tell, "Comparing groups", 400, 950),
    )
    also = () if added.to == "all" else (added,)
    hanging = sensitivity(data, by=GROUP, constants=plan.sensitivity_constants, also=also, threshold=plan.threshold)
    return comparison.group_means or (), comparison, hanging


def _with_groups(data: ChoiceData, respondents: RespondentTable | None) -> ChoiceData:
    """The choices with everybody's group beside them."""
    return replace(data, covariates={**data.covariates, GROUP: joined(data, respondents, GROUP)})


def _of_groups(data: ChoiceData, groups: tuple[str, ...]) -> ChoiceData:
    return data.keep(np.array([group in groups for group in data.groups_by(GROUP)], dtype=np.bool_))


def part(tell: Progress, words: str, start: int, end: int) -> Callable[[int, int], None]:
    """The progress of one analysis as a part of the whole report's."""
    return lambda done, total: tell(words, start + (end - start) * done // max(total, 1), WHOLE)

"""Every analysis of a report, made once, of the complete answers only."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Added, Counts, count
from commonground.analysis.group_means import GroupMean, group_means
from commonground.analysis.languages import COLUMN as LANGUAGE
from commonground.analysis.languages import GroupLanguages, changed_language, compare_languages
from commonground.analysis.quality.quality import Quality, quality
from commonground.analysis.sensitivity import Sensitivity, sensitivity
from commonground.records.choices import BoolArray, ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.records.study import Study
from commonground.report.answered import GROUP, MAIN, AnsweredSet, Screened, alternatives, screened
from commonground.report.readiness import Readiness, complete_answers, joined, readiness
from commonground.screening.cases import cases_of_tables
from commonground.screening.records import Screening
from commonground.screening.screen import screen

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and the whole."""

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
    excluded : int
        People of these groups who answered every task and were excluded after screening.
    begun : int
        People with at least one answered task.
    ready : Readiness
    comparison, sensitivity : or None
        None where there are not two groups to compare.
    sets : tuple of AnsweredSet
        The same analysis with other sets of answers beside the main one; empty where there are none.
    languages : tuple of GroupLanguages
        Languages compared within each group; empty where nobody's is known.
    changed_language : int
        People who changed language on the way.
    """

    data: ChoiceData
    complete: int
    excluded: int
    begun: int
    ready: Readiness
    counts: Counts
    means: tuple[GroupMean, ...]
    comparison: Comparison | None
    sensitivity: Sensitivity | None
    quality: Quality
    screening: Screening
    sets: tuple[AnsweredSet, ...] = ()
    languages: tuple[GroupLanguages, ...] = ()
    changed_language: int = 0


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
    is_complete = complete_answers(everybody, tasks, joined(everybody, respondents, "status"))
    said = screened(everybody, respondents)
    complete = everybody.keep(is_complete & ~said.excluded)
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
    counts = count(kept, by=GROUP, added=added)
    belongs = _belonging(everybody, ready.comparable)
    return Findings(
        data=kept,
        complete=len(kept.respondents),
        excluded=int((is_complete & said.excluded & belongs).sum()),
        begun=len(data.respondents),
        ready=ready,
        counts=counts,
        means=means,
        comparison=comparison,
        sensitivity=hanging,
        quality=checked,
        screening=screen(study.screening, cases_of_tables(study, kept, respondents), checked),
        sets=alternatives(
            everybody.keep(belongs),
            is_complete[belongs],
            Screened(said.excluded[belongs], said.left_out[belongs]),
            AnsweredSet(MAIN, _main_label(said), counts, comparison),
            added=added,
            compared=lambda data: _compare(
                study, data, added, seed, part(tell, "Comparing with other answers", 950, WHOLE)
            ),
        ),
        languages=_languages(study, kept, respondents, seed),
        changed_language=changed_language(kept),
    )


def _languages(
    study: Study, data: ChoiceData, respondents: RespondentTable | None, seed: int
) -> tuple[GroupLanguages, ...]:
    plan = study.analysis
    return compare_languages(
        data,
        joined(data, respondents, LANGUAGE),
        by=GROUP,
        resamples=plan.resamples,
        permutations=plan.permutations,
        margin=plan.equivalence_margin,
        level=plan.level,
        seed=seed,
    )


def _main_label(said: Screened) -> str:
    return "Complete answers kept after screening" if said.excluded.any() else "Complete answers"


def _constant(study: Study, ready: Readiness) -> Added:
    """The plan's constant; none where it is for a group that cannot be analysed yet."""
    plan = study.analysis.added
    return Added(plan.constant, plan.to) if plan.to in ("all", *ready.comparable) else Added()


Compared = tuple[tuple[GroupMean, ...], Comparison | None, Sensitivity | None]


def _compared(study: Study, data: ChoiceData, ready: Readiness, *, added: Added, seed: int, tell: Progress) -> Compared:
    plan = study.analysis
    if len(ready.comparable) < 2:
        return group_means(data, by=GROUP, resamples=plan.resamples, level=plan.level, seed=seed), None, None
    comparison = _compare(study, data, added, seed, part(tell, "Comparing groups", 400, 950))
    also = () if added.to == "all" else (added,)
    hanging = sensitivity(data, by=GROUP, constants=plan.sensitivity_constants, also=also, threshold=plan.threshold)
    return comparison.group_means or (), comparison, hanging


def _compare(
    study: Study, data: ChoiceData, added: Added, seed: int, progress: Callable[[int, int], None]
) -> Comparison:
    """The comparison of the plan."""
    plan = study.analysis
    return compare(
        data,
        by=GROUP,
        added=added,
        threshold=plan.threshold,
        resamples=plan.resamples,
        permutations=plan.permutations,
        margin=plan.equivalence_margin,
        level=plan.level,
        seed=seed,
        progress=progress,
    )


def _with_groups(data: ChoiceData, respondents: RespondentTable | None) -> ChoiceData:
    """The choices with everybody's group beside them."""
    return replace(data, covariates={**data.covariates, GROUP: joined(data, respondents, GROUP)})


def _of_groups(data: ChoiceData, groups: tuple[str, ...]) -> ChoiceData:
    return data.keep(_belonging(data, groups))


def _belonging(data: ChoiceData, groups: tuple[str, ...]) -> BoolArray:
    return np.array([group in groups for group in data.groups_by(GROUP)], dtype=np.bool_)


def part(tell: Progress, words: str, start: int, end: int) -> Callable[[int, int], None]:
    """The progress of one analysis as a part of the whole report's."""
    return lambda done, total: tell(words, start + (end - start) * done // max(total, 1), WHOLE)

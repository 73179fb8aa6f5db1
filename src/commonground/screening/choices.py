"""Signs that come from what a person chose in the tasks: for a sensitivity analysis, never to leave out by itself."""

from commonground.analysis.quality.records import PersonTriads, PositionRun, Quality, RepeatOutcome, RespondentQuality
from commonground.records.rounding import half_up, percent
from commonground.records.study import ScreeningRules
from commonground.screening.records import Rule


def signs_of_choices(rules: ScreeningRules, one: RespondentQuality) -> dict[Rule, str]:
    """Every such sign about one respondent with its evidence."""
    found: dict[Rule, str | None] = {
        Rule.RANDOM_FIT: _no_better_than_random(one),
        Rule.STRAIGHT_LINE: _straight_line(rules, one),
        Rule.IDENTICAL_ANSWERS: _identical(rules, one),
        Rule.CIRCULAR_TRIADS: _circles(one.triads) if rules.circular_triads else None,
        Rule.REPEAT_CHANGES: _both_changed(rules, one),
    }
    return {rule: evidence for rule, evidence in found.items() if evidence is not None}


def checked_choices(rules: ScreeningRules, quality: Quality) -> frozenset[Rule]:
    """The rules that are on and for which the data hold what they need."""
    possible = {
        Rule.RANDOM_FIT: quality.totals.fit is not None,
        Rule.STRAIGHT_LINE: any(one.best_position or one.worst_position for one in quality.respondents),
        Rule.IDENTICAL_ANSWERS: rules.identical_answers,
        Rule.CIRCULAR_TRIADS: rules.circular_triads and any(one.triads for one in quality.respondents),
        Rule.REPEAT_CHANGES: rules.repeat_changes != "never" and quality.totals.repeats is not None,
    }
    return frozenset(rule for rule, there in possible.items() if there)


def _no_better_than_random(one: RespondentQuality) -> str | None:
    if one.rlh is None or one.cut_off is None or one.rlh >= one.cut_off:
        return None
    as_good = (
        "" if one.random_share is None else f" {percent(one.random_share, 1, 0)} % of random answerers fit as well."
    )
    return f"The answers fit together at {half_up(one.rlh, 2)}; the limit is {half_up(one.cut_off, 2)}.{as_good}"


def _straight_line(rules: ScreeningRules, one: RespondentQuality) -> str | None:
    runs = {"most": one.best_position, "least": one.worst_position}
    told = [_run_words(end, run) for end, run in runs.items() if run and run.chance < rules.straight_line_chance]
    return " ".join(told) or None


def _run_words(end: str, run: PositionRun) -> str:
    chance = "less than 1 in a million" if run.chance < 1e-6 else f"1 in {half_up(1 / run.chance)}"
    return f"Chose position {run.position} as {end} in {run.times} of {run.of} tasks; chance gives such a run {chance}."


def _identical(rules: ScreeningRules, one: RespondentQuality) -> str | None:
    if not rules.identical_answers or one.duplicate_of is None:
        return None
    return f"Every answer is the same as that of {one.duplicate_of}."


def _circles(found: PersonTriads | None) -> str | None:
    if found is None or not found.many:
        return None
    share = (
        "" if found.random_share is None else f" {percent(found.random_share, 1, 0)} % of random answerers make as few."
    )
    return f"{found.circular} of {found.decided} triads of items go round in a circle.{share}"


def _both_changed(rules: ScreeningRules, one: RespondentQuality) -> str | None:
    if rules.repeat_changes == "never" or one.repeat != RepeatOutcome.BOTH_CHANGED:
        return None
    return "Both choices changed when a task came again."

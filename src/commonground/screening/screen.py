"""Signs that an answer may not be genuine, each with its evidence and with whom such a sign wrongs.

A flag is an automatic sign, never a decision: nothing is dropped here. Changing the answers to a repeated task is never
a sign by itself, because most people do; it is told only beside another sign.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonground.analysis.quality.records import PositionRun, Quality, RepeatOutcome, RespondentQuality
from commonground.records.respondents import RespondentTable
from commonground.records.rounding import half_up, percent
from commonground.records.sessions import Status
from commonground.records.sheet import Column, Sheet, cells
from commonground.records.study import ScreeningRules
from commonground.records.tabular import Tabular


class Rule(StrEnum):
    """What a sign is about."""

    TOTAL_TIME = "total_time"
    RANDOM_FIT = "random_fit"
    STRAIGHT_LINE = "straight_line"
    IDENTICAL_ANSWERS = "identical_answers"
    REPEAT_CHANGES = "repeat_changes"


NEVER_ALONE = frozenset({Rule.REPEAT_CHANGES})
"""Signs that are told only beside another one."""

WRONGS: Mapping[Rule, str] = {
    Rule.TOTAL_TIME: "people who read fast, know the subject well, or answer on a phone in one go",
    Rule.RANDOM_FIT: "people to whom several items matter alike, who are tired, or who read in a second language",
    Rule.STRAIGHT_LINE: "people whose favourites happen to stand in one place, and those who come to one place first "
    "with keyboard or screen reader",
    Rule.IDENTICAL_ANSWERS: "people who answered together, such as a family or two colleagues, and people who agree",
    Rule.REPEAT_CHANGES: "almost everybody: in the published study more than half changed at least one of two choices",
}
"""Whom such a sign hits although they answered in earnest."""

SOURCES: Mapping[Rule, str] = {
    Rule.TOTAL_TIME: "the published study took less than 10 minutes for the whole survey as a sign "
    "(doi 10.1186/s12961-025-01310-2)",
    Rule.RANDOM_FIT: "random answerers simulated on this very design, as B. Orme advises for best-worst data",
    Rule.STRAIGHT_LINE: "the chance of such a run where positions are picked at random",
    Rule.IDENTICAL_ANSWERS: "two people who answer at random hardly ever agree in every task",
    Rule.REPEAT_CHANGES: "comparison of both showings of the repeated task",
}

TIME_UNKNOWN = "not computable: how long genuine people take for this survey is not known"


@dataclass(frozen=True, slots=True)
class Flag:
    """One sign about one respondent.

    Parameters
    ----------
    evidence : str
        What was seen, in a sentence.
    threshold, source : str
        From where on it is a sign, and who says so.
    wrongs : str
        Whom such a sign hits although they answered in earnest.
    false_flag_share : float or None
        The share of genuine respondents it would hit, by simulation; None where that is not computable.
    """

    respondent: str
    rule: Rule
    evidence: str
    threshold: str
    source: str
    wrongs: str
    false_flag_share: float | None


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """One rule over all respondents.

    Parameters
    ----------
    checked : bool
        Whether it could be applied.
    flagged : int
        Respondents flagged.
    told_of_genuine : str
        The share of genuine respondents it would hit, in words; also where it is not computable.
    """

    rule: Rule
    checked: bool
    flagged: int
    threshold: str
    source: str
    wrongs: str
    false_flag_share: float | None
    told_of_genuine: str


@dataclass(frozen=True, slots=True, repr=False)
class Screening(Tabular):
    """Every sign, and every rule's sum.

    Parameters
    ----------
    respondents : int
        People looked at.
    flagged : int
        People with at least one sign.
    several : int
        People with two signs or more.
    flags : tuple of Flag
    rules : tuple of RuleSummary
    messages : tuple of str
    """

    respondents: int
    flagged: int
    several: int
    flags: tuple[Flag, ...]
    rules: tuple[RuleSummary, ...]
    messages: tuple[str, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `rules` with how many each flags, and `flags` with the evidence."""
        flagged = Column("flagged", "flagged")
        sign, wrongs = Column("rule", "sign"), Column("wrongs", "wrongs")
        rules = (sign, Column("threshold", "when"), flagged, Column("told_of_genuine", "genuine"))
        flags = (Column("respondent", "respondent"), sign, Column("evidence", "evidence"), wrongs)
        caption = f"Signs: {self.flagged} of {self.respondents} respondents carry one; a sign is not a decision"
        return (
            Sheet("rules", caption, rules, tuple(cells(one) for one in self.rules), self.messages),
            Sheet("flags", "Who carries which sign", flags, tuple(cells(one) for one in self.flags)),
        )


def screen(rules: ScreeningRules, quality: Quality, respondents: RespondentTable | None) -> Screening:
    """Look at every respondent by the study's rules. Flags, never drops.

    Parameters
    ----------
    rules : ScreeningRules
    quality : Quality
        Of the same respondents, with the same quantile and limit as the rules say.
    respondents : RespondentTable or None
        For the total time; without it that rule is not applied, and a message says so.

    Examples
    --------
    >>> from commonground.analysis.quality.records import QualityTotals, StraightLining
    >>> one = RespondentQuality("r1", 11, None, None, 0.3, 0.4, 0.2, None, None, None, None, None, None, None)
    >>> nobody, shares = StraightLining(0.01, 0), {"random_fit": 0.04}
    >>> totals = QualityTotals(1, 11, None, None, None, nobody, None, 0, (), (), (), shares)
    >>> [(flag.respondent, flag.rule.value) for flag in screen(ScreeningRules(), Quality((one,), totals), None).flags]
    [('r1', 'random_fit')]
    """
    minutes = _minutes(respondents)
    thresholds = _thresholds(rules)
    shares = {rule: quality.totals.false_flags.get(rule.value) for rule in Rule}
    flags: list[Flag] = []
    for one in quality.respondents:
        signs = _signs(rules, one, minutes.get(one.respondent))
        if set(signs) <= NEVER_ALONE:
            continue
        flags += [
            Flag(one.respondent, rule, evidence, thresholds[rule], SOURCES[rule], WRONGS[rule], shares[rule])
            for rule, evidence in signs.items()
        ]
    checked = _checked(rules, quality, minutes)
    return Screening(
        respondents=len(quality.respondents),
        flagged=len({flag.respondent for flag in flags}),
        several=_with_several(flags),
        flags=tuple(flags),
        rules=tuple(_summary(rule, flags, rule in checked, thresholds[rule], shares[rule]) for rule in Rule),
        messages=_messages(rules, quality, minutes),
    )


def _minutes(respondents: RespondentTable | None) -> dict[str, float]:
    """Total minutes of everybody whose time is known; who has not finished has no total yet."""
    if respondents is None:
        return {}
    people = zip(respondents.respondents, respondents.values("seconds"), respondents.values("status"), strict=True)
    return {
        one: float(seconds) / 60 for one, seconds, status in people if seconds and status in (None, Status.COMPLETE)
    }


def _signs(rules: ScreeningRules, one: RespondentQuality, minutes: float | None) -> dict[Rule, str]:
    """Every sign about one respondent with its evidence."""
    found: dict[Rule, str | None] = {
        Rule.TOTAL_TIME: _too_fast(rules, minutes),
        Rule.RANDOM_FIT: _no_better_than_random(one),
        Rule.STRAIGHT_LINE: _straight_line(rules, one),
        Rule.IDENTICAL_ANSWERS: _identical(rules, one),
        Rule.REPEAT_CHANGES: _both_changed(rules, one),
    }
    return {rule: evidence for rule, evidence in found.items() if evidence is not None}


def _too_fast(rules: ScreeningRules, minutes: float | None) -> str | None:
    if minutes is None or rules.minimum_minutes is None or minutes >= rules.minimum_minutes:
        return None
    return f"{half_up(minutes, 1)} minutes for the whole survey."


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


def _both_changed(rules: ScreeningRules, one: RespondentQuality) -> str | None:
    if rules.repeat_changes == "never" or one.repeat != RepeatOutcome.BOTH_CHANGED:
        return None
    return "Both choices changed when a task came again."


def _thresholds(rules: ScreeningRules) -> dict[Rule, str]:
    minutes = "off" if rules.minimum_minutes is None else f"under {rules.minimum_minutes:g} minutes in all"
    return {
        Rule.TOTAL_TIME: minutes,
        Rule.RANDOM_FIT: f"a fit below {100 * rules.random_quantile:g} % of random answerers",
        Rule.STRAIGHT_LINE: f"a run in one position with a chance under {100 * rules.straight_line_chance:g} %",
        Rule.IDENTICAL_ANSWERS: "every answer the same as another person’s" if rules.identical_answers else "off",
        Rule.REPEAT_CHANGES: "both choices changed, and only beside another sign"
        if rules.repeat_changes != "never"
        else "off",
    }


def _checked(rules: ScreeningRules, quality: Quality, minutes: Mapping[str, float]) -> frozenset[Rule]:
    """The rules that are on and for which the data hold what they need."""
    possible = {
        Rule.TOTAL_TIME: rules.minimum_minutes is not None and bool(minutes),
        Rule.RANDOM_FIT: quality.totals.fit is not None,
        Rule.STRAIGHT_LINE: any(one.best_position or one.worst_position for one in quality.respondents),
        Rule.IDENTICAL_ANSWERS: rules.identical_answers,
        Rule.REPEAT_CHANGES: rules.repeat_changes != "never" and quality.totals.repeats is not None,
    }
    return frozenset(rule for rule, there in possible.items() if there)


def _summary(rule: Rule, flags: Iterable[Flag], checked: bool, threshold: str, share: float | None) -> RuleSummary:
    flagged = sum(flag.rule is rule for flag in flags)
    return RuleSummary(rule, checked, flagged, threshold, SOURCES[rule], WRONGS[rule], share, _told(rule, share))


def _told(rule: Rule, share: float | None) -> str:
    if rule is Rule.TOTAL_TIME:
        return TIME_UNKNOWN
    if share is None:
        return "not computable from these answers"
    if share < 0.001:
        return "under 0.1 % of genuine respondents"
    alone = ", were it a sign by itself" if rule in NEVER_ALONE else ""
    return f"{percent(share, 1)} % of genuine respondents{alone}"


def _with_several(flags: Iterable[Flag]) -> int:
    signs: dict[str, int] = {}
    for flag in flags:
        signs[flag.respondent] = signs.get(flag.respondent, 0) + 1
    return sum(number > 1 for number in signs.values())


def _messages(rules: ScreeningRules, quality: Quality, minutes: Mapping[str, float]) -> tuple[str, ...]:
    unknown = sum(one.respondent not in minutes for one in quality.respondents)
    if rules.minimum_minutes is None or not unknown:
        return ()
    whose = "anybody" if unknown == len(quality.respondents) else f"{unknown} of {len(quality.respondents)} people"
    return (f"The total time to the end is not known of {whose}, so they are not checked for it.",)

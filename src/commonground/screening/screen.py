"""Signs that an answer may not be genuine, each with its evidence and with whom such a sign wrongs.

A flag is an automatic sign, never a decision: nothing is dropped here. Signs that owe nothing to the choices in the
tasks are told apart from those that come from them, because leaving people out for how they chose selects on the
outcome. Changing the answers to a repeated task is never a sign by itself, because most people do; it is told only
beside another sign.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from commonground.analysis.quality.records import Quality
from commonground.records.rounding import percent
from commonground.records.study import ScreeningRules
from commonground.screening.apart import checked_apart, signs_apart
from commonground.screening.cases import Case
from commonground.screening.catalogue import PEOPLE_UNKNOWN, SOURCES, TIME_UNKNOWN, WRONGS, thresholds
from commonground.screening.choices import checked_choices, signs_of_choices
from commonground.screening.records import NEVER_ALONE, Flag, Rule, RuleSummary, Screening, Stage, StageSummary


def screen(rules: ScreeningRules, cases: Sequence[Case], quality: Quality | None) -> Screening:
    """Look at every case by the study's rules. Flags, never drops.

    Parameters
    ----------
    rules : ScreeningRules
    cases : sequence of Case
    quality : Quality or None
        Of the same respondents, with the same quantile and limit as the rules say; without it only the signs that
        owe nothing to the choices are looked for.

    Examples
    --------
    >>> from commonground.analysis.quality.records import QualityTotals, RespondentQuality, StraightLining
    >>> one = RespondentQuality("r1", 11, None, None, 0.3, 0.4, 0.2, None, None, None, None, None, None, None)
    >>> nobody, shares = StraightLining(0.01, 0), {"random_fit": 0.04}
    >>> totals = QualityTotals(1, 11, None, None, None, nobody, None, 0, (), (), (), shares)
    >>> found = screen(ScreeningRules(), [Case("r1", minutes=4)], Quality((one,), totals))
    >>> [(flag.respondent, int(flag.stage), flag.rule.value) for flag in found.flags]
    [('r1', 1, 'total_time'), ('r1', 2, 'random_fit')]
    """
    limits = thresholds(rules)
    shares = {rule: None if quality is None else quality.totals.false_flags.get(rule.value) for rule in Rule}
    flags = tuple(
        Flag(respondent, rule, evidence, limits[rule], SOURCES[rule], WRONGS[rule], shares[rule], rule.stage)
        for respondent, signs in _signs(rules, cases, quality).items()
        if not set(signs) <= NEVER_ALONE
        for rule, evidence in signs.items()
    )
    checked = checked_apart(rules, cases) | (frozenset[Rule]() if quality is None else checked_choices(rules, quality))
    return Screening(
        respondents=len(cases),
        flagged=len({flag.respondent for flag in flags}),
        several=sum(number > 1 for number in Counter(flag.respondent for flag in flags).values()),
        stages=tuple(StageSummary(stage, _people(flag for flag in flags if flag.stage == stage)) for stage in Stage),
        flags=flags,
        rules=tuple(_summary(rule, flags, rule in checked, limits[rule], shares[rule]) for rule in Rule),
        messages=_messages(rules, cases),
    )


def _signs(rules: ScreeningRules, cases: Sequence[Case], quality: Quality | None) -> dict[str, dict[Rule, str]]:
    """Everybody's signs of both stages, by respondent."""
    found = signs_apart(rules, cases)
    for one in () if quality is None else quality.respondents:
        found[one.respondent] = {**found.get(one.respondent, {}), **signs_of_choices(rules, one)}
    return found


def _people(flags: Iterable[Flag]) -> int:
    return len({flag.respondent for flag in flags})


def _summary(rule: Rule, flags: Iterable[Flag], checked: bool, threshold: str, share: float | None) -> RuleSummary:
    flagged = sum(flag.rule is rule for flag in flags)
    told = _told(rule, share)
    return RuleSummary(rule, checked, flagged, threshold, SOURCES[rule], WRONGS[rule], share, told, rule.stage)


def _told(rule: Rule, share: float | None) -> str:
    if rule.stage is Stage.APART:
        return TIME_UNKNOWN if rule in (Rule.TOTAL_TIME, Rule.FAST_PAGES) else PEOPLE_UNKNOWN
    if share is None:
        return "not computable from these answers"
    if share < 0.001:
        return "under 0.1 % of genuine respondents"
    alone = ", were it a sign by itself" if rule in NEVER_ALONE else ""
    return f"{percent(share, 1)} % of genuine respondents{alone}"


def _messages(rules: ScreeningRules, cases: Sequence[Case]) -> tuple[str, ...]:
    unknown = sum(case.minutes is None for case in cases)
    if rules.minimum_minutes is None or not unknown:
        return ()
    whose = "anybody" if unknown == len(cases) else f"{unknown} of {len(cases)} people"
    return (f"The total time to the end is not known of {whose}, so they are not checked for it.",)

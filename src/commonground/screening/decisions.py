"""What people decide about a case, and what becomes of it: kept, excluded, disputed or waiting, exactly one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.records.errors import Problem, RequestError
from commonground.screening.records import Stage


class Verdict(StrEnum):
    """What a person thinks of a case."""

    KEEP = "keep"
    EXCLUDE = "exclude"
    UNSURE = "unsure"


class Reason(StrEnum):
    """Why, as a code that can be counted."""

    EXPLAINED = "explained"
    WEAK = "weak"
    AUTOMATED = "automated"
    DUPLICATE = "duplicate"
    NOT_ELIGIBLE = "not_eligible"
    CARELESS = "careless"
    TEST = "test"
    OTHER = "other"


REASONS: Mapping[Verdict, tuple[Reason, ...]] = {
    Verdict.KEEP: (Reason.EXPLAINED, Reason.WEAK, Reason.OTHER),
    Verdict.EXCLUDE: (
        Reason.AUTOMATED,
        Reason.DUPLICATE,
        Reason.NOT_ELIGIBLE,
        Reason.CARELESS,
        Reason.TEST,
        Reason.OTHER,
    ),
    Verdict.UNSURE: (),
}
"""Which reasons go with which verdict; being unsure needs words instead of a code."""

REASON_WORDS: Mapping[Reason, str] = {
    Reason.EXPLAINED: "the sign has an innocent explanation",
    Reason.WEAK: "the sign is too weak",
    Reason.AUTOMATED: "answered by a program",
    Reason.DUPLICATE: "the same person again",
    Reason.NOT_ELIGIBLE: "does not belong to the study",
    Reason.CARELESS: "not answered in earnest",
    Reason.TEST: "a test by the team",
    Reason.OTHER: "another reason",
}
"""The codes in words, for reports."""


class State(StrEnum):
    """What has become of a case; exactly one at a time, so that a flow chart always adds up."""

    KEPT = "kept"
    EXCLUDED = "excluded"
    DISPUTED = "disputed"
    """Two people differ, or one of them is unsure: it waits to be settled."""
    WAITING = "waiting"
    """Not everybody who should has decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided about one case, without knowing what another decided.

    Parameters
    ----------
    respondent, reviewer : str
        Labels.
    verdict : Verdict
    reason : str
        A `Reason`, or a code of one's own in a file; empty where unsure.
    note : str
        The reason in words.
    stage : Stage
    """

    respondent: str
    reviewer: str
    verdict: Verdict
    reason: str = ""
    note: str = ""
    stage: Stage = Stage.APART


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a disputed case was settled: by a third person, or by both together.

    Parameters
    ----------
    verdict : Verdict
        Keep or exclude.
    by : str
        Who settled it.
    """

    respondent: str
    verdict: Verdict
    reason: str
    by: str
    note: str = ""
    stage: Stage = Stage.APART


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has become of one case at a stage, and why.

    Parameters
    ----------
    how : str
        "no sign", "agreed", "settled", or empty while it is open.
    """

    respondent: str
    state: State
    reason: str = ""
    how: str = ""


def problem_with(verdict: Verdict, reason: str, note: str) -> str:
    """What a decision lacks: "reason", "words", or nothing.

    A code must go with its verdict; leaving out, another reason and doubt need words as well.

    Examples
    --------
    >>> problem_with(Verdict.KEEP, "weak", ""), problem_with(Verdict.EXCLUDE, "weak", "x")
    ('', 'reason')
    >>> problem_with(Verdict.EXCLUDE, "duplicate", " "), problem_with(Verdict.UNSURE, "", "may be a class")
    ('words', '')
    """
    if REASONS[verdict] and reason not in REASONS[verdict]:
        return "reason"
    needs_words = verdict != Verdict.KEEP or reason == Reason.OTHER
    return "words" if needs_words and not note.strip() else ""


def settle(
    flagged: Sequence[str],
    decisions: Iterable[Decision],
    rulings: Iterable[Ruling] = (),
    *,
    stage: Stage = Stage.APART,
    reviewers: int = 2,
) -> tuple[Outcome, ...]:
    """What has become of every case with a sign of a stage, or with a decision.

    Parameters
    ----------
    flagged : sequence of str
        Respondents with a sign.
    decisions : iterable of Decision
    rulings : iterable of Ruling
        How disputed cases were settled.
    stage : Stage
    reviewers : int
        How many people decide on each case.

    Raises
    ------
    RequestError
        If a person decided twice on one case.

    Examples
    --------
    >>> both = [Decision("r1", "Ann", Verdict.EXCLUDE, "test"), Decision("r1", "Bo", Verdict.EXCLUDE, "duplicate")]
    >>> split = [Decision("r2", "Ann", Verdict.KEEP, "weak"), Decision("r2", "Bo", Verdict.UNSURE)]
    >>> [(one.respondent, one.state.value, one.reason) for one in settle(["r1", "r2", "r3"], both + split)]
    [('r1', 'excluded', 'test'), ('r2', 'disputed', ''), ('r3', 'waiting', '')]
    """
    of_case = decisions_by_case(decisions, stage)
    ruled = {ruling.respondent: ruling for ruling in rulings if ruling.stage == stage}
    people = dict.fromkeys([*flagged, *of_case])
    return tuple(_outcome(one, of_case.get(one, ()), ruled.get(one), reviewers) for one in people)


def decisions_by_case(decisions: Iterable[Decision], stage: Stage) -> dict[str, tuple[Decision, ...]]:
    """The decisions of a stage by respondent, each in the order of the reviewers' names.

    Raises
    ------
    RequestError
        If a person decided twice on one case.
    """
    found: dict[str, dict[str, Decision]] = {}
    for one in decisions:
        if one.stage != stage:
            continue
        mine = found.setdefault(one.respondent, {})
        if one.reviewer in mine:
            what = f"'{one.reviewer}' has decided twice about '{one.respondent}'."
            raise RequestError([Problem(what, mend="Keep the decision that counts.")])
        mine[one.reviewer] = one
    return {case: tuple(mine[name] for name in sorted(mine)) for case, mine in found.items()}


def _outcome(respondent: str, decisions: Sequence[Decision], ruling: Ruling | None, reviewers: int) -> Outcome:
    if ruling is not None:
        return Outcome(respondent, _STATES[ruling.verdict], ruling.reason, "settled")
    if len(decisions) < reviewers:
        return Outcome(respondent, State.WAITING)
    verdicts = {one.verdict for one in decisions}
    if len(verdicts) > 1 or Verdict.UNSURE in verdicts:
        return Outcome(respondent, State.DISPUTED)
    return Outcome(respondent, _STATES[decisions[0].verdict], decisions[0].reason, "agreed")


_STATES = {Verdict.KEEP: State.KEPT, Verdict.EXCLUDE: State.EXCLUDED, Verdict.UNSURE: State.DISPUTED}

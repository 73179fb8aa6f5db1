"""What screening finds: signs with evidence, rules with their sums, in two stages kept apart."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from commonground.records.sheet import Column, Sheet, cells
from commonground.records.tabular import Tabular


class Stage(IntEnum):
    """When a sign may be looked at: leaving people out for how they chose would select on the outcome itself."""

    APART = 1
    """Owes nothing to what a person chose in the tasks."""
    CHOICES = 2
    """Comes from the choices: for a sensitivity analysis, never for leaving somebody out by itself."""


class Rule(StrEnum):
    """What a sign is about, those apart from the choices first."""

    TOTAL_TIME = "total_time"
    FAST_PAGES = "fast_pages"
    CORRECTED_ELIGIBILITY = "corrected_eligibility"
    SAME_ADDRESS = "same_address"
    HONEYPOT = "honeypot"
    PROOF_OF_WORK = "proof_of_work"
    SAME_TEXT = "same_text"
    ILLOGICAL = "illogical"
    BURST = "burst"
    RANDOM_FIT = "random_fit"
    STRAIGHT_LINE = "straight_line"
    IDENTICAL_ANSWERS = "identical_answers"
    CIRCULAR_TRIADS = "circular_triads"
    REPEAT_CHANGES = "repeat_changes"

    @property
    def stage(self) -> Stage:
        """When it may be looked at."""
        return Stage.CHOICES if self in FROM_CHOICES else Stage.APART


FROM_CHOICES = frozenset(
    {Rule.RANDOM_FIT, Rule.STRAIGHT_LINE, Rule.IDENTICAL_ANSWERS, Rule.CIRCULAR_TRIADS, Rule.REPEAT_CHANGES}
)
"""Signs that come from what a person chose in the tasks."""

NEVER_ALONE = frozenset({Rule.REPEAT_CHANGES})
"""Signs that are told only beside another one."""


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
    stage : Stage
    """

    respondent: str
    rule: Rule
    evidence: str
    threshold: str
    source: str
    wrongs: str
    false_flag_share: float | None
    stage: Stage


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
    stage : Stage
    """

    rule: Rule
    checked: bool
    flagged: int
    threshold: str
    source: str
    wrongs: str
    false_flag_share: float | None
    told_of_genuine: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class StageSummary:
    """How many people carry at least one sign of a stage."""

    stage: Stage
    flagged: int


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
    stages : tuple of StageSummary
    flags : tuple of Flag
    rules : tuple of RuleSummary
    messages : tuple of str
    """

    respondents: int
    flagged: int
    several: int
    stages: tuple[StageSummary, ...]
    flags: tuple[Flag, ...]
    rules: tuple[RuleSummary, ...]
    messages: tuple[str, ...]

    def flags_of(self, respondent: str, stage: Stage) -> tuple[Flag, ...]:
        """One person's signs of a stage."""
        return tuple(flag for flag in self.flags if flag.respondent == respondent and flag.stage == stage)

    def flagged_in(self, stage: Stage) -> tuple[str, ...]:
        """The people with a sign of a stage, each once."""
        return tuple(dict.fromkeys(flag.respondent for flag in self.flags if flag.stage == stage))

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `rules` with how many each flags, and `flags` with the evidence."""
        flagged = Column("flagged", "flagged")
        sign, wrongs, stage = Column("rule", "sign"), Column("wrongs", "wrongs"), Column("stage", "stage")
        rules = (stage, sign, Column("threshold", "when"), flagged, Column("told_of_genuine", "genuine"))
        flags = (Column("respondent", "respondent"), stage, sign, Column("evidence", "evidence"), wrongs)
        caption = f"Signs: {self.flagged} of {self.respondents} respondents carry one; a sign is not a decision"
        return (
            Sheet("rules", caption, rules, tuple(cells(one) for one in self.rules), self.messages),
            Sheet("flags", "Who carries which sign", flags, tuple(cells(one) for one in self.flags)),
        )

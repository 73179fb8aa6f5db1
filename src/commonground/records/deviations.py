"""Where a study went another way than its plan said: an entry for each, written when it happened."""

from dataclasses import dataclass
from enum import StrEnum


class PlanPart(StrEnum):
    """What the plan says of it."""

    OUTCOMES = "outcomes"
    ANALYSIS = "analysis"
    SCREENING = "screening"
    DESIGN = "design"
    QUESTIONNAIRE = "questionnaire"
    FIELDING = "fielding"
    OTHER = "other"


class DataSeen(StrEnum):
    """What was known of the answers when it was decided."""

    NOTHING = "nothing"
    COUNTS = "counts"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way in which a study departed from its plan.

    Parameters
    ----------
    number : int
        From 1, in the order of entry.
    made_on : str
        ISO date of the entry.
    part : PlanPart
    changed : str
        What is done otherwise.
    reason : str
    data_seen : DataSeen
        Nothing; how many had answered; or answers themselves.
    made_by : str
        Who entered it.
    """

    number: int
    made_on: str
    part: PlanPart
    changed: str
    reason: str
    data_seen: DataSeen
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class PlanLog:
    """When a plan was frozen, and how the study departed from it.

    Parameters
    ----------
    frozen_on : str
        ISO date of the launch; empty where the plan was never frozen.
    plan_hash : str
        SHA-256 of the plan as it was then; empty where it was never frozen.
    deviations : tuple of Deviation
    """

    frozen_on: str = ""
    plan_hash: str = ""
    deviations: tuple[Deviation, ...] = ()

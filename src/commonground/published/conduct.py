"""How the published study was designed and carried out: design, recruitment, drop-out, data quality."""

from dataclasses import dataclass

# Design


@dataclass(frozen=True, slots=True)
class PrintedDesign:
    """A balanced incomplete block design as printed: r appearances an item ("rho" there), λ co-appearances a pair."""

    items: int
    tasks: int
    per_task: int
    appearances: int
    co_appearances: int


DESIGN = PrintedDesign(items=11, tasks=11, per_task=5, appearances=5, co_appearances=2)
ALTERNATIVE_PER_TASK = 6
TASKS_SHOWN = 12
REPEATED_TASKS = 1

# Recruitment

CONSENTED, BEGAN, COMPLETED = 208, 152, 127
"""People who consented, who were eligible and began, and who completed the survey."""

FRAUD_REMOVED = 486
"""Responses removed as fraudulent; the study does not say whether before or after the 208 were counted."""


@dataclass(frozen=True, slots=True)
class Outreach:
    """How many were contacted, and what became of it: outcome to number and printed percentage."""

    contacted: int
    outcomes: dict[str, tuple[int, str]]


ORGANIZATIONS = Outreach(61, {"agreed": (41, "67.2"), "no reply": (20, "32.8"), "declined": (1, "0.01")})
CLINICS = Outreach(90, {"agreed": (17, "18.9"), "no reply": (59, "65.6"), "undeliverable": (14, "15.6")})

# Drop-out by partner group

DROPOUT_CHI_SQUARE = "0.70"
DROPOUT_DF = 2
DROPOUT_P = "0.72"
DROPOUT_INFERRED = {"HP": 11, "R": 6, "P": 8}
"""Not published: the only split of the 25 people who did not complete that gives the printed p."""

# Data quality


@dataclass(frozen=True, slots=True)
class PrintedAnswers:
    """A question about data quality: answer to number and printed percentage of the 127 (empty: none printed)."""

    question: str
    answers: dict[str, tuple[int, str]]


UNDERSTOOD = PrintedAnswers(
    "understood the choice questions", {"yes": (103, "81.1"), "no": (2, "1.6"), "unsure": (21, "16.5")}
)
CONSIDERED = PrintedAnswers(
    "considered all items",
    {
        "every time": (87, "68.5"),
        "more than half the time": (38, "29.9"),
        "less than half the time": (1, "0.8"),
        "never": (0, ""),
    },
)
REPEATED_TASK = PrintedAnswers(
    "repeated task", {"both the same": (54, "42.5"), "one changed": (57, "44.9"), "both changed": (16, "12.6")}
)
MISSING_STATED = {"considered all items": 1}
"""Missing answers the text mentions; it mentions none for the question about understanding."""

"""Tables 4, 5 and 6 of the published study: counts and the scores printed beside them.

Facts from the article with doi 10.1186/s12961-025-01310-2; groups are HP (health professionals), R (researchers)
and P (patient and caregiver partners).
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.count import Added
from commonground.records.choices import CountTable


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One item's row as printed: how often most and least important, the difference, √(M/L), its ln, and 0–1 rescaled.

    In the table of the researchers 0.1 was added to `most` and `least` before printing; here both are the plain counts.
    """

    most: int
    least: int
    difference: int
    square_root: str
    logarithm: str
    rescaled: str


GROUP_SIZES = {"HP": 64, "R": 32, "P": 31}

TABLE_NUMBERS = {"HP": 4, "R": 5, "P": 6}

APPEARANCES = 5
"""How often each respondent saw each item, the repeated task left out."""

ADDED = Added(0.1, "R")
"""What the study added, to the researchers' counts alone: nobody among them chose `comm` as most important."""

PRINTED_ORDER = {
    "HP": ("open", "goal", "res", "fit", "exp", "lead", "net", "plan", "know", "champ", "comm"),
    "R": ("fit", "goal", "open", "res", "net", "exp", "champ", "lead", "know", "plan", "comm"),
    "P": ("open", "res", "exp", "goal", "lead", "fit", "net", "comm", "plan", "champ", "know"),
}
"""The order of the rows: Table 4 goes by the difference, Tables 5 and 6 by the rescaled score."""

TABLES = {
    "HP": {
        "open": PrintedRow(123, 9, 114, "3.70", "1.31", "1.00"),
        "goal": PrintedRow(125, 12, 113, "3.23", "1.17", "0.96"),
        "res": PrintedRow(117, 24, 93, "2.21", "0.79", "0.83"),
        "fit": PrintedRow(94, 26, 68, "1.90", "0.64", "0.79"),
        "exp": PrintedRow(86, 44, 42, "1.40", "0.34", "0.69"),
        "lead": PrintedRow(48, 39, 9, "1.11", "0.10", "0.61"),
        "net": PrintedRow(27, 73, -46, "0.61", "-0.50", "0.42"),
        "plan": PrintedRow(14, 84, -70, "0.41", "-0.90", "0.29"),
        "know": PrintedRow(28, 117, -89, "0.49", "-0.71", "0.35"),
        "champ": PrintedRow(38, 133, -95, "0.53", "-0.63", "0.38"),
        "comm": PrintedRow(4, 143, -139, "0.17", "-1.79", "0.00"),
    },
    "R": {
        "open": PrintedRow(43, 6, 37, "2.66", "0.98", "0.92"),
        "goal": PrintedRow(48, 6, 42, "2.81", "1.03", "0.93"),
        "res": PrintedRow(63, 11, 52, "2.38", "0.87", "0.89"),
        "fit": PrintedRow(79, 5, 74, "3.94", "1.37", "1.00"),
        "exp": PrintedRow(33, 16, 17, "1.43", "0.36", "0.79"),
        "lead": PrintedRow(14, 38, -24, "0.61", "-0.50", "0.61"),
        "net": PrintedRow(26, 12, 14, "1.47", "0.38", "0.79"),
        "plan": PrintedRow(1, 49, -48, "0.15", "-1.90", "0.31"),
        "know": PrintedRow(15, 64, -49, "0.49", "-0.72", "0.56"),
        "champ": PrintedRow(30, 55, -25, "0.74", "-0.30", "0.65"),
        "comm": PrintedRow(0, 90, -90, "0.03", "-3.40", "0.00"),
    },
    "P": {
        "open": PrintedRow(88, 2, 86, "6.63", "1.89", "1.00"),
        "goal": PrintedRow(37, 13, 24, "1.69", "0.52", "0.58"),
        "res": PrintedRow(51, 12, 39, "2.06", "0.72", "0.64"),
        "fit": PrintedRow(28, 22, 6, "1.13", "0.12", "0.45"),
        "exp": PrintedRow(54, 14, 40, "1.96", "0.67", "0.62"),
        "lead": PrintedRow(25, 16, 9, "1.25", "0.22", "0.48"),
        "net": PrintedRow(19, 22, -3, "0.93", "-0.07", "0.39"),
        "plan": PrintedRow(12, 45, -33, "0.52", "-0.66", "0.21"),
        "know": PrintedRow(5, 72, -67, "0.26", "-1.33", "0.00"),
        "champ": PrintedRow(7, 80, -73, "0.30", "-1.22", "0.04"),
        "comm": PrintedRow(15, 43, -28, "0.59", "-0.53", "0.25"),
    },
}
"""The printed rows: group, then item; the scores as text, with the digits the study printed."""

ITEMS = tuple(TABLES["HP"])


def count_table() -> CountTable:
    """The published counts of the three groups.

    Examples
    --------
    >>> table = count_table()
    >>> table.groups, table.respondents, int(table.best.sum()), int(table.worst.sum())
    (('HP', 'R', 'P'), (64, 32, 31), 1397, 1397)
    """
    rows = [[TABLES[group][item] for item in ITEMS] for group in TABLES]
    best = np.array([[row.most for row in group] for group in rows], dtype=np.float64)
    worst = np.array([[row.least for row in group] for group in rows], dtype=np.float64)
    people = tuple(GROUP_SIZES.values())
    shown = np.outer(people, np.full(len(ITEMS), APPEARANCES)).astype(np.float64)
    return CountTable(ITEMS, tuple(TABLES), best, worst, shown=shown, respondents=people)


@dataclass(frozen=True, slots=True)
class ClassAsPublished:
    """What the study wrote about an item on seeing Fig. 5, the groups it set apart, and the panel's letter."""

    panel: str
    class_: str
    apart: tuple[str, ...] = ()


THRESHOLD = 0.2

CLASSES_AS_PUBLISHED = {
    "lead": ClassAsPublished("A", "similar"),
    "open": ClassAsPublished("B", "similar"),
    "exp": ClassAsPublished("C", "similar"),
    "plan": ClassAsPublished("D", "similar"),
    "fit": ClassAsPublished("E", "all_differ", ("HP", "R", "P")),
    "know": ClassAsPublished("F", "all_differ", ("HP", "R", "P")),
    "champ": ClassAsPublished("G", "all_differ", ("HP", "R", "P")),
    "net": ClassAsPublished("H", "one_differs", ("R",)),
    "comm": ClassAsPublished("I", "one_differs", ("P",)),
    "goal": ClassAsPublished("J", "one_differs", ("P",)),
    "res": ClassAsPublished("K", "one_differs", ("P",)),
}
"""Fig. 5 and the text about it, panel by panel."""

TOP_THREE = {"HP": ("open", "goal", "res"), "R": ("fit", "res", "goal"), "P": ("open", "exp", "res")}
BOTTOM_THREE = {"HP": ("comm", "champ", "know"), "R": ("comm", "know", "plan"), "P": ("champ", "know", "plan")}
"""The three most and least important items as the text names them, the most extreme first."""

CONSISTENTLY_MORE = ("open", "goal", "exp", "res")
CONSISTENTLY_LESS = ("plan", "know", "champ", "comm")
"""Items the discussion calls consistently more or less important across groups."""

RELATIONSHIP_FAMILY = ("open", "goal", "exp")
PRAGMATIC_FAMILY = ("comm", "plan", "know")
"""Items the discussion names as relationships and culture, and as pragmatics; it assigns no others."""

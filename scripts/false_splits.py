"""How often a team that wants the same would look split: `python scripts/false_splits.py` prints the table.

It stands in docs/explanations/team-classes.md. About half a minute.
"""

import sys

import numpy as np

from commonground.partnership.tasks import SHAPES, plan_tasks
from commonground.partnership.thresholds import SPREAD, ends_by_noise, set_thresholds

SIZES = (5, 6, 7, 8, 10, 12, 15, 20, 25, 30)
SPREADS = {"as assumed": SPREAD, "clearer": 3.0, "fainter": 1.0}


def cell(items: int, people: int) -> str:
    """The number each end must have, and how many of 100 teams show a split at each spread."""
    design = plan_tasks(items).design
    each_end = set_thresholds(design, people).each_end
    shares = [
        (ends_by_noise(design, people, np.random.default_rng([at, items, people]), spread=spread) >= each_end).mean()
        for at, spread in enumerate(SPREADS.values(), start=2)
    ]
    return f"{each_end} ({'/'.join(f'{100 * share:.0f}' for share in shares)})"


def main() -> None:
    """Write a row a list."""
    sys.stdout.write("| items | " + " | ".join(f"{size} people" for size in SIZES) + " |\n")
    sys.stdout.write("|---" * (len(SIZES) + 1) + "|\n")
    for items in SHAPES:
        sys.stdout.write(f"| {items} | " + " | ".join(cell(items, people) for people in SIZES) + " |\n")


if __name__ == "__main__":
    main()

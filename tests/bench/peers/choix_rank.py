"""Many items with choix: the best of each task ahead of all others, they ahead of the worst, as pairs (ilsr_pairwise).

python choix_rank.py choices.csv  ->  one JSON object with the utilities.
"""

import csv
import json
import sys
from pathlib import Path

import choix

with Path(sys.argv[1]).open(encoding="utf-8", newline="") as table:
    rows = list(csv.DictReader(table))
places = [column for column in rows[0] if column.startswith("item_")]
names = sorted({row[place] for row in rows for place in places})
number = {name: place for place, name in enumerate(names)}
pairs = []
for row in rows:
    best, worst = number[row["best"]], number[row["worst"]]
    others = [number[row[place]] for place in places]
    pairs += [(best, other) for other in others if other != best]
    pairs += [(other, worst) for other in others if other not in (best, worst)]
utilities = choix.ilsr_pairwise(len(names), pairs, alpha=0.01)
print(json.dumps({"utilities": dict(zip(names, utilities.tolist(), strict=True))}))

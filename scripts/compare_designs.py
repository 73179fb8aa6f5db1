"""Nearest designs beside those of other ways to make them, on the same numbers.

Run from the root of the repository: `python scripts/compare_designs.py` (about five minutes). It prints the table of
docs/explanations/designs.md. The other ways, in our own words and code, because the packages that use them need R:

- *exchange for D*: items trade places wherever the determinant of the information matrix grows, from 30 random starts,
  as R's AlgDesign (`optBlock`) and, through it, crossdes (`find.BIB`) search (Wheeler 2004; Cook & Nachtsheim 1989).
- *random, best of 1,000*: whole versions drawn by equal appearances, the most even kept, as survey programs describe
  their designers (Orme 2005).
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from commonground.design.audit import audit
from commonground.design.build import build_design
from commonground.records.design import Design

Table = NDArray[np.int64]
SIZES = ((12, 4, 9, 1), (15, 5, 12, 1), (20, 4, 15, 1), (20, 5, 16, 1), (24, 5, 24, 1), (30, 5, 18, 1))
_MOST_FOR_D = 20
"""In plain numpy the search for D takes minutes above."""
SIZES_OF_MANY = ((12, 4, 9, 30), (20, 4, 15, 10), (20, 5, 16, 50), (30, 5, 18, 100))


def _random_table(items: int, per_task: int, tasks: int, rng: np.random.Generator) -> Table:
    """Equal appearances ±1, no item twice in a task: shuffled rounds, dealt again until none is."""
    while True:
        rounds = -(-tasks * per_task // items)
        places = np.concatenate([rng.permutation(items) for _ in range(rounds)])[: tasks * per_task]
        table = places.reshape(tasks, per_task)
        for task in range(tasks):  # a round that ends inside a task may bring an item twice: trade it onwards
            for place in range(per_task):
                if table[task, place] in table[task, :place]:
                    other = int(rng.integers(tasks))
                    swap = int(rng.integers(per_task))
                    table[task, place], table[other, swap] = table[other, swap], table[task, place]
        if all(len(set(task)) == per_task for task in table.tolist()):
            return table


def _pairs(table: Table, items: int) -> Table:
    shown = np.zeros((len(table), items), dtype=np.int64)
    shown[np.arange(len(table))[:, None], table] = 1
    return shown.T @ shown


def _log_determinant(table: Table, items: int) -> float:
    together = _pairs(table, items)
    per_task = table.shape[1]
    information = np.diag(np.diag(together)) / per_task - together / per_task**2
    return float(np.linalg.slogdet(information + 1 / items)[1])


def _exchange_for_d(items: int, per_task: int, tasks: int, rng: np.random.Generator) -> Table:
    best, best_value = np.empty(0), -np.inf
    for _ in range(30):
        table = _random_table(items, per_task, tasks, rng)
        value, better = _log_determinant(table, items), True
        while better:
            better = False
            for one in rng.permutation(table.size).tolist():
                for other in rng.permutation(table.size).tolist():
                    (task, place), (other_task, other_place) = divmod(one, per_task), divmod(other, per_task)
                    item, come = table[task, place], table[other_task, other_place]
                    if come in table[task] or item in table[other_task]:
                        continue
                    table[task, place], table[other_task, other_place] = come, item
                    now = _log_determinant(table, items)
                    if now > value + 1e-9:
                        value, better = now, True
                        break
                    table[task, place], table[other_task, other_place] = item, come
        if value > best_value:
            best, best_value = table.copy(), value
    return best


def _best_of_random(items: int, per_task: int, tasks: int, versions: int, rng: np.random.Generator) -> list[Table]:
    made: list[Table] = []
    total = np.zeros((items, items), dtype=np.int64)
    upper = np.triu_indices(items, 1)
    for _ in range(versions):
        drawn = [_random_table(items, per_task, tasks, rng) for _ in range(1000 if versions == 1 else 100)]
        table = min(drawn, key=lambda one: float(np.var((total + _pairs(one, items))[upper])))
        total += _pairs(table, items)
        made.append(table)
    return made


def _as_design(items: int, tables: list[Table]) -> Design:
    versions = tuple(tuple(tuple(task) for task in table.tolist()) for table in tables)
    return Design(items, versions, (None,) * len(tables), "compared")


def _row(numbers: tuple[int, int, int, int], way: str, make: Callable[[], Design]) -> str:
    start = time.process_time()
    report = audit(make())
    seconds = time.process_time() - start
    spans = [f"{span.min}–{span.max}" for span in (report.co_appearances, report.co_appearances_each)]
    size = " × ".join(map(str, numbers))
    return f"| {size} | {way} | {spans[0]} | {spans[1]} | {report.efficiency:.4f} | {seconds:.1f} |"


def _ways(items: int, per_task: int, tasks: int, versions: int) -> Iterator[tuple[str, Callable[[], Design]]]:
    rng = np.random.default_rng(1)
    yield "this project", partial(build_design, items, per_task, tasks=tasks, versions=versions)
    if versions == 1 and items <= _MOST_FOR_D:
        yield "exchange for D", lambda: _as_design(items, [_exchange_for_d(items, per_task, tasks, rng)])
    yield "random, best of many", lambda: _as_design(items, _best_of_random(items, per_task, tasks, versions, rng))


def main() -> None:
    """Print the table, a row as soon as it is there."""
    heads = "items × per task × tasks × versions", "way", "pairs, over all", "pairs, one person", "efficiency", "CPU s"
    lines = (f"| {' | '.join(heads)} |", "| --- | --- | --- | --- | ---: | ---: |")
    sys.stdout.write("\n".join(lines) + "\n")
    for numbers in (*SIZES, *SIZES_OF_MANY):
        for way, make in _ways(*numbers):
            sys.stdout.write(_row(numbers, way, make) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()

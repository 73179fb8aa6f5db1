"""Find starter tasks with a constraint solver, where `commonground.design.starter_search` does not reach.

The question: a table of items by tasks, 0 or 1, that the group leaves as it is when it moves items and tasks together,
with k ones per task, r per item, and every two items sharing λ tasks (in a symmetric design also every two tasks
sharing λ items). This made the starters of (21, 7, 3), (25, 9, 3), (25, 10, 6) and (31, 10, 3) in `starters.py`.

Needs OR-Tools, which the project itself does not: `pip install ortools`, in an environment of its own. On one core:

    python scripts/find_starters.py 25 9 3 --group 3 --items 8 1 --tasks 8 1             # about 2 seconds
    python scripts/find_starters.py 21 7 3 --group 3 --items 7 0 --tasks 10 0            # about half a minute
    python scripts/find_starters.py 31 10 3 --group 3 --items 10 1 --tasks 10 1          # a minute or two
    python scripts/find_starters.py 25 10 6 --group 5 --items 5 0 3 --tasks 8 0 6        # a minute or two

`--items COPIES FIXED [TURNING]` says how the group acts on items, as in `commonground.design.actions.Action`;
`--tasks` the same for tasks. Copies of tasks turn in rings of three.
"""

import argparse
from itertools import combinations, product

from ortools.sat.python import cp_model

from commonground.design.actions import Action, Permutation, developed
from commonground.design.blocks import Parameters, verified


def permutations(order: int, copies: int, fixed: int = 0, turning: int = 0) -> list[Permutation]:
    """The group's generators; copies turn in rings of three, so 6 turning copies are two rings."""
    shift = Action((order,), copies, fixed).generators()
    if not turning:
        return shift
    goal = [copy - copy % 3 + (copy + 1) % 3 if copy < turning else copy for copy in range(copies)]
    turn = [goal[copy] * order + x for copy in range(copies) for x in range(order)]
    return [*shift, (*turn, *range(order * copies, order * copies + fixed))]


def orbit(start: tuple[int, ...], moves: list[list[Permutation]]) -> list[tuple[int, ...]]:
    """Everything the generators make of a tuple, each place moved by its own permutation."""
    found = [start]
    for place in found:
        for move in moves:
            moved = tuple(permutation[x] for permutation, x in zip(move, place, strict=True))
            if moved not in found:
                found.append(moved)
    return found


class Table:
    """The unknown table of items by tasks, one variable for each orbit of its cells."""

    def __init__(self, parameters: Parameters, on_items: list[Permutation], on_tasks: list[Permutation]) -> None:
        self.model = cp_model.CpModel()
        self.parameters = parameters
        self.on_tasks = on_tasks
        both = [list(pair) for pair in zip(on_items, on_tasks, strict=True)]
        cells: dict[tuple[int, ...], cp_model.IntVar] = {}
        for cell in product(range(parameters.items), range(parameters.tasks)):
            if cell not in cells:
                cells.update(dict.fromkeys(orbit(cell, both), self.model.new_bool_var(str(cell))))
        self.rows = [[cells[item, task] for task in range(parameters.tasks)] for item in range(parameters.items)]
        self.columns = [list(column) for column in zip(*self.rows, strict=True)]
        self._shared: dict[tuple[int, int], cp_model.IntVar] = {}
        self._require(on_items)

    def _require(self, on_items: list[Permutation]) -> None:
        for row in self.rows:
            self.model.add(sum(row) == self.parameters.appearances)
        for column in self.columns:
            self.model.add(sum(column) == self.parameters.per_task)
        self._meet(on_items, self.rows)
        if self.parameters.items == self.parameters.tasks:
            self._meet(self.on_tasks, self.columns)

    def _meet(self, moves: list[Permutation], lines: list[list[cp_model.IntVar]]) -> None:
        """Every two lines share λ ones; lines the group moves together are asked once."""
        done: set[tuple[int, ...]] = set()
        for one, other in combinations(range(len(lines)), 2):
            if (one, other) not in done:
                done |= {tuple(sorted(pair)) for pair in orbit((one, other), [[move, move] for move in moves])}
                common = [self._both(x, y) for x, y in zip(lines[one], lines[other], strict=True)]
                self.model.add(sum(common) == self.parameters.co_appearances)

    def _both(self, one: cp_model.IntVar, other: cp_model.IntVar) -> cp_model.IntVar:
        if one.index == other.index:
            return one
        key = (min(one.index, other.index), max(one.index, other.index))
        if key not in self._shared:
            self._shared[key] = self.model.new_bool_var("")
            self.model.add_bool_or(one.negated(), other.negated(), self._shared[key])
            self.model.add_implication(self._shared[key], one)
            self.model.add_implication(self._shared[key], other)
        return self._shared[key]

    def solved(self, *, seconds: float, seed: int) -> list[tuple[int, ...]]:
        """One task of each orbit of tasks; empty if none was found in time."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = 1
        if solver.solve(self.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return []
        left, starters = set(range(self.parameters.tasks)), []
        while left:
            task = min(left)
            left -= {other for (other,) in orbit((task,), [[move] for move in self.on_tasks])}
            starters.append(tuple(item for item, cell in enumerate(self.columns[task]) if solver.value(cell)))
        return starters


def main() -> None:
    """Ask the solver, count what it answers, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parameters", type=int, nargs=3, metavar=("V", "K", "LAMBDA"))
    parser.add_argument("--group", type=int, required=True, help="order of the cyclic group")
    parser.add_argument("--items", type=int, nargs="+", required=True, metavar="COPIES FIXED [TURNING]")
    parser.add_argument("--tasks", type=int, nargs="+", required=True, metavar="COPIES FIXED [TURNING]")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    parameters = Parameters(*given.parameters)
    on_items, on_tasks = permutations(given.group, *given.items), permutations(given.group, *given.tasks)
    starters = Table(parameters, on_items, on_tasks).solved(seconds=given.seconds, seed=given.seed)
    if not starters:
        raise SystemExit("Nothing found in time.")
    copies, fixed, turning = [*given.items, 0][:3]
    action = Action((given.group,), copies, fixed, turning=turning)
    verified(developed(action, tuple(starters)), parameters)
    print(f"{parameters!r}: ({action!r}, {tuple(starters)}),")  # noqa: T201 -- a program's answer


if __name__ == "__main__":
    main()

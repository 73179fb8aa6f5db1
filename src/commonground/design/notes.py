"""What a design lacks that is not balanced, in sentences."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from commonground.design.balanced import fewest_tasks
from commonground.design.blocks import Parameters
from commonground.design.existence import NONEXISTENT
from commonground.design.prohibited import Pair, cost_of
from commonground.design.wording import times

IntArray = NDArray[np.int64]


def notes_on(
    items: int, per_task: int, tasks: int, blocks: list[list[frozenset[int]]], prohibited: Collection[Pair] = ()
) -> tuple[str, ...]:
    """What is not balanced, why, and what would be."""
    if prohibited:
        return (cost_of(prohibited, items), *_imbalance(items, blocks, prohibited))
    return (*_why(items, per_task, tasks), *_imbalance(items, blocks), *_instead(items, per_task, tasks))


def _why(items: int, per_task: int, tasks: int) -> tuple[str, ...]:
    if per_task == items:
        return ("Every task shows all items, so each pair stands together in every task.",)
    ask = f"{tasks} tasks of {per_task} for {items} items"
    together, rest = divmod(tasks * per_task * (per_task - 1), items * (items - 1))
    parameters = Parameters(items, per_task, together)
    if tasks * per_task % items or rest:
        return (f"No balanced design has {ask}: the numbers do not divide evenly, so this is the nearest one.",)
    if not parameters.admissible:
        return (
            f"No balanced design has {ask}: it would need at least as many tasks as items, so this is the nearest.",
        )
    if reason := NONEXISTENT.get(parameters):
        return (f"No balanced design has {ask}: {reason}. This is the nearest one.",)
    return (f"We know no balanced design with {ask}; this is the nearest one found.",)


def _imbalance(items: int, blocks: list[list[frozenset[int]]], prohibited: Collection[Pair] = ()) -> tuple[str, ...]:
    shown, pairs = _counts(items, blocks, prohibited)
    over = " over all versions" if len(blocks) > 1 else ""
    sentences: list[str] = []
    if never := int((shown == 0).sum()):
        sentences.append(
            f"{never} of {items} items cannot appear at all{over}: there are only {int(shown.sum())} places. "
            "Ask for more tasks or more items per task."
        )
    if shown.min() != shown.max():
        fewer = int((shown == shown.min()).sum())
        sentences.append(
            f"Items appear {times(int(shown.min()), int(shown.max()))}{over}: "
            f"{fewer} of them {times(int(shown.min()), int(shown.min()))}."
        )
    if len(pairs) > 1:
        sentences.append(_pairs_sentence(pairs, over))
    return tuple(sentences)


def _counts(
    items: int, blocks: list[list[frozenset[int]]], prohibited: Collection[Pair]
) -> tuple[IntArray, dict[int, int]]:
    """How often each item appears, and how many of the allowed pairs stand together so many times."""
    tasks = np.array([sorted(task) for version in blocks for task in version])
    one, other = np.triu_indices(tasks.shape[1], 1)
    counts = np.unique(tasks[:, one] * items + tasks[:, other], return_counts=True)[1]
    never = items * (items - 1) // 2 - len(prohibited) - counts.size
    values, pairs = np.unique(counts, return_counts=True)
    often = dict(zip(values.tolist(), pairs.tolist(), strict=True))
    return np.bincount(tasks.ravel(), minlength=items), ({0: never} if never else {}) | often


def _pairs_sentence(pairs: dict[int, int], over: str) -> str:
    parts = [f"{count} pair{'s' if count > 1 else ''} {times(value, value)}" for value, count in pairs.items()]
    return f"Pairs of items stand together unequally often{over}: {', '.join(parts[:-1])} and {parts[-1]}."


def _instead(items: int, per_task: int, tasks: int) -> tuple[str, ...]:
    smallest = fewest_tasks(items, per_task)
    if smallest is None or smallest.parameters.tasks == tasks:
        return ()
    return (
        f"The smallest balanced design for {items} items, {per_task} at a time, has {smallest.parameters.tasks} tasks.",
    )

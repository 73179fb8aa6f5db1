"""Pairs of items that are to be kept apart, and whether that can be done at all.

Reasons are for instance two items that say nearly the same, or one that contains the other.
"""

from collections.abc import Collection, Iterable, Sequence

from commonground.design.parts import parts_of
from commonground.design.wording import named_pairs
from commonground.records.errors import Problem, SettingError

Pair = tuple[int, int]

_FEWER = "Prohibit fewer pairs, or show fewer items per task."
_NAMED = 5
"""So many items are named in a message."""


def checked_pairs(pairs: Iterable[Pair], items: int, per_task: int) -> frozenset[Pair]:
    """The pairs, each once with the smaller item first, when a design can keep them apart as far as counting tells.

    Parameters
    ----------
    pairs : iterable of (int, int)
        Items from 0.
    items, per_task : int

    Raises
    ------
    SettingError
        If an item does not exist, is to be kept apart from itself or from so many that it fits in no task, or if the
        items fall into parts that could never be compared.

    Examples
    --------
    >>> sorted(checked_pairs([(3, 1), (1, 3)], 5, 2))
    [(1, 3)]
    """
    found = frozenset((min(pair), max(pair)) for pair in pairs)
    problems = [*_no_such(found, items)] or [*_nowhere_to_stand(found, items, per_task)] or [*_islands(found, items)]
    if problems:
        raise SettingError(problems)
    return found


def _no_such(pairs: frozenset[Pair], items: int) -> Iterable[Problem]:
    for one, other in sorted(pairs):
        if one == other:
            yield Problem(f"Item {one + 1} cannot be kept apart from itself.", mend="Name two different items.")
        elif one < 0 or other >= items:
            wrong = one if one < 0 else other
            yield Problem(f"There is no item {wrong + 1} to keep apart.", mend=f"Items are numbered 1 to {items}.")


def _nowhere_to_stand(pairs: frozenset[Pair], items: int, per_task: int) -> Iterable[Problem]:
    for item in range(items):
        allowed = items - 1 - sum(item in pair for pair in pairs)
        if allowed < per_task - 1:
            what = f"Item {item + 1} may stand with {allowed} others, but a task of {per_task} needs {per_task - 1}."
            yield Problem(what, mend=_FEWER)


def _islands(pairs: frozenset[Pair], items: int) -> Iterable[Problem]:
    """Items that no chain of allowed pairs joins to the first."""
    allowed = [(one, other) for one in range(items) for other in range(one + 1, items) if (one, other) not in pairs]
    outside = [item + 1 for item, part in enumerate(parts_of(allowed, items).tolist()) if part]
    if outside:
        named = ", ".join(map(str, outside[:_NAMED])) + (", …" if len(outside) > _NAMED else "")
        what = f"With these pairs kept apart, items {named} could never be compared with item 1."
        yield Problem(what, mend="Prohibit fewer pairs.")


def refuse_broken(versions: Sequence[Sequence[frozenset[int]]], pairs: Collection[Pair]) -> None:
    """Refuse a design in which a pair stands together all the same.

    Raises
    ------
    SettingError
    """
    broken = sorted({pair for version in versions for task in version for pair in pairs if task.issuperset(pair)})
    if not broken:
        return
    what = f"No design was found that shows all items equally often and keeps these apart: {named_pairs(broken)}."
    raise SettingError([Problem(what, mend=_FEWER)])


def cost_of(pairs: Collection[Pair], items: int) -> str:
    """What keeping pairs apart costs, in a sentence."""
    few = len(pairs) == 1
    kept = f"{len(pairs)} pair{' is' if few else 's are'} kept apart as asked"
    share = len(pairs) / (items * (items - 1) / 2)
    return (
        f"{kept}, {max(share, 0.001):.1%} of all: {'they are' if not few else 'it is'} compared only through other "
        "items, and no design with prohibited pairs is balanced."
    )

"""Where an item came from and what became of it, through every merge and split."""

from collections.abc import Callable, Iterator

from commonground.development.log import Candidate, Development
from commonground.development.records import Source


def ancestors(now: Development, item: str) -> tuple[str, ...]:
    """Every item this one came from, parents before grandparents, each once.

    Parameters
    ----------
    now : Development
    item : str
        The id of an item, on the list or off it.
    """
    return tuple(_walk(now, item, lambda one: one.parents))


def descendants(now: Development, item: str) -> tuple[str, ...]:
    """Every item this one became, children before grandchildren, each once."""
    return tuple(_walk(now, item, lambda one: one.children))


def lost(now: Development) -> tuple[str, ...]:
    """Items that are neither on the list, nor removed, nor became another: there are none, or the log is broken."""
    return tuple(
        name
        for name, one in now.candidates.items()
        if (name in now.order) == (one.left is not None) or (one.state in _BECOME and not one.children)
    )


_BECOME = frozenset({"merged", "split"})


def all_sources(now: Development, item: str) -> tuple[Source, ...]:
    """The sources of an item and of all it came from, each once, its own first."""
    every = [source for name in (item, *ancestors(now, item)) for source in now.candidates[name].sources]
    return tuple(one for place, one in enumerate(every) if one not in every[:place])


def constructs(now: Development, item: str) -> tuple[str, ...]:
    """The constructs of the framework an item is tagged with, its ancestors' included."""
    return tuple(dict.fromkeys(one.cfir for one in all_sources(now, item) if one.cfir))


def _walk(now: Development, item: str, onward: Callable[[Candidate], tuple[str, ...]]) -> Iterator[str]:
    seen, waiting = {item}, list(onward(now.candidates[item]))
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            yield name
            waiting += onward(now.candidates[name])

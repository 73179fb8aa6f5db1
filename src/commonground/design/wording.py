"""Counts and pairs as people say them."""

from collections.abc import Sequence

_ADVERBS = {0: "never", 1: "once", 2: "twice"}
_SECONDS_PER_ITEM = 6
_NAMED_PAIRS = 5


def times(fewest: int, most: int) -> str:
    """How often, in words.

    Examples
    --------
    >>> times(5, 5), times(1, 2), times(0, 1), times(2, 5)
    ('5 times', 'once or twice', 'never or once', '2 to 5 times')
    """
    if fewest == most:
        return _ADVERBS.get(fewest, f"{fewest} times")
    if most <= 2 and most - fewest == 1:
        return f"{_ADVERBS[fewest]} or {_ADVERBS[most]}"
    if most - fewest == 1:
        return f"{fewest} or {most} times"
    return f"{fewest} to {most} times"


def minutes(tasks: int, per_task: int) -> str:
    """How long that many tasks take, at six seconds an item: five items in half a minute.

    Examples
    --------
    >>> minutes(11, 5), minutes(1, 4)
    ('6 minutes', '1 minute')
    """
    seconds = tasks * per_task * _SECONDS_PER_ITEM
    whole = max(1, (seconds + 30) // 60)
    return f"{whole} minute{'s' if whole > 1 else ''}"


def named_pairs(pairs: Sequence[tuple[int, int]]) -> str:
    """Pairs of items from 0 by their numbers from 1; of many, the first five.

    Examples
    --------
    >>> named_pairs([(0, 1), (3, 9)]), named_pairs([(0, other) for other in range(1, 9)])
    ('1 and 2, 4 and 10', '1 and 2, 1 and 3, 1 and 4, 1 and 5, 1 and 6 and 3 more')
    """
    named = ", ".join(f"{one + 1} and {other + 1}" for one, other in pairs[:_NAMED_PAIRS])
    more = len(pairs) - _NAMED_PAIRS
    return f"{named} and {more} more" if more > 0 else named

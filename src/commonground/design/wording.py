"""Counts as people say them."""

_ADVERBS = {0: "never", 1: "once", 2: "twice"}
_SECONDS_PER_ITEM = 6


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

"""Drawing winners so that anybody can draw the same again. Pure.

Every entry stands on the list by a keyed hash that tells nothing of the person. The seed and an entry's hash are hashed
together, and the entries are put in the order of the results: with a seed nobody could choose to their liking, every
order is equally likely. Whoever has list and seed repeats it with any program that knows SHA-256.
"""

import hashlib
from collections.abc import Iterable


def list_hash(digests: Iterable[str]) -> str:
    """The hash of a list of entries, whatever their order.

    Examples
    --------
    >>> list_hash(["b", "a"]) == list_hash(["a", "b"]) != list_hash(["a"])
    True
    """
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def drawn_order(digests: Iterable[str], seed: str) -> list[str]:
    """All entries in the order drawn: the first win, the next step in for winners who cannot be reached.

    Examples
    --------
    >>> drawn_order(["a", "b", "c"], "7") == drawn_order(["c", "b", "a"], "7")
    True
    >>> sorted(drawn_order(["a", "b", "c"], "8"))
    ['a', 'b', 'c']
    """
    return sorted(digests, key=lambda digest: hashlib.sha256(f"{seed}:{digest}".encode()).hexdigest())

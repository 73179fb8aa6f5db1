"""Item ids that are different to a computer and the same to a reader."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable


def near_twins(names: Iterable[str]) -> tuple[str, ...]:
    """A message for each set of names that differ only in capitals, spaces or the way an accent is stored.

    Examples
    --------
    >>> near_twins(["Taste", "taste ", "Price"])
    ("The items 'Taste' and 'taste ' differ only in capitals, spaces or accents; they count as different.",)
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for name in names:
        alike[" ".join(unicodedata.normalize("NFKC", name).casefold().split())].append(name)
    return tuple(
        f"The items {' and '.join(repr(name) for name in group)} differ only in capitals, spaces or accents; "
        "they count as different."
        for group in alike.values()
        if len(group) > 1
    )

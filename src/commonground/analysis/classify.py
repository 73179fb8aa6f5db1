"""The threshold rule: which groups stand apart on an item, from their rescaled scores.

The published study looked for scores that did not cluster and called a difference of 0.2 or more relatively different.
The rule here makes that reproducible. Range below the threshold: `similar`. Otherwise the sorted scores are split at
every gap of at least the threshold, or, where no single gap is that wide, at the widest (at each of them where several
are equally wide); the parts tell the class. It reproduces the published class of all 11 items. It says nothing about
chance: see `analysis.compare` for that.
"""

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.ratios import SAME
from commonground.records.choices import FloatArray

SIMILAR, ONE_DIFFERS, ALL_DIFFER, GROUPS_SPLIT, DIFFER = CLASSES = (
    "similar",
    "one_differs",
    "all_differ",
    "groups_split",
    "differ",
)
"""No group apart; one apart and the rest together; every group apart; anything else; and, of two groups, apart."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Classified:
    """What the rule says of one item.

    Parameters
    ----------
    class_ : str
        One of `CLASSES`.
    parts : tuple of tuple of str
        The groups that stand together, lowest scores first.
    apart : tuple of str
        The groups that stand alone in their part, in the order given; none where all are similar.
    range : float
        Highest less lowest score.
    strict_pairs : tuple of pairs
        Every two groups at least the threshold apart.
    """

    class_: str
    parts: tuple[tuple[str, ...], ...]
    apart: tuple[str, ...]
    range: float
    strict_pairs: tuple[Pair, ...]


def classify(scores: dict[str, float], threshold: float) -> Classified:
    """Apply the rule to one item.

    A gap equal to the threshold counts as wide, up to rounding in the last places.

    Parameters
    ----------
    scores : dict of group to float
        Rescaled scores, 0 to 1, of at least two groups; no NaN.
    threshold : float

    Examples
    --------
    >>> ours = classify({"HP": 0.834, "R": 0.895, "P": 0.638}, 0.2)
    >>> ours.class_, ours.apart, ours.strict_pairs
    ('one_differs', ('P',), (('R', 'P'),))
    """
    groups = sorted(scores, key=lambda group: scores[group])
    values = np.array([scores[group] for group in groups])
    cuts = _cuts(values[None, :], threshold)[0]
    parts = _parts(groups, cuts)
    alone = {part[0] for part in parts if len(part) == 1} if cuts.any() else set[str]()
    return Classified(
        class_=CLASSES[int(class_codes(values[:, None], threshold)[0])],
        parts=parts,
        apart=tuple(group for group in scores if group in alone),
        range=float(values[-1] - values[0]),
        strict_pairs=tuple(
            pair for pair in combinations(scores, 2) if abs(scores[pair[0]] - scores[pair[1]]) >= threshold - SAME
        ),
    )


def class_codes(scores: FloatArray, threshold: float) -> NDArray[np.intp]:
    """The class of many items at once, as indices into `CLASSES`.

    Parameters
    ----------
    scores : (…, n_groups, n_items) float
        Rescaled scores; no NaN.

    Returns
    -------
    (…, n_items) int
    """
    ordered = np.sort(np.moveaxis(scores, -2, -1), axis=-1)
    cuts = _cuts(ordered, threshold)
    groups, parts = ordered.shape[-1], 1 + cuts.sum(axis=-1)
    if groups == 2:
        return np.where(parts == 1, CLASSES.index(SIMILAR), CLASSES.index(DIFFER))
    one_alone = (parts == 2) & (cuts[..., 0] | cuts[..., -1])
    return np.select(
        [parts == 1, parts == groups, one_alone],
        [CLASSES.index(SIMILAR), CLASSES.index(ALL_DIFFER), CLASSES.index(ONE_DIFFERS)],
        CLASSES.index(GROUPS_SPLIT),
    )


def _cuts(ordered: FloatArray, threshold: float) -> NDArray[np.bool_]:
    """Which of the gaps between neighbours split the groups: (…, n_groups − 1)."""
    gaps = np.diff(ordered, axis=-1)
    wide = gaps >= threshold - SAME
    widest = gaps >= gaps.max(axis=-1, keepdims=True) - SAME
    apart = ordered[..., -1:] - ordered[..., :1] >= threshold - SAME
    return apart & np.where(wide.any(axis=-1, keepdims=True), wide, widest)


def _parts(groups: list[str], cuts: NDArray[np.bool_]) -> tuple[tuple[str, ...], ...]:
    edges = [0, *(int(cut) + 1 for cut in np.flatnonzero(cuts)), len(groups)]
    return tuple(tuple(groups[start:end]) for start, end in pairwise(edges))

"""Orders and how much they have in common: midranks, Kendall's W, Spearman's and Kendall's correlation.

References
----------
Kendall, M. G., & Gibbons, J. D. (1990). Rank Correlation Methods (5th ed.), chapters 3 and 6 (ties: τ_b, W).
"""

import numpy as np

from commonground.records.choices import FloatArray

MOST_NUMBERS = 8_000_000
"""Numbers in one array while all pairs of items are compared."""


def midranks(values: FloatArray) -> FloatArray:
    """Ranks from 1, the lowest first; ties share their mean rank: (..., n_items).

    Examples
    --------
    >>> midranks(np.array([3.0, 1.0, 3.0, 2.0])).tolist()
    [3.5, 1.0, 3.5, 2.0]
    """
    flat = values.reshape(-1, values.shape[-1])
    found = np.empty_like(flat)
    step = max(1, MOST_NUMBERS // values.shape[-1] ** 2)
    for start in range(0, len(flat), step):
        part = flat[start : start + step]
        below = (part[:, :, None] > part[:, None, :]).sum(axis=2)
        same = (part[:, :, None] == part[:, None, :]).sum(axis=2)
        found[start : start + step] = below + (same + 1) / 2
    return found.reshape(values.shape)


def centred_ranks(values: FloatArray) -> FloatArray:
    """Midranks less their mean, (n + 1)/2."""
    return midranks(values) - (values.shape[-1] + 1) / 2


def concordance(ranks: FloatArray) -> FloatArray:
    """Kendall's W of many orders, corrected for ties: (...), 0 to 1; NaN where every order is one tie.

    With d the centred ranks of m orders it is `|Σ d|² / (m Σ |d|²)`, which is Kendall's formula with its term for ties.

    Parameters
    ----------
    ranks : (..., n_orders, n_items) float
        Centred.

    Examples
    --------
    >>> float(concordance(centred_ranks(np.array([[1.0, 2, 3], [1, 2, 3]]))))
    1.0
    """
    total = (ranks**2).sum(axis=(-2, -1)) * ranks.shape[-2]
    together = (ranks.sum(axis=-2) ** 2).sum(axis=-1)
    return np.divide(together, total, out=np.full(np.shape(total), np.nan), where=np.asarray(total > 0))


def spearman(first: FloatArray, second: FloatArray) -> FloatArray:
    """Spearman's correlation of values: (...); NaN where one side is one tie."""
    return cosine(centred_ranks(first), centred_ranks(second))


def kendall(first: FloatArray, second: FloatArray) -> FloatArray:
    """Kendall's τ_b of values: (...); NaN where one side is one tie.

    Examples
    --------
    >>> round(float(kendall(np.array([1.0, 2, 3, 4]), np.array([1.0, 3, 2, 4]))), 4)
    0.6667
    """
    items = first.shape[-1]
    flat = [np.broadcast_to(one, np.broadcast_shapes(first.shape, second.shape)) for one in (first, second)]
    rows = [one.reshape(-1, items) for one in flat]
    found = np.empty(len(rows[0]))
    step = max(1, MOST_NUMBERS // items**2)
    for start in range(0, found.size, step):
        signs = [
            np.sign(one[start : start + step, :, None] - one[start : start + step, None, :]).reshape(-1, items**2)
            for one in rows
        ]
        found[start : start + step] = cosine(signs[0], signs[1])
    return found.reshape(flat[0].shape[:-1])


def cosine(first: FloatArray, second: FloatArray) -> FloatArray:
    """Of the angle between two vectors: (...), −1 to 1; NaN where one has no length."""
    lengths = np.sqrt((first**2).sum(axis=-1) * (second**2).sum(axis=-1))
    product = (first * second).sum(axis=-1)
    found = np.divide(product, lengths, out=np.full(np.shape(lengths), np.nan), where=np.asarray(lengths > 0))
    return np.clip(found, -1.0, 1.0)

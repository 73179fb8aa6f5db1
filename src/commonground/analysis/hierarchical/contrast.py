"""Coordinates for utilities that sum to zero, in which no item is special.

Only differences between utilities matter, so n items have n − 1 free coordinates. Leaving out a reference item would
make its spread part of everybody else's; here the coordinates belong to an orthonormal basis of the utilities that
sum to zero. Distances, and with them a normal distribution's spread and correlations, are the same in both.
"""

from functools import lru_cache

import numpy as np

from commonground.records.choices import FloatArray


@lru_cache(maxsize=16)
def basis(n_items: int) -> FloatArray:
    """An orthonormal basis of the vectors that sum to zero (Helmert's).

    Returns
    -------
    (n_items, n_items − 1) float
        Columns of length 1, at right angles to each other and to the vector of ones. utilities = basis @ coordinates.

    Examples
    --------
    >>> columns = basis(3)
    >>> (columns.T @ columns).round(12).tolist(), abs(columns.sum(axis=0)).max() < 1e-12
    ([[1.0, 0.0], [0.0, 1.0]], np.True_)
    """
    steps = np.arange(1, n_items)
    columns = np.triu(np.ones((n_items, n_items - 1)))
    columns[steps, steps - 1] = -steps
    columns /= np.sqrt(steps * (steps + 1))
    columns.flags.writeable = False  # one array serves everybody who asks
    return columns

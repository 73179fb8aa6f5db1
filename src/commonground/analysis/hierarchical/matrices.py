"""Batches of small matrices: the last two axes are rows and columns, what stands before runs side by side."""

import numpy as np

from commonground.records.choices import FloatArray


def transposed(matrix: FloatArray) -> FloatArray:
    """Rows and columns exchanged."""
    return np.swapaxes(matrix, -1, -2)


def inverse(matrix: FloatArray) -> FloatArray:
    """The inverse of each matrix."""
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def root(matrix: FloatArray) -> FloatArray:
    """The lower triangular L with L Lᵀ = matrix."""
    return np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)


def solved(matrix: FloatArray, right: FloatArray) -> FloatArray:
    """The x with matrix @ x = right."""
    return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)

"""Tasks every model is tried on: ragged, some with one pick only, weighted, utilities far from equal."""

import numpy as np
import pytest

from commonground.likelihood.tasks import Tasks

UTILITIES = np.array([0.3, -1.2, 0.8, 0.0, 2.1, -0.4])


@pytest.fixture
def utilities():
    return UTILITIES.copy()


@pytest.fixture
def tasks():
    return Tasks(
        shown=[[0, 1, 2, 3], [5, 4, 1, -1], [2, 3, -1, -1], [4, 0, 5, 1], [3, 4, 2, 0], [1, 5, 0, -1], [0, 1, 2, 4]],
        best=[2, 4, 3, -1, 4, 1, -1],
        worst=[1, 5, 2, 1, -1, 5, -1],
        weight=[1.0, 2.0, 0.5, 1.0, 3.0, 1.0, 1.0],
    )

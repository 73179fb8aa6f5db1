"""Where everybody in a crowd stands, in all chains, and what follows from it."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import kernels
from commonground.analysis.hierarchical.crowd import Crowd
from commonground.analysis.hierarchical.population import Population
from commonground.records.choices import BoolArray, FloatArray


@dataclass(slots=True)
class Place:
    """Everybody's coordinates and likelihood; changed in place by every move.

    Parameters
    ----------
    z : (n_people, p, n_chains) float
        Coordinates.
    utilities : (n_items, n_people, n_chains) float
    log_likelihood : (n_people, n_chains) float
    slope : (n_people, p, n_chains) float
        The log-likelihood's gradient by z.
    """

    z: FloatArray
    utilities: FloatArray
    log_likelihood: FloatArray
    slope: FloatArray

    def take(self, other: "Place", moved: BoolArray) -> None:
        """Put those who moved (n_people or 1, n_chains) where they went."""
        np.copyto(self.z, other.z, where=moved[:, None])
        np.copyto(self.utilities, other.utilities, where=moved)
        np.copyto(self.log_likelihood, other.log_likelihood, where=moved)
        np.copyto(self.slope, other.slope, where=moved[:, None])


def place(crowd: Crowd, z: FloatArray) -> Place:
    """Everything that follows from coordinates (n_people, p, n_chains)."""
    utilities = crowd.utilities(np.ascontiguousarray(z.transpose(1, 0, 2)))
    value, gradient = kernels.value_and_gradient(crowd.encoded, utilities)
    flat = crowd.columns.T @ gradient.reshape(len(gradient), -1)
    slope = np.ascontiguousarray(flat.reshape(-1, *gradient.shape[1:]).transpose(1, 0, 2))
    return Place(z, utilities, value, slope)


def group_means(crowd: Crowd, now: Population) -> FloatArray:
    """Everybody's group's mean: (p, n_chains) where there is one group, else (n_people, p, n_chains)."""
    means = now.means.transpose(1, 2, 0)
    return means[0] if len(means) == 1 else means[crowd.group]


def by_chain(values: FloatArray) -> FloatArray:
    """(n_people, p, n_chains) as (n_chains, p, n_people), each chain in one piece."""
    return np.ascontiguousarray(values.transpose(2, 1, 0))

"""Sparse answers as one long list of picks: each best out of what was shown, each worst out of what was left.

With thousands of items no matrix of items by answers can be held, so every quantity here is either one number an item
or a sparse matrix. A worst pick is a best pick among negated utilities; a set therefore reads a vector of twice the
items, utilities first, then the same negated, and one softmax serves both.
"""

from dataclasses import dataclass
from typing import Protocol, cast, overload

import numpy as np

from commonground.likelihood import picks
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray

MOST_PULL = 0.9
"""Of a pick on its own item; keeps a quotient finite."""


class Matrix(Protocol):
    """As much of a sparse matrix as is used here."""

    @property
    def T(self) -> "Matrix":  # noqa: N802 – numpy's name
        """Its transpose."""
        ...

    @overload
    def __matmul__(self, other: "Matrix") -> "Matrix": ...
    @overload
    def __matmul__(self, other: FloatArray) -> FloatArray: ...
    def __matmul__(self, other: "Matrix | FloatArray") -> "Matrix | FloatArray":
        """Its product with another one, or with a dense vector or matrix."""
        ...

    def toarray(self) -> FloatArray:
        """The same with its zeros."""
        ...


@dataclass(frozen=True, slots=True)
class PickSets:
    """Every pick with the set it was made from.

    Parameters
    ----------
    items : int
    people : int
    sets : (n_picks, k) int
        Indices into utilities and negated utilities, one after the other; `MISSING` fills up smaller sets.
    picked : (n_picks,) int
        Of the same kind.
    owner : (n_picks,) int
        Whose pick it was.
    weight : (n_picks,) float
    """

    items: int
    people: int
    sets: IntArray
    picked: IntArray
    owner: IntArray
    weight: FloatArray

    def only(self, people: IntArray) -> "PickSets":
        """The picks of some of the people, who keep their numbers.

        Parameters
        ----------
        people : (n,) int
        """
        kept = np.isin(self.owner, people)
        return PickSets(
            self.items, self.people, self.sets[kept], self.picked[kept], self.owner[kept], self.weight[kept]
        )

    def log_likelihood(self, utilities: FloatArray) -> float:
        """The weighted sum of log probabilities at (items,) utilities: nats, at most 0."""
        return float(self.weight @ picks.log_probabilities(_both_ways(utilities), self.sets, self.picked))

    def gradient(self, utilities: FloatArray) -> FloatArray:
        """Its gradient: (items,), summing to zero."""
        slopes, filled = self._slopes(utilities), self.sets != MISSING
        found = np.bincount(self.sets[filled] % self.items, weights=slopes[filled], minlength=self.items)
        return found.astype(np.float64)

    def scores(self, utilities: FloatArray, cluster: IntArray, clusters: int, pull: FloatArray) -> Matrix:
        """The gradient added up within clusters, as it would be had the cluster not been fitted: (clusters, items).

        Answers pull the estimate towards themselves, the more so the fewer there are of an item, which makes
        their gradient too small. Divided by one minus that pull, it is about what an estimate without them would give.

        Parameters
        ----------
        utilities : (items,) float
        cluster : (n_picks,) int
            Respondents, or picks where every pick is taken for somebody else's.
        clusters : int
        pull : (items,) float
            How far each utility moves for one unit of gradient; 0 for the gradient as it is.

        References
        ----------
        MacKinnon, J. G., & White, H. (1985). Some heteroskedasticity-consistent covariance matrix estimators with
        improved finite sample properties. Journal of Econometrics, 29(3), 305–325 (HC3).
        """
        filled = self.sets != MISSING
        item = np.where(filled, self.sets % self.items, 0)
        chances = picks.probabilities(_both_ways(utilities), self.sets)
        own = np.minimum(chances * (1 - chances) * self.weight[:, None] * pull[item], MOST_PULL)
        rows = np.repeat(cluster, filled.sum(axis=1))
        return _sparse((self._slopes(utilities) / (1 - own))[filled], rows, item[filled], (clusters, self.items))

    def _slopes(self, utilities: FloatArray) -> FloatArray:
        """What each item of each set adds to the gradient: (n_picks, k)."""
        slope: FloatArray = (self.sets == self.picked[:, None]) - picks.probabilities(_both_ways(utilities), self.sets)
        return np.where(self.sets >= self.items, -slope, slope) * self.weight[:, None]

    def curvature(self, utilities: FloatArray) -> "Curvature":
        """Minus the second derivatives, as products can use them."""
        filled = self.sets != MISSING
        chances = picks.probabilities(_both_ways(utilities), self.sets)
        item = self.sets[filled] % self.items
        diagonal = np.bincount(item, weights=(chances * self.weight[:, None])[filled], minlength=self.items)
        rows = np.repeat(np.arange(len(self.sets)), filled.sum(axis=1))
        root = (chances * np.sqrt(self.weight)[:, None])[filled]
        return Curvature(diagonal.astype(np.float64), _sparse(root, rows, item, (len(self.sets), self.items)))


@dataclass(frozen=True, slots=True)
class Curvature:
    """The matrix diag(d) − RᵀR: minus the second derivatives of a log-likelihood of picks.

    Parameters
    ----------
    diagonal : (items,) float
        Expected picks of each item.
    roots : (n_picks, items) sparse
        Pick probabilities times the root of the weight.
    """

    diagonal: FloatArray
    roots: Matrix

    def times(self, vectors: FloatArray) -> FloatArray:
        """Its product with (items,) or (items, m) vectors."""
        own = self.diagonal if vectors.ndim == 1 else self.diagonal[:, None]
        return own * vectors - self.roots.T @ (self.roots @ vectors)

    def dense(self) -> FloatArray:
        """The whole matrix: (items, items)."""
        found = -(self.roots.T @ self.roots).toarray()
        found[np.diag_indices_from(found)] += self.diagonal
        return found


def pick_sets(data: ChoiceData) -> PickSets:
    """The picks of every scored task.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann",), respondent=[0], task=[1],
    ...                             shown=[[0, 1, 2]], best=[1], worst=[2])
    >>> found = pick_sets(data)
    >>> found.sets.tolist(), found.picked.tolist()
    ([[0, 1, 2], [3, -1, 5]], [1, 5])
    """
    rows, items = data.scored, len(data.items)
    tasks = Tasks(data.shown[rows], data.best[rows], data.worst[rows])
    best, worst = np.flatnonzero(tasks.best != MISSING), np.flatnonzero(tasks.worst != MISSING)
    left = tasks.rest[worst]
    owner = data.respondent[rows]
    owners = np.concatenate([owner[best], owner[worst]])
    return PickSets(
        items,
        len(data.respondents),
        np.concatenate([tasks.shown[best], np.where(left == MISSING, MISSING, left + items)]),
        np.concatenate([tasks.best[best], tasks.worst[worst] + items]),
        owners,
        data.weight[owners],
    )


def _both_ways(utilities: FloatArray) -> FloatArray:
    return np.concatenate([utilities, -utilities])


def _sparse(values: FloatArray, rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> Matrix:
    from scipy.sparse import csr_array  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] # costly to load

    return cast("Matrix", csr_array((values, (rows, columns)), shape=shape))

"""Whether utilities exist: what the answers say of who is ahead of whom.

In every model here an answer puts items ahead of others: the best ahead of everything shown, everything shown ahead
of the worst. A direction in which the log-likelihood never falls (a recession direction) is one that respects all of
these, d_x ≥ d_y wherever x was once put ahead of y. So a finite maximum exists, and is the only one, exactly if every
item can be reached from every other along such steps: the graph is strongly connected. A model that looks at best
picks only has fewer steps than one that looks at both.

Where the graph falls apart, utilities exist within each strongly connected component, and the components drift apart
without end. The largest value that the log-likelihood comes arbitrarily near to is that of the same answers with every
set cut down to the component of the item picked.

References
----------
Ford, L. R. (1957). Solution of a ranking problem from binary comparisons. American Mathematical Monthly, 64(8), 28–33.
Hunter, D. R. (2004). MM algorithms for generalized Bradley–Terry models. Annals of Statistics, 32(1), 384–406.
Albert, A., & Anderson, J. A. (1984). On the existence of maximum likelihood estimates in logistic regression models.
Biometrika, 71(1), 1–10 (separation).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, BoolArray, IntArray

FEWEST = 2
"""A utility says something only beside another one."""


class Side(StrEnum):
    """Where items without a utility stand, seen from those that have one."""

    BELOW = "below"
    ABOVE = "above"
    APART = "apart"
    NEVER_SHOWN = "never_shown"


@dataclass(frozen=True, slots=True)
class Connections:
    """Which items can be compared.

    Parameters
    ----------
    shown : (n_items,) bool
        In a task that was answered.
    ahead : (n_items, n_items) bool
        Row x, column y: some answer puts x ahead of y.
    component : (n_items,) int
        Strongly connected components: utilities exist within each.
    block : (n_items,) int
        Weakly connected ones: between two of them there is no comparison at all.
    """

    shown: BoolArray
    ahead: BoolArray
    component: IntArray
    block: IntArray

    @property
    def parameters(self) -> int:
        """Differences between utilities that the answers say anything about."""
        return int(self.shown.sum()) - int(np.unique(self.block[self.shown]).size)

    def core(self, reference: int | None = None) -> BoolArray:
        """The items that get a utility: the reference's component, or else the largest: (n_items,) bool.

        None do where the reference was never shown.
        """
        sizes = np.bincount(self.component[self.shown], minlength=self.component.max() + 1)
        chosen = self.component[reference] if reference is not None else sizes.argmax()
        return (self.component == chosen) & self.shown

    def sides(self, core: BoolArray) -> tuple[tuple[Side, BoolArray], ...]:
        """Every component outside the core (items never shown together), with where it stands.

        Where no two items have a utility beside each other, all that were shown are one set, apart.
        """
        start = int(core.argmax())
        below, above = reach(self.ahead, start), reach(self.ahead.T, start)
        found = [(Side.NEVER_SHOWN, ~self.shown)] if not self.shown.all() else []
        if core.sum() < FEWEST:
            return (*found, (Side.APART, self.shown))
        for label in np.unique(self.component[self.shown & ~core]):
            members = self.component == label
            first = int(members.argmax())
            side = Side.BELOW if below[first] else Side.ABOVE if above[first] else Side.APART
            found.append((side, members))
        return tuple(found)


def connections(tasks: Tasks, n_items: int) -> Connections:
    """Read off the answers who is ahead of whom.

    Parameters
    ----------
    tasks : Tasks
        With only the picks the model looks at; their weights play no part.
    n_items : int

    Examples
    --------
    >>> found = connections(Tasks([[0, 1, 2], [0, 1, 2]], best=[0, 1], worst=[-1, -1]), 3)
    >>> found.component.tolist(), found.core().tolist()
    ([1, 1, 0], [True, True, False])
    """
    filled = tasks.shown != MISSING
    shown = np.zeros(n_items, dtype=np.bool_)
    shown[tasks.shown[filled]] = True
    ahead = np.zeros((n_items, n_items), dtype=np.bool_)
    for pick, is_best in ((tasks.best, True), (tasks.worst, False)):
        where = filled & (pick != MISSING)[:, None]
        picked, other = np.broadcast_to(pick[:, None], tasks.shown.shape)[where], tasks.shown[where]
        ahead[(picked, other) if is_best else (other, picked)] = True
    np.fill_diagonal(ahead, val=False)
    return Connections(shown, ahead, strong_components(ahead), _blocks(ahead))


def strong_components(ahead: BoolArray) -> IntArray:
    """Label the sets of items of which each can be reached from each: (n_items,) int.

    Items that nothing leads to or from stand alone and go first; then forward and backward reach from one item meet
    in its component.
    """
    label = np.full(len(ahead), MISSING, dtype=np.int64)
    left = np.ones(len(ahead), dtype=np.bool_)
    labels = 0
    while left.any():
        inside = ahead & left & left[:, None]
        alone = left & ~(inside.any(axis=0) & inside.any(axis=1))
        if alone.any():
            label[alone] = labels + np.arange(alone.sum())
            labels += int(alone.sum())
            left &= ~alone
            continue
        start = int(left.argmax())
        members = reach(inside, start) & reach(inside.T, start)
        label[members] = labels
        labels += 1
        left &= ~members
    return label


def reach(ahead: BoolArray, start: int) -> BoolArray:
    """What can be reached from an item, itself included: (n_items,) bool."""
    found = np.zeros(len(ahead), dtype=np.bool_)
    found[start] = True
    frontier = found.copy()
    while frontier.any():
        frontier = ahead[frontier].any(axis=0) & ~found
        found |= frontier
    return found


def cut_down(tasks: Tasks, component: IntArray) -> Tasks:
    """The answers as they count when components are infinitely far apart: two tasks for each.

    Every set is cut down to the component of the item picked. The first half of the result holds the best picks (with
    the worst where both are in one component), the second half the worst picks that are in another.
    """
    label = np.append(component, MISSING)  # indexed by MISSING too
    where, best, worst = label[tasks.shown], label[tasks.best], label[tasks.worst]
    together = (tasks.best != MISSING) & (best == worst)
    keeps_best = np.where(where == best[:, None], tasks.shown, MISSING)
    keeps_worst = np.where(where == worst[:, None], tasks.shown, MISSING)
    return Tasks(
        np.concatenate([keeps_best, keeps_worst]),
        np.concatenate([tasks.best, np.full_like(tasks.best, MISSING)]),
        np.concatenate([np.where(together, tasks.worst, MISSING), np.where(together, MISSING, tasks.worst)]),
        np.concatenate([tasks.weight, tasks.weight]),
    )


def _blocks(ahead: BoolArray) -> IntArray:
    either = ahead | ahead.T
    label = np.full(len(ahead), MISSING, dtype=np.int64)
    for item in range(len(ahead)):
        if label[item] == MISSING:
            label[reach(either, item)] = label.max() + 1
    return label

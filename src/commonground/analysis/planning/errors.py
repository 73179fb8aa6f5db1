"""Standard errors to expect of every item, before anyone has answered.

Where people are alike, the information of one person's answers is a sum over tasks and pairs, and the errors of n
people are the roots of the diagonal of its inverse over n. Where people differ, the model with one utility an item for
everybody is fitted best at smaller utilities, and people's gradients scatter more than the information says: the errors
are those of H⁻¹JH⁻¹/n, the counterpart of the cluster-robust ones of a fit. Both are derived, not simulated, but for
the people themselves: utilities of so many people are drawn, and what they would answer is worked out.

References
----------
White, H. (1982). Maximum likelihood estimation of misspecified models. Econometrica, 50(1), 1–25.
Rose, J. M., & Bliemer, M. C. J. (2013). Sample size requirements for stated choice experiments. Transportation, 40(5),
1021–1041 (errors of n people from those of one).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from commonground.analysis.planning.moments import Crowd, Moments, by_person, moments, pairs, positions
from commonground.analysis.planning.scenario import MODELS, Scenario, tasks_of
from commonground.records.choices import MISSING, FloatArray
from commonground.records.errors import SettingError
from commonground.records.sheet import Column, Sheet, cells
from commonground.records.tabular import Tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWS = 20
"""Draws of the items' means that errors are averaged over."""

PEOPLE = 400
"""People drawn for each of them."""


@dataclass(frozen=True, slots=True)
class ItemError:
    """Standard errors to expect of one item, averaged over what its utility may be.

    Parameters
    ----------
    item : str
    appearances : float
        How often a person sees it, on average.
    utility_at_zero : float
        Of its utility, logits, where all items are equally important and people alike.
    utility : float
        Where items lie apart as assumed and people are alike.
    utility_clustered : float
        Where people differ as assumed: what the robust error of a fit will be.
    score : float
        Of the mean score (best minus worst) per person.
    share : float
        Of exp(u)/Σexp(u), from the clustered errors.
    """

    item: str
    appearances: float
    utility_at_zero: float
    utility: float
    utility_clustered: float
    score: float
    share: float


ERROR_COLUMNS = (
    Column("item", "item"),
    Column("appearances", "seen", digits=1),
    Column("utility_at_zero", "utility, all equal", digits=3),
    Column("utility", "people alike", digits=3),
    Column("utility_clustered", "people differ", digits=3),
    Column("score", "score", digits=3),
    Column("share", "share", digits=3),
)


@dataclass(frozen=True, slots=True, repr=False)
class ExpectedErrors(Tabular):
    """Standard errors to expect of every item.

    Parameters
    ----------
    model : str
    respondents : int
    spread, person_sd : float
        As assumed, logits.
    items : tuple of ItemError
    """

    model: str
    respondents: int
    spread: float
    person_sd: float
    items: tuple[ItemError, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """One table: `items`."""
        caption = f"Standard errors to expect of {self.respondents} respondents"
        return (Sheet("items", caption, ERROR_COLUMNS, tuple(cells(item) for item in self.items)),)


def expected_errors(
    scenario: Scenario,
    respondents: int,
    *,
    model: str = "sequential",
    names: "Sequence[str] | None" = None,
    draws: int = DRAWS,
    people: int = PEOPLE,
    seed: int = 1,
) -> ExpectedErrors:
    """Standard errors by item for a design and a number of respondents, spread evenly over its versions.

    Parameters
    ----------
    scenario : Scenario
    respondents : int
        Who answer every task.
    model : {"sequential", "maxdiff"}
    names : sequence of str, optional
        Of the items; their numbers from 1 where left out.
    draws : int
        How often the means are handed to the items anew.
    people : int
        Drawn each time, where people differ.
    seed : int

    Raises
    ------
    SettingError
        If there is nobody, or the model is another.

    Examples
    --------
    >>> from commonground.records.design import Design
    >>> plan = Design(3, (((0, 1, 2),),), (None,), source="everything at once")
    >>> found = expected_errors(Scenario(plan, 0.0, 0.0), 100)
    >>> [round(item.utility_at_zero, 4) for item in found.items], round(found.items[0].score, 4)
    ([0.1069, 0.1069, 0.1069], 0.0816)
    """
    if respondents < 1:
        raise SettingError("Errors need at least one respondent.")
    if model not in MODELS:
        raise SettingError(f"Errors can be expected for the models {' and '.join(MODELS)}, not for '{model}'.")
    rng, tasks = np.random.default_rng(seed), tasks_of(scenario.design)
    everyone = np.arange(len(tasks))
    at_zero = _utility_errors(moments(Crowd(model, tasks, everyone, np.zeros((len(tasks), scenario.items)))))
    squares = np.zeros((4, scenario.items))
    for _ in range(draws):
        means = scenario.means(rng)
        alike = Crowd(model, tasks, everyone, np.tile(means, (len(tasks), 1)))
        crowd = _crowd(scenario, alike, means, people, rng) if scenario.person_sd > 0 else alike
        squares += _squared_errors(alike, crowd) / draws
    scale = respondents**-0.5
    plain, clustered, score, share = scale * np.sqrt(squares)
    appearances = np.bincount(tasks[tasks != MISSING], minlength=scenario.items) / len(tasks)
    labels = names or [str(number) for number in range(1, scenario.items + 1)]
    columns = (appearances, scale * at_zero, plain, clustered, score, share)
    rows = zip(labels, *(column.tolist() for column in columns), strict=True)
    return ExpectedErrors(
        model, respondents, scenario.spread, scenario.person_sd, tuple(ItemError(*row) for row in rows)
    )


def _crowd(scenario: Scenario, alike: Crowd, means: FloatArray, people: int, rng: np.random.Generator) -> Crowd:
    """People drawn around the means, over the versions in turn."""
    versions = len(alike.tasks)
    size = max(people, versions)
    utilities = means + scenario.person_sd * rng.normal(size=(size, scenario.items))
    return Crowd(alike.model, alike.tasks, np.arange(size) % versions, utilities)


def _squared_errors(alike: Crowd, crowd: Crowd) -> FloatArray:
    """For one person: of utilities, of them where people differ, of scores, of shares: (4, n_items)."""
    found = moments(crowd)
    clustered = _covariance(found)
    plain = _utility_errors(moments(alike)) ** 2
    return np.stack([plain, np.diagonal(clustered), _score_variance(crowd), _share_variance(found, clustered)])


def _utility_errors(found: Moments) -> FloatArray:
    items = len(found.information)
    inverse = np.linalg.inv(found.information + 1 / items) - 1 / items
    return np.sqrt(np.diagonal(inverse))


def _covariance(found: Moments) -> FloatArray:
    items = len(found.information)
    inverse = np.linalg.inv(found.information + 1 / items) - 1 / items
    return inverse @ found.between @ inverse


def _share_variance(found: Moments, covariance: FloatArray) -> FloatArray:
    """By the delta method: (n_items,)."""
    share = np.exp(found.utilities - found.utilities.max())
    share /= share.sum()
    slope = np.diag(share) - np.outer(share, share)
    return np.diagonal(slope @ covariance @ slope)


def _score_variance(crowd: Crowd) -> FloatArray:
    """Of one person's score beside the mean, on the scale of `analysis.group_means`: (n_items,)."""
    chances, (best, worst) = crowd.chances(), pairs(crowd.tasks.shape[-1])
    k = crowd.tasks.shape[-1]
    signs = np.eye(k)[best] - np.eye(k)[worst]
    score, square = chances @ signs, chances @ np.abs(signs)
    own = by_person(score, crowd)
    within = by_person(square - score**2, crowd)
    seen = by_person((positions(crowd.tasks[crowd.version]) != MISSING).astype(np.float64), crowd)
    mean = own.sum(axis=0) / seen.sum(axis=0)
    variance = ((own - mean * seen) ** 2).mean(axis=0) + within.mean(axis=0)
    return (seen.sum(axis=1).mean() / crowd.items / seen.mean(axis=0)) ** 2 * variance

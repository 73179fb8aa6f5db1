"""Do best and worst picks tell the same? Worst on a scale of its own, and worst with utilities of its own.

A scale λ below 1 says that worst picks are more random than best ones, above 1 that they are less so. Two hypotheses
are tested: λ = 1, and equal utilities up to that scale. Neither can be tested by the likelihood ratio and χ²: people
answer many tasks, and, worse, where people *differ* an aggregate λ is not 1 although everybody's own is. (In
`sequential`, who has just picked the best of a set leaves a rest in which the person's taste shows less.) So both are
compared not with 1 and 0 but with what people give who differ as these seem to and choose alike at both ends; such
people are simulated (`logit.spread`), and errors are clustered by respondent.
"""

from dataclasses import dataclass, replace
from math import erfc, exp, sqrt
from typing import NamedTuple

import numpy as np

from commonground.analysis.logit.equality import chi_square_p
from commonground.analysis.logit.estimate import Estimate
from commonground.analysis.logit.group import Groups, Settings
from commonground.analysis.logit.sides import Answers, Fitted, fit_free, fit_scaled, sides_connected
from commonground.analysis.logit.spread import Spread, find_spread, simulate
from commonground.analysis.logit.statistics import statistics
from commonground.analysis.logit.words import PLAIN_SCALE_WARNING
from commonground.analysis.logit.worst_records import (
    GroupWorst,
    SameUtilities,
    ScaleTest,
    SideItem,
    WorstScale,
    WorstScales,
)
from commonground.analysis.ratios import known
from commonground.likelihood.apart import SPLIT
from commonground.records.choices import MISSING, BoolArray, ChoiceData, FloatArray

FEWEST_PEOPLE = 30
"""With fewer the clustered errors are too small for a test."""


@dataclass(frozen=True, slots=True)
class _Expected:
    """What people show who differ as these seem to and have one set of utilities on one scale."""

    spread: Spread
    scaled: Fitted
    free: Fitted


def worst_scales(
    data: ChoiceData, groups: Groups, settings: Settings, found: tuple[Estimate, ...], rng: np.random.Generator
) -> WorstScales:
    """The scale of worst against best in every group, with its tests.

    Parameters
    ----------
    data : ChoiceData
        Everybody's answers.
    groups : Groups
    settings : Settings
    found : tuple of Estimate
        Each group's fit on one scale.
    rng : numpy Generator
        Of the simulated people.

    References
    ----------
    Swait, J., & Louviere, J. (1993). The role of the scale parameter in the estimation and comparison of multinomial
    logit models. Journal of Marketing Research, 30(3), 305–314.
    """
    each = tuple(
        _one_group(data, _People.of(groups, place, settings), settings, one, rng) for place, one in enumerate(found)
    )
    return WorstScales(tuple(one for one, _ in each), _compare_scales(tuple(distance for _, distance in each)))


@dataclass(frozen=True, slots=True)
class _People:
    """One group."""

    name: str
    members: BoolArray
    answers: Answers

    @classmethod
    def of(cls, groups: Groups, place: int, settings: Settings) -> "_People":
        members = groups.label == place
        answers = Answers.of(groups.answers, groups.weights[place], members, len(settings.items))
        return cls(groups.names[place], members, answers)

    @property
    def number(self) -> int:
        return int(self.members.sum())


class _Distance(NamedTuple):
    """Of ln λ from what is expected, with its variance clustered by respondent."""

    value: float
    variance: float


def _one_group(
    data: ChoiceData, people: _People, settings: Settings, found: Estimate, rng: np.random.Generator
) -> tuple[GroupWorst, _Distance | None]:
    problem = _no_scale(settings, people.answers, found)
    if problem:
        return GroupWorst(people.name, None, (problem,)), None
    scaled = fit_scaled(settings.model, people.answers, found.maximum.utilities)
    if not bool(scaled.maximum.converged):
        ran_away = "No scale of worst picks was found: the search ran away. Are they random?"
        return GroupWorst(people.name, None, (ran_away,)), None
    own = data.keep(people.members)
    spread = find_spread(own, settings.model, found, rng)
    expected = _expected(settings.model, simulate(own, settings.model, spread, rng), spread, settings)
    distance = _distance(scaled, expected.scaled)
    tested = people.number >= FEWEST_PEOPLE
    record = _record(scaled, expected, found, p=_two_sided(distance) if tested else None)
    free = _free(settings.model, people.answers, scaled)
    record = replace(
        record,
        same_utilities=_same(scaled, free, expected, people) if free and tested else None,
        items=_items(scaled, free, settings.items, people.answers),
    )
    said = (*_few(people.number), *_sides_missing(settings.model, people.answers))
    return GroupWorst(people.name, record, said), distance if tested else None


def _distance(scaled: Fitted, expected: Fitted) -> _Distance:
    """The simulation's own error counts as well."""
    return _Distance(float(scaled.at[-1] - expected.at[-1]), float(scaled.robust[-1, -1] + expected.robust[-1, -1]))


def _two_sided(distance: _Distance) -> float:
    return erfc(abs(distance.value) / sqrt(2 * distance.variance))


def _compare_scales(distances: tuple[_Distance | None, ...]) -> ScaleTest | None:
    """Whether groups share the scale, by the spread of their distances; None unless every group has one."""
    known_ones = [one for one in distances if one]
    if len(known_ones) < max(len(distances), 2):
        return None
    values, precision = np.array([one.value for one in known_ones]), np.array([1 / one.variance for one in known_ones])
    statistic = float((precision * (values - np.average(values, weights=precision)) ** 2).sum())
    return ScaleTest(statistic, values.size - 1, chi_square_p(statistic, values.size - 1))


def _no_scale(settings: Settings, answers: Answers, found: Estimate) -> str:
    """Why no scale can be estimated; empty if one can."""
    if settings.model not in SPLIT:
        return f"The model '{settings.model}' has no scale of worst picks; take {', '.join(SPLIT)}."
    if settings.penalty > 0:
        return "The scale of worst picks is not estimated with a penalty."
    if (answers.tasks.best == MISSING).all() or (answers.tasks.worst == MISSING).all():
        return "A scale of worst against best needs best picks and worst picks."
    if not found.exists:
        return "The scale of worst picks is not estimated, because not every item has a utility."
    if answers.shown.sum() < 3:
        return "With two items a best pick is a worst pick as well: there is no scale to tell them apart."
    return ""


def _free(model: str, answers: Answers, scaled: Fitted) -> Fitted | None:
    """Both sides apart; None where one of them alone does not give every utility."""
    if not all(sides_connected(model, answers)):
        return None
    utilities = scaled.at[:-1]
    found = fit_free(model, answers, np.concatenate([utilities, np.exp(scaled.at[-1]) * utilities]))
    return found if bool(found.maximum.converged) else None


def _expected(model: str, drawn: ChoiceData, spread: Spread, settings: Settings) -> _Expected:
    everybody = np.ones(len(drawn.respondents), dtype=np.bool_)
    counted = statistics(drawn, model)
    weight = counted.weights(np.zeros(everybody.size, dtype=np.int64), 1)[0]
    answers = Answers.of(counted, weight, everybody, len(settings.items))
    scaled = fit_scaled(model, answers, spread.means)
    utilities = scaled.at[:-1]
    free = fit_free(model, answers, np.concatenate([utilities, np.exp(scaled.at[-1]) * utilities]))
    return _Expected(spread, scaled, free)


def _record(scaled: Fitted, expected: _Expected, found: Estimate, p: float | None) -> WorstScale:
    scale, statistic = exp(scaled.at[-1]), 2 * (scaled.log_likelihood - found.log_likelihood)
    plain, robust = (scale * sqrt(max(float(one[-1, -1]), 0.0)) for one in (scaled.covariance, scaled.robust))
    return WorstScale(
        scale=scale,
        standard_error=plain,
        robust_standard_error=robust,
        expected=exp(expected.scaled.at[-1]),
        person_sd=expected.spread.sd,
        log_likelihood=scaled.log_likelihood,
        p=p,
        plain_statistic=max(statistic, 0.0),
        plain_p=chi_square_p(statistic, 1),
        same_utilities=None,
        items=(),
        warning=PLAIN_SCALE_WARNING,
    )


def _same(scaled: Fitted, free: Fitted, expected: _Expected, people: _People) -> SameUtilities:
    """Whether worst picks have the utilities of best picks but for a factor.

    The distance is that of v − λu from what is expected, measured by its clustered covariance and made as small as any
    λ can make it; Hotelling's correction allows for the covariance being estimated from so many people.
    """
    shown = np.flatnonzero(people.answers.shown)[:-1]  # they sum to zero: the last follows from the others
    items = people.answers.shown.size
    up, down = free.at[:items], free.at[items:]
    there_up, there_down = expected.free.at[:items], expected.free.at[items:]
    factor = float(there_up @ there_down / (there_up @ there_up)) if there_up.any() else 1.0
    offset = there_down - factor * there_up
    covariance = _covariance_of_difference(free.robust, exp(scaled.at[-1]), items)[np.ix_(shown, shown)]
    inverse = np.linalg.pinv(covariance)
    left, along = (down - offset)[shown], up[shown]
    distance = float(left @ inverse @ left - (along @ inverse @ left) ** 2 / (along @ inverse @ along))
    df = shown.size - 1
    statistic = 2 * (free.log_likelihood - scaled.log_likelihood)
    return SameUtilities(
        statistic=distance,
        df=df,
        p=_hotelling_p(distance, df, people.number),
        plain_statistic=max(statistic, 0.0),
        plain_p=chi_square_p(statistic, df),
    )


def _covariance_of_difference(robust: FloatArray, scale: float, items: int) -> FloatArray:
    """Of v − λu, λ taken as known."""
    upper, beside, lower = robust[:items, :items], robust[:items, items:], robust[items:, items:]
    return lower - scale * (beside + beside.T) + scale**2 * upper


def _hotelling_p(distance: float, df: int, people: int) -> float | None:
    """The probability of so large a T² with `people` − 1 degrees of freedom behind the covariance."""
    from scipy import special  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]  # 0.2 s, so only here

    if people <= df + 1:
        return None
    return float(special.fdtrc(df, people - df, distance * (people - df) / (df * (people - 1))))


def _items(scaled: Fitted, free: Fitted | None, names: tuple[str, ...], answers: Answers) -> tuple[SideItem, ...]:
    items = len(names)
    sides = np.full(2 * items, np.nan) if free is None else free.at
    plain, robust = (np.sqrt(np.maximum(np.diag(one), 0.0)) for one in (scaled.covariance, scaled.robust))

    def shown(place: int, value: float) -> float | None:
        return known(value) if answers.shown[place] else None

    return tuple(
        SideItem(
            item=name,
            utility=shown(place, scaled.at[place]),
            standard_error=shown(place, plain[place]),
            robust_standard_error=shown(place, robust[place]),
            best_utility=shown(place, sides[place]),
            worst_utility=shown(place, sides[items + place]),
        )
        for place, name in enumerate(names)
    )


def _few(people: int) -> tuple[str, ...]:
    if people >= FEWEST_PEOPLE:
        return ()
    return (f"The scale of worst picks is not tested with {people} people: it needs {FEWEST_PEOPLE}.",)


def _sides_missing(model: str, answers: Answers) -> tuple[str, ...]:
    best, worst = sides_connected(model, answers)
    if best and worst:
        return ()
    which = "either pick" if not (best or worst) else "worst picks" if best else "best picks"
    return (f"Whether best and worst tell different utilities is not tested: {which} alone do not give them all.",)

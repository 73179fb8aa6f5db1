"""How many people a question takes, by simulating studies of several sizes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from commonground.analysis.planning.answers import Answers, Shift, draw_answers
from commonground.analysis.planning.curve import MOST, redrawn, size_for_power, size_for_precision, wilson
from commonground.analysis.planning.errors import expected_errors
from commonground.analysis.planning.power import ERROR_RATE, shift_for, told_apart
from commonground.analysis.planning.precision import score_half_widths, utility_half_widths
from commonground.analysis.planning.question import UTILITY, Question
from commonground.analysis.planning.records import Recommended, SampleSize, SizeRow
from commonground.analysis.planning.scenario import Scenario
from commonground.analysis.planning.words import answer, cautions
from commonground.records.choices import BoolArray, FloatArray
from commonground.records.errors import SettingError

FEWEST, MOST_PEOPLE = 5, 5000
"""People in a group that are simulated, at the least and at the most."""

AROUND = (0.5, 0.7, 1.0, 1.4, 2.0)
"""Sizes looked at, beside the one expected."""

ROUNDS = 3
"""How often sizes are moved before it is given up that one of them is enough."""

PILOT, PILOTS = 200, 10
"""People in a group and studies, for a first look."""

Progress = Callable[[int, int], None]


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class _Results:
    """What simulated studies showed; the first people of a study are the smaller study.

    Parameters
    ----------
    sizes : tuple of int
    widths : (n_simulations, n_sizes, n_items) float
    told : (n_simulations, n_sizes) bool
    """

    sizes: tuple[int, ...]
    widths: FloatArray
    told: BoolArray


def sample_size(
    scenario: Scenario,
    question: Question,
    *,
    sizes: Sequence[int] = (),
    simulations: int = 200,
    seed: int = 1,
    names: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> SampleSize:
    """How many people in each group a precision, a difference, or both take.

    Studies of several sizes are simulated: item means spread as a normal distribution's and handed to the items anew in
    every study, people around them, answers best first and then worst out of the rest. Each study is analysed as a
    real one: 95 % intervals of every item, and the permutation test of `analysis.compare.compare`. A curve through the
    results gives the size, and studies of that size are simulated anew to see that it holds.

    Parameters
    ----------
    scenario : Scenario
        The design and the people.
    question : Question
    sizes : sequence of int, optional
        People in each group; left out, they are chosen around the answer.
    simulations : int
        Studies of each size.
    seed : int
    names : sequence of str, optional
        Of the items.
    progress : callable, optional
        Called with the number of simulated studies done, and of all.

    Returns
    -------
    SampleSize

    Raises
    ------
    SettingError
        If a number is out of its range, or the answer would take more people than are simulated.
    RequestError
        If the difference cannot arise in this design.

    References
    ----------
    Arnold, B. F., Hogan, D. R., Colford, J. M., & Hubbard, A. E. (2011). Simulation methods to estimate design power:
    an overview for applied research. BMC Medical Research Methodology, 11, 94.
    """
    if simulations < 20:
        raise SettingError("Fewer than 20 simulations tell nothing; take 200 or more.")
    if any(not FEWEST <= size <= MOST_PEOPLE for size in sizes):
        raise SettingError(f"Sizes lie between {FEWEST} and {MOST_PEOPLE} people in a group.")
    rng = np.random.default_rng(seed)
    study = _Simulator(scenario, question, rng, progress or _unseen)
    results = study.run(sorted(set(sizes)), simulations) if sizes else _search(study, simulations)
    needed = _needed(results, question, rng)
    recommended = _recommend(study, results, needed, simulations)
    shown = recommended.size if recommended else results.sizes[-1]
    errors = expected_errors(scenario, shown, model=question.model, names=names, seed=seed)
    design = scenario.design
    rows = tuple(_row(results, at, question) for at in range(len(results.sizes)))
    return SampleSize(
        items=design.items,
        per_task=design.per_task,
        tasks=design.tasks,
        versions=len(design.versions),
        spread=scenario.spread,
        person_sd=scenario.person_sd,
        scale=question.scale,
        model=question.model,
        precision=question.precision,
        difference=question.difference,
        power=question.power,
        groups=question.groups,
        simulations=simulations,
        sizes=rows,
        recommended=recommended,
        errors=errors.items,
        words=answer(scenario, question, rows, recommended, simulations),
        messages=cautions(question, rows, recommended, needed.size),
    )


class _Simulator:
    """Simulates studies, and remembers which shift of a utility gives the difference asked for."""

    def __init__(self, scenario: Scenario, question: Question, rng: np.random.Generator, progress: Progress) -> None:
        self.scenario = scenario
        self.question = question
        self.rng = rng
        self.progress = progress
        self.done = 0
        self.to_do = 0
        self._shifts: dict[int, float] = {}

    def run(self, sizes: Sequence[int], simulations: int) -> _Results:
        """Simulate so many studies, each looked at with its first people as well."""
        self.to_do += simulations
        widths = np.empty((simulations, len(sizes), self.scenario.items))
        told = np.zeros((simulations, len(sizes)), dtype=np.bool_)
        for one in range(simulations):
            means = self.scenario.means(self.rng)
            item = int(self.rng.integers(self.scenario.items))
            answers = self._answers(means, item, max(sizes))
            for at, size in enumerate(sizes):
                smaller = answers.first(size)
                widths[one, at] = self._widths(smaller)
                if self.question.difference is not None:
                    told[one, at] = told_apart(smaller, item, self.rng)
            self.done += 1
            self.progress(self.done, self.to_do)
        return _Results(tuple(sizes), widths, told)

    def _answers(self, means: FloatArray, item: int, people: int) -> Answers:
        difference = self.question.difference
        shift = None if difference is None else Shift(item, self._shift(means, item, difference))
        groups = 1 if difference is None else self.question.groups
        return draw_answers(self.scenario, means, people=people, groups=groups, rng=self.rng, shift=shift)

    def _widths(self, answers: Answers) -> FloatArray:
        if self.question.scale == UTILITY:
            return utility_half_widths(answers, self.question.model)
        return score_half_widths(answers)

    def _shift(self, means: FloatArray, item: int, difference: float) -> float:
        """Towards the middle; the same for every item that stands at this height."""
        if self.question.scale == UTILITY:
            return -difference if means[item] > 0 else difference
        height = int((means < means[item]).sum())
        if height not in self._shifts:
            self._shifts[height] = shift_for(self.scenario, means, item, difference, self.rng)
        return self._shifts[height]


def _search(study: _Simulator, simulations: int) -> _Results:
    """Simulate sizes around the answer, moving them until it lies among them."""
    expected = _expected_sizes(study)
    results = study.run(_grid(expected), simulations)
    for _ in range(ROUNDS - 1):
        found = [size for size in _sizes(results, study.question) if size is not None]
        if all(results.sizes[0] <= max(size, FEWEST) <= results.sizes[-1] for size in found):
            break
        results = study.run(_grid(found), simulations)
    return results


def _expected_sizes(study: _Simulator) -> list[float]:
    """What each question takes, roughly: from a few studies of one size, and a normal approximation."""
    from scipy.special import ndtri  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] # costly to load

    question, found = study.question, list[float]()
    widths = study.run([PILOT], PILOTS).widths[:, 0]
    if not np.isfinite(np.quantile(widths, MOST, method="higher")):
        raise SettingError(
            f"With so wide a spread some items are always or never picked even among {PILOT} people, so that their "
            "utilities have no interval. Ask about scores instead."
        )
    if question.precision is not None:
        found.append(PILOT * (float(np.quantile(widths, MOST, method="higher")) / question.precision) ** 2)
    if question.difference is not None:
        compared = study.scenario.items * question.groups * (question.groups - 1) / 2
        bar = float(ndtri(1 - ERROR_RATE / 2 / compared)) + float(ndtri(question.power))
        spread = float(np.quantile(widths, 0.5, method="higher")) / float(ndtri(1 - ERROR_RATE / 2))
        found.append(2 * PILOT * (bar * spread / question.difference) ** 2)
    return found


def _grid(expected: Sequence[float]) -> list[int]:
    """Sizes around those expected."""
    if max(expected) > MOST_PEOPLE:
        told = "more than a million" if max(expected) > 1e6 else f"about {round(max(expected), -2):,.0f}"
        raise SettingError(
            f"That would take {told} people in each group, more than are simulated ({MOST_PEOPLE}). Ask for a wider "
            "interval or a larger difference, or for more tasks."
        )
    around = {round(min(max(size * by, FEWEST), MOST_PEOPLE)) for size in expected for by in AROUND}
    return sorted(around) if len(around) > 1 else [*around, max(around) + FEWEST]


def _sizes(results: _Results, question: Question) -> tuple[float | None, float | None]:
    """What precision and power take; infinite where no size is enough, None where nothing was asked."""
    sizes = np.array(results.sizes, dtype=np.float64)
    precise = powerful = None
    if question.precision is not None:
        precise = size_for_precision(sizes, results.widths, question.precision)
    if question.difference is not None:
        powerful = size_for_power(sizes, results.told, question.power)
    return precise, powerful


@dataclass(frozen=True, slots=True)
class _Needed:
    """What the questions take, and between which sizes the answer lies."""

    precise: float | None
    powerful: float | None
    interval: tuple[float, float]

    @property
    def size(self) -> float:
        """What both take."""
        return max(size for size in (self.precise, self.powerful) if size is not None)


def _needed(results: _Results, question: Question, rng: np.random.Generator) -> _Needed:
    """Sizes from the curves; from a single size, itself where it is enough."""
    if len(results.sizes) == 1:
        row, size = _row(results, 0, question), float(results.sizes[0])
        wide = None if question.precision is None else (row.half_width_most or np.inf) <= question.precision
        told = None if question.difference is None else (row.power or 0.0) >= question.power
        precise, powerful = (None if one is None else size if one else np.inf for one in (wide, told))
        return _Needed(precise, powerful, (size, size))
    again = [
        max(size for size in _sizes(_Results(results.sizes, results.widths[one], results.told[one]), question) if size)
        for one in redrawn(len(results.told), rng)
    ]
    low, high = np.quantile(again, [0.025, 0.975], method="nearest")
    return _Needed(*_sizes(results, question), (float(low), float(high)))


def _recommend(study: _Simulator, results: _Results, needed: _Needed, simulations: int) -> Recommended | None:
    """The size needed, if it is among those looked at, and what studies of it show."""
    if needed.size > results.sizes[-1]:
        return None
    size = max(_whole(needed.size), results.sizes[0] if len(results.sizes) == 1 else FEWEST)
    fresh = _row(study.run([size], simulations), 0, study.question)
    return Recommended(
        size=size,
        total=size * study.question.groups,
        interval=(_whole(needed.interval[0]), max(_whole(needed.interval[1]), size)),
        for_precision=None if needed.precise is None else _whole(needed.precise),
        for_power=None if needed.powerful is None else _whole(needed.powerful),
        fresh=fresh,
    )


def _whole(size: float) -> int:
    return int(np.ceil(min(max(size, FEWEST), 1e9) - 1e-9))


def _row(results: _Results, at: int, question: Question) -> SizeRow:
    median, most = np.quantile(results.widths[:, at], [0.5, MOST], method="higher")
    successes, trials = int(results.told[:, at].sum()), len(results.told)
    asked = question.difference is not None
    return SizeRow(
        size=results.sizes[at],
        total=results.sizes[at] * question.groups,
        half_width_median=float(median) if np.isfinite(median) else None,
        half_width_most=float(most) if np.isfinite(most) else None,
        power=successes / trials if asked else None,
        power_interval=wilson(successes, trials) if asked else None,
    )

"""The quality of answers: how steady, how coherent, how attentive; per respondent and in all.

Every sign stands beside what chance alone gives and beside the share of genuine respondents it would hit. A sign is a
reason to look, never a verdict: people with weak preferences, or who read fast, are not frauds.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from commonground.analysis.logit.individual import IndividualFit, fit_individuals
from commonground.analysis.quality.duplicates import chance_to_agree, duplicates
from commonground.analysis.quality.fit import (
    GENUINE_SDS,
    Advance,
    Genuine,
    RandomFit,
    beside_random,
    equal_utilities_rlh,
    estimate_sd,
    genuine_people,
    people_of,
    random_answers,
)
from commonground.analysis.quality.positions import Positions, most_frequent
from commonground.analysis.quality.records import (
    FitTotals,
    GenuineShare,
    PersonTriads,
    Quality,
    QualityTotals,
    RepeatShares,
    RepeatTotals,
    RespondentQuality,
    SecondsTotals,
    StraightLining,
)
from commonground.analysis.quality.repeats import ComparedRepeats, chance_of, compare_repeats, least_consistent
from commonground.analysis.quality.triads import BesideRandom, triad_totals, triads
from commonground.analysis.quality.triads import beside_random as triads_beside_random
from commonground.likelihood.tasks import Tasks, tasks_by_respondent
from commonground.records.choices import MISSING, BoolArray, ChoiceData, FloatArray, IntArray
from commonground.simulation.picks import answer_again

STEPS = 4 + len(GENUINE_SDS)


@dataclass(frozen=True, slots=True)
class _Signs:
    """What was found of everybody, as arrays."""

    tasks: Tasks
    repeats: ComparedRepeats
    fit: IndividualFit
    random: RandomFit
    triads: BesideRandom
    best: Positions
    worst: Positions
    twin: IntArray


def quality(
    data: ChoiceData,
    *,
    seed: int,
    simulations: int = 2000,
    random_quantile: float = 0.95,
    straight_line_chance: float = 0.01,
    progress: Advance | None = None,
) -> Quality:
    """Look at the answers of every respondent.

    Parameters
    ----------
    data : ChoiceData
    seed : int
        For the simulated respondents.
    simulations : int
        How many random answerers are simulated on the tasks of the most frequent kind of respondent; genuine people
        are simulated in proportion.
    random_quantile : float
        The quantile of their root likelihoods that is the cut-off.
    straight_line_chance : float
        Picking one position so often that chance gives it less than this counts as straight-lining.
    progress : callable, optional
        Called with (steps done, steps).

    Returns
    -------
    Quality
        What the data cannot tell, for want of repeats or seconds, is None.

    References
    ----------
    Chance levels of a repeated task: `analysis.quality.repeats`. Root likelihood: `analysis.quality.fit`.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann",), respondent=[0, 0], task=[1, 2],
    ...     shown=[[0, 1, 2], [0, 1, 2]], best=[0, 0], worst=[2, 1], repeat_of=[0, 1])
    >>> found = quality(data, seed=1, simulations=200)
    >>> found.respondents[0].repeat.value, round(found.totals.repeats.chance.both_same, 3)
    ('one_changed', 0.167)
    """
    rng = np.random.default_rng(seed)
    tell = progress or _nothing
    tasks = tasks_by_respondent(data)
    fit = fit_individuals(tasks, len(data.items))
    tell(1, STEPS)
    drawn = random_answers(tasks, len(data.items), simulations=simulations, rng=rng)
    signs = _Signs(
        tasks=tasks,
        repeats=compare_repeats(data),
        fit=fit,
        random=beside_random(tasks, fit, drawn, quantile=random_quantile, simulations=simulations),
        triads=triads_beside_random(tasks, drawn, random_quantile),
        best=most_frequent(tasks, tasks.best),
        worst=most_frequent(tasks, tasks.worst),
        twin=duplicates(tasks, len(data.items)),
    )
    tell(2, STEPS)
    simulated = _simulate_genuine(signs, simulations, rng, tell)
    seconds = _Seconds.of(data)
    totals = QualityTotals(
        respondents=len(data.respondents),
        tasks=data.scored.size,
        repeats=_repeat_totals(signs.repeats, simulated),
        fit=_fit_totals(signs, simulated, random_quantile),
        triads=None if simulated is None else triad_totals(signs.triads, simulated.fixed, signs.random.kind == 0),
        straight_lining=StraightLining(
            straight_line_chance, int(_straight(signs.best, signs.worst, straight_line_chance).sum())
        ),
        seconds=seconds.totals(),
        duplicates=int((signs.twin != MISSING).sum()),
        **_never_picked(data),
        false_flags=_false_flags(signs, simulated, straight_line_chance),
    )
    return Quality(_respondents(data, signs, seconds), totals)


@dataclass(frozen=True, slots=True)
class _Simulated:
    """Genuine people: with utilities of fixed spread, and with the spread the data seem to have."""

    fixed: Mapping[float, Genuine]
    estimated_sd: float
    alike: Genuine
    cut_off: FloatArray
    """For each of `alike`: the cut-off of the person whose tasks they answered."""
    triad_cut_off: FloatArray
    """The same for circular triads."""
    again: Tasks
    """The tasks of `alike`, answered a second time."""


def _simulate_genuine(signs: _Signs, simulations: int, rng: np.random.Generator, tell: Advance) -> _Simulated | None:
    """Half as many genuine people as random ones; None where nobody picked anything."""
    usual = np.flatnonzero((signs.random.kind == 0) & (signs.tasks.picks > 0))
    if not usual.size:
        return None
    tasks = people_of(signs.tasks, usual)
    fit = IndividualFit(signs.fit.utilities[usual], signs.fit.log_likelihood[usual], signs.fit.rlh[usual])
    nowhere = np.zeros(fit.utilities.shape[1])
    fixed: dict[float, Genuine] = {}
    for step, sd in enumerate(GENUINE_SDS, start=3):
        fixed[sd] = genuine_people(tasks, nowhere, sd, simulations // 2, rng)
        tell(step, STEPS)
    sd = estimate_sd(tasks, fit, simulations // 5, rng)
    tell(STEPS - 1, STEPS)
    everyone = rng.permutation(np.flatnonzero(signs.tasks.picks > 0))  # half-finished people are flagged as well
    alike = genuine_people(people_of(signs.tasks, everyone), fit.utilities.mean(axis=0), sd, simulations // 2, rng)
    whose = np.resize(everyone, simulations // 2)
    tell(STEPS, STEPS)
    return _Simulated(
        fixed,
        sd,
        alike,
        signs.random.cut_off[whose],
        signs.triads.cut_off[whose],
        answer_again(alike.tasks, alike.utilities, rng),
    )


def _respondents(data: ChoiceData, signs: _Signs, seconds: "_Seconds") -> tuple[RespondentQuality, ...]:
    whose, agree = signs.repeats.by_respondent(), chance_to_agree(signs.tasks)
    answered = np.bincount(data.respondent[data.scored], minlength=len(data.respondents))

    def one(person: int) -> RespondentQuality:
        repeats = signs.repeats.counts(whose.get(person, []))
        twin = int(signs.twin[person])
        return RespondentQuality(
            respondent=data.respondents[person],
            tasks=int(answered[person]),
            repeat=least_consistent(repeats),
            repeats=repeats,
            rlh=_known(signs.fit.rlh[person]),
            cut_off=_known(signs.random.cut_off[person]),
            random_share=_known(signs.random.random_share[person]),
            triads=_person_triads(signs.triads, person),
            best_position=signs.best.run(person),
            worst_position=signs.worst.run(person),
            seconds=_known(seconds.total[person]),
            median_seconds=_known(seconds.median[person]),
            duplicate_of=None if twin == MISSING else data.respondents[twin],
            duplicate_chance=None if twin == MISSING else float(agree[person]),
        )

    return tuple(one(person) for person in range(len(data.respondents)))


def _person_triads(beside: BesideRandom, person: int) -> PersonTriads | None:
    circular, decided = int(beside.own.circular[person]), int(beside.own.decided[person])
    if not decided:
        return None
    return PersonTriads(circular, decided, _known(beside.cut_off[person]), _known(beside.random_share[person]))


def _repeat_totals(repeats: ComparedRepeats, simulated: _Simulated | None) -> RepeatTotals | None:
    counts = repeats.counts()
    if counts is None:
        return None
    genuine = None if simulated is None else _genuine_repeats(simulated)
    return RepeatTotals(**asdict(counts), chance=chance_of(repeats.size), genuine=genuine)


def _genuine_repeats(simulated: _Simulated) -> RepeatShares | None:
    first, again = simulated.alike.tasks, simulated.again
    asked = (first.best != MISSING) & (first.worst != MISSING)
    if not asked.any():
        return None
    same_best, same_worst = (first.best == again.best)[asked], (first.worst == again.worst)[asked]
    both, neither = float((same_best & same_worst).mean()), float((~same_best & ~same_worst).mean())
    return RepeatShares(both, 1 - both - neither, neither)


def _fit_totals(signs: _Signs, simulated: _Simulated | None, quantile: float) -> FitTotals | None:
    if simulated is None:
        return None
    cut_off = _usual_cut_off(signs)
    return FitTotals(
        quantile=quantile,
        cut_off=cut_off,
        below=int((signs.fit.rlh < signs.random.cut_off).sum()),
        median=float(np.nanmedian(signs.fit.rlh)),
        equal_utilities=equal_utilities_rlh(signs.tasks),
        random_median=signs.random.median,
        simulations=signs.random.simulations,
        estimated_sd=simulated.estimated_sd,
        genuine=tuple(
            GenuineShare(sd, float(np.median(people.fit.rlh)), float((people.fit.rlh < cut_off).mean()))
            for sd, people in simulated.fixed.items()
        ),
    )


def _false_flags(signs: _Signs, simulated: _Simulated | None, limit: float) -> dict[str, float | None]:
    """The share of genuine people each sign would hit, if they differ as those of the data seem to.

    They answer the tasks that the people of the data answered: who stopped half-way is more often hit.
    """
    if simulated is None:
        return dict.fromkeys(("random_fit", "circular_triads", "repeat_changes", "straight_line", "identical_answers"))
    alike, repeats = simulated.alike, _genuine_repeats(simulated)
    straight = _straight(
        most_frequent(alike.tasks, alike.tasks.best), most_frequent(alike.tasks, alike.tasks.worst), limit
    )
    people = min(signs.twin.size, alike.utilities.shape[0])
    twins = duplicates(people_of(alike.tasks, np.arange(people)), alike.utilities.shape[1])
    return {
        "random_fit": float((alike.fit.rlh < simulated.cut_off).mean()),
        "circular_triads": _share(triads(alike.tasks).share > simulated.triad_cut_off, simulated.triad_cut_off),
        "repeat_changes": None if repeats is None else repeats.both_changed,
        "straight_line": float(straight.mean()),
        "identical_answers": float((twins != MISSING).mean()),
    }


def _share(hit: BoolArray, cut_off: FloatArray) -> float | None:
    """Of those who can be judged; None where nobody can."""
    judged = np.isfinite(cut_off)
    return float(hit[judged].mean()) if judged.any() else None


def _usual_cut_off(signs: _Signs) -> float:
    return float(np.nanmax(np.where(signs.random.kind == 0, signs.random.cut_off, np.nan)))


def _straight(best: Positions, worst: Positions, limit: float) -> BoolArray:
    return (best.chance < limit) | (worst.chance < limit)


def _never_picked(data: ChoiceData) -> dict[str, tuple[str, ...]]:
    counts = [np.bincount(side[side != MISSING], minlength=len(data.items)) for side in _scored_picks(data)]
    best, worst = (side == 0 for side in counts)
    return {
        name: tuple(data.items[item] for item in np.flatnonzero(never))
        for name, never in (("never_best", best), ("never_worst", worst), ("never_chosen", best & worst))
    }


def _scored_picks(data: ChoiceData) -> tuple[IntArray, IntArray]:
    return data.best[data.scored], data.worst[data.scored]


@dataclass(frozen=True, slots=True)
class _Seconds:
    """Seconds on all tasks and on the median one: (n_people,), NaN where the table does not say."""

    total: FloatArray
    median: FloatArray

    @classmethod
    def of(cls, data: ChoiceData) -> "_Seconds":
        people = len(data.respondents)
        timed = np.isfinite(data.seconds)
        owner, seconds = data.respondent[timed], data.seconds[timed]
        known = np.bincount(owner, minlength=people)
        total = np.where(known > 0, np.bincount(owner, weights=seconds, minlength=people), np.nan)
        median = np.full(people, np.nan)
        order = np.argsort(owner, kind="stable")
        for person, mine in enumerate(np.split(seconds[order], np.cumsum(known)[:-1]) if people else []):
            median[person] = np.median(mine) if mine.size else np.nan
        return cls(total, median)

    def totals(self) -> SecondsTotals | None:
        known = self.total[np.isfinite(self.total)]
        if not known.size:
            return None
        return SecondsTotals(
            respondents=known.size,
            median=float(np.median(known)),
            fastest=float(known.min()),
            slowest=float(known.max()),
            median_task=float(np.nanmedian(self.median)),
        )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _nothing(done: int, steps: int) -> None:
    """Tell nobody how far the work is."""

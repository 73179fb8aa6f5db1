"""A whole study with simulated people: from consent to thanks, with those who stop on the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from commonground.records.choices import MISSING, BoolArray, ChoiceData, FloatArray
from commonground.records.design import Design
from commonground.records.errors import RequestError
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Assignment, Pick, Session, Status
from commonground.records.study import Study
from commonground.records.tabulate import choice_data, respondent_table
from commonground.simulation.answer import draw_assignments, shown_items
from commonground.simulation.picks import draw_picks
from commonground.simulation.population import Population
from commonground.simulation.questionnaire import Shares, draw_answers, draw_eligible, draw_ineligible
from commonground.simulation.respondents import draw_paces, draw_task_seconds, draw_utilities

READING_SECONDS = 360.0
"""Consent, words and worked example, at the median pace."""

QUESTION_SECONDS = 18.0

OPENED = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""When fielding begins unless the caller says otherwise."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many people do what.

    Parameters
    ----------
    complete : mapping of group id to int
        People who answer every task.
    stopped : mapping of group id to int
        People who begin the tasks and stop before the last.
    ineligible, undecided, waiting : int
        People who consent and then cannot take part, leave during the background questions, or could begin the tasks
        and do not.

    Examples
    --------
    >>> flow = Flow({"HP": 64, "R": 32, "P": 31}, {"HP": 11, "R": 6, "P": 8}, ineligible=40, undecided=6, waiting=10)
    >>> flow.consented, flow.started, sum(flow.complete.values())
    (208, 152, 127)
    """

    complete: Mapping[str, int]
    stopped: Mapping[str, int] = field(default_factory=dict[str, int])
    ineligible: int = 0
    undecided: int = 0
    waiting: int = 0

    @property
    def started(self) -> int:
        """People who answered at least one task."""
        return sum(self.complete.values()) + sum(self.stopped.values())

    @property
    def consented(self) -> int:
        """Everybody."""
        return self.started + self.ineligible + self.undecided + self.waiting


@dataclass(frozen=True, slots=True)
class SimulatedStudy:
    """What simulated people did.

    Parameters
    ----------
    sessions : tuple of Session
        In order of arrival.
    choices : ChoiceData
        Every answered task of everybody who answered one; `group` and `status` are covariates.
    respondents : RespondentTable
        Everybody.
    utilities : mapping of respondent to (n_items,) float
        What those who answered tasks truly prefer.
    """

    sessions: tuple[Session, ...]
    choices: ChoiceData
    respondents: RespondentTable
    utilities: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class _Person:
    """One person to simulate: how far they get, in which group, when and how fast."""

    respondent: str
    status: Status
    group: str
    started: datetime
    pace: float

    @property
    def begins(self) -> bool:
        return self.status in (Status.STARTED, Status.COMPLETE)


def simulate_study(
    study: Study,
    design: Design,
    population: Population,
    flow: Flow,
    *,
    seed: int,
    shares: Shares | None = None,
    careless: float = 0.0,
    opened: datetime = OPENED,
    days: int = 180,
    progress: Callable[[int, int], None] | None = None,
) -> SimulatedStudy:
    """Let a population answer a study.

    People arrive in random order over the days of fielding. Each gets an assignment as in life, answers every
    question that is asked and picks best and worst by `simulation.answer`.

    Parameters
    ----------
    study : Study
    design : Design
    population : Population
        Its items are the study's; it knows every group in `flow`.
    flow : Flow
    seed : int
        Everything follows from it.
    shares : mapping of (question id, group id) to AnswerShares, optional
        How groups answer the questions; evenly where left out.
    careless : float
        Share, 0 to 1, of those who begin the tasks who pick at random and hurry.
    opened : datetime
    days : int
    progress : callable, optional
        Called with (people simulated, people).

    Returns
    -------
    SimulatedStudy

    Raises
    ------
    RequestError
        If the population does not know an item or a group, or no fitting background answers are found.
    """
    _check(study, population, flow)
    rng = np.random.default_rng(seed)
    people = _arrivals(study, flow, opened, days, rng=rng)
    beginners = [person for person in people if person.begins]
    utilities = np.array(
        [draw_utilities(population.mean(person.group), population.sd, 1, rng)[0] for person in beginners]
    ).reshape(len(beginners), len(study.items))
    hurried = rng.permutation(len(beginners)) < round(careless * len(beginners))
    done = _answer_tasks(study, design, beginners, utilities, hurried=hurried, rng=rng)
    sessions: list[Session] = []
    for person in people:
        sessions.append(_session(study, person, done.get(person.respondent), shares or {}, rng))
        if progress is not None:
            progress(len(sessions), len(people))
    return SimulatedStudy(
        tuple(sessions),
        choice_data(tuple(item.id for item in study.items), sessions),
        respondent_table(study, sessions),
        {person.respondent: utilities[row] for row, person in enumerate(beginners)},
    )


def _check(study: Study, population: Population, flow: Flow) -> None:
    if population.items != tuple(item.id for item in study.items):
        raise RequestError("the population's items are not the study's, in its order.")
    for group in (*flow.complete, *flow.stopped):
        if group not in population.means:
            raise RequestError(f"the population does not know the group '{group}'.")
        if group not in {one.id for one in study.groups}:
            raise RequestError(f"the study does not know the group '{group}'.")


def _arrivals(
    study: Study, flow: Flow, opened: datetime, days: int, *, rng: np.random.Generator
) -> tuple[_Person, ...]:
    """Everybody, in random order of arrival."""
    plans: list[tuple[Status, str]] = [
        (Status.COMPLETE, group) for group, people in flow.complete.items() for _ in range(people)
    ]
    plans += [(Status.STARTED, group) for group, people in flow.stopped.items() for _ in range(people)]
    groups = [group.id for group in study.groups]
    plans += [(Status.ELIGIBLE, groups[int(rng.integers(len(groups)))]) for _ in range(flow.waiting)]
    plans += [(Status.INELIGIBLE, "")] * flow.ineligible + [(Status.CONSENTED, "")] * flow.undecided
    shuffled = [plans[int(place)] for place in rng.permutation(len(plans))]
    paces = draw_paces(len(plans), rng).tolist()
    starts = np.sort(rng.uniform(0, days, len(plans))).tolist()
    return tuple(
        _Person(f"r{number}", status, group, opened + timedelta(days=start), pace)
        for number, ((status, group), start, pace) in enumerate(zip(shuffled, starts, paces, strict=True), start=1)
    )


def _answer_tasks(
    study: Study,
    design: Design,
    people: Sequence[_Person],
    utilities: FloatArray,
    *,
    hurried: BoolArray,
    rng: np.random.Generator,
) -> dict[str, tuple[Assignment, dict[int, Pick]]]:
    """Everybody's assignment and picks of all tasks."""
    items = tuple(item.id for item in study.items)
    assignments = draw_assignments(study, design, len(people), rng)
    shown = shown_items(assignments, items)
    best, worst = draw_picks(np.where(hurried[:, None], 0.0, utilities), shown, rng)
    paces = np.array([person.pace for person in people])
    seconds = draw_task_seconds(paces, (shown != MISSING).sum(axis=-1), careless=hurried.astype(float), rng=rng)

    def pick(row: int, place: int) -> Pick:
        return Pick(items[int(best[row, place])], items[int(worst[row, place])], float(seconds[row, place]))

    return {
        person.respondent: (
            assignments[row],
            {task.shown_order: pick(row, place) for place, task in enumerate(assignments[row].tasks)},
        )
        for row, person in enumerate(people)
    }


def _session(
    study: Study,
    person: _Person,
    tasks: tuple[Assignment, dict[int, Pick]] | None,
    shares: Shares,
    rng: np.random.Generator,
) -> Session:
    """One person's session, as far as it goes."""
    answers, reason = _background(study, person, shares, rng)
    assignment, picks = tasks or (None, {})
    if person.status is Status.STARTED:
        last = int(rng.integers(1, len(picks)))
        picks = {order: pick for order, pick in picks.items() if order <= last}
    complete = person.status is Status.COMPLETE
    if complete:
        answers = draw_answers(study, (*study.quality_questions, *study.demographics), answers, shares, rng)
    reading = person.pace * (READING_SECONDS + QUESTION_SECONDS * len(answers))
    seconds = round(reading + sum(pick.seconds or 0.0 for pick in picks.values()), 1)
    return Session(
        respondent=person.respondent,
        status=person.status,
        group=person.group,
        reason=reason,
        language=study.languages[0],
        answers=answers,
        assignment=assignment,
        picks=picks,
        seen=_seen(study, person),
        started_at=_stamp(person.started),
        completed_at=_stamp(person.started + timedelta(seconds=seconds)) if complete else "",
        seconds=seconds,
    )


def _background(
    study: Study, person: _Person, shares: Shares, rng: np.random.Generator
) -> tuple[dict[str, object], str]:
    """The background answers, and why a person cannot take part."""
    match person.status:
        case Status.INELIGIBLE:
            return draw_ineligible(study, shares, rng)
        case Status.CONSENTED:
            return {}, ""
        case _:
            return draw_eligible(study, person.group, shares, rng), ""


def _seen(study: Study, person: _Person) -> frozenset[str]:
    """The information pages passed on the way to the tasks."""
    if not person.begins:
        return frozenset()
    return frozenset({"words", "example"} if study.worked_example else {"words"})


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def planned_flow(study: Study, respondents: int) -> Flow:
    """Everybody complete, shared out over the groups as the study plans them.

    Examples
    --------
    >>> from commonground.records.study import PartnerGroup
    >>> groups = [PartnerGroup.model_construct(id=name, planned=planned) for name, planned in [("A", 20), ("B", 10)]]
    >>> planned_flow(Study.model_construct(groups=groups), 100).complete
    {'A': 67, 'B': 33}
    """
    return Flow(shared_out(respondents, {group.id: float(group.planned or 1) for group in study.groups}))


def shared_out(people: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Whole people by group, in proportion to the weights: largest remainders first."""
    exact = np.array(list(weights.values())) * people / sum(weights.values())
    whole = np.floor(exact).astype(int)
    for place in np.argsort(whole - exact, kind="stable")[: people - int(whole.sum())]:
        whole[place] += 1
    return dict(zip(weights, whole.tolist(), strict=True))

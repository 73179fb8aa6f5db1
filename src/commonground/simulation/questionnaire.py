"""What simulated people answer beside the tasks: drawn question by question, as the questionnaire asks them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from commonground.records.countries import COUNTRIES
from commonground.records.dates import Precision
from commonground.records.errors import RequestError
from commonground.records.questions import NOT_APPLICABLE, Condition, Option, Question, QuestionType
from commonground.records.study import Study
from commonground.survey.conditions import holds
from commonground.survey.eligibility import Eligible, Ineligible, decide
from commonground.survey.flow import live_answers

MOST_TRIES = 500

CHOSEN = 0.4
"""How likely an option of a multiple choice is to be ticked where nothing is known about it."""

LEFT_EMPTY = 0.02
"""Share of people who leave a question empty that need not be answered, where nothing is known about it."""


@dataclass(frozen=True, slots=True)
class AnswerShares:
    """How a group answers a question.

    Parameters
    ----------
    options : mapping of option id to float
        Single choice: shares, the rest to one leaving the question empty. Multiple choice: how likely each option is
        to be ticked, a child's chance given that its parent is.
    mean, sd : float, optional
        Of a number; drawn from a gamma distribution within the question's limits. Scales, rankings, dates and countries
        are always answered evenly.
    """

    options: Mapping[str, float] = field(default_factory=dict[str, float])
    mean: float | None = None
    sd: float | None = None


Shares = Mapping[tuple[str, str], AnswerShares]
"""By (question id, group id); group "" stands for everybody else."""


def draw_answers(
    study: Study, questions: Sequence[Question], before: Mapping[str, object], shares: Shares, rng: np.random.Generator
) -> dict[str, object]:
    """Everything answered so far and these questions, as far as this person is asked them.

    Parameters
    ----------
    study : Study
    questions : sequence of Question
    before : mapping of question id to value
        Earlier answers; they decide what is asked, and the group.
    shares : mapping of (question id, group id) to AnswerShares
        Questions that are not in it are answered evenly.
    rng : numpy.random.Generator

    Returns
    -------
    dict of question id to value
        None where a question was left empty.
    """
    outcome = decide(study, before)
    group = outcome.group if isinstance(outcome, Eligible) else ""
    answers = dict(before)
    for question in questions:
        if _is_asked(study, question, answers):
            answers[question.id] = draw_answer(question, _shares_for(question, group, shares), rng)
    return answers


def draw_eligible(study: Study, group: str, shares: Shares, rng: np.random.Generator) -> dict[str, object]:
    """Background answers of somebody who can take part and belongs to this group.

    Raises
    ------
    RequestError
        If no such answers are found.
    """
    rules = [rule.requires for rule in study.eligibility]
    rules += [rule.when for rule in study.group_rules if rule.group == group]
    wanted = [leaf for rule in rules for leaf in _leaves(rule, rng)]
    for _ in range(MOST_TRIES):
        answers = _draw_background(study, group, shares, rng, partial(_all_hold, wanted))
        outcome = decide(study, answers)
        if isinstance(outcome, Eligible) and outcome.group == group:
            return answers
    raise RequestError(f"no background answers were found that put a person in the group '{group}'.")


def draw_ineligible(study: Study, shares: Shares, rng: np.random.Generator) -> tuple[dict[str, object], str]:
    """Background answers of somebody who cannot take part, up to the page that shows it, and the reason code.

    Raises
    ------
    RequestError
        If no such answers are found, for instance because the study lets everybody take part.
    """
    for _ in range(MOST_TRIES if study.eligibility else 0):
        rule = study.eligibility[int(rng.integers(len(study.eligibility)))]
        unwanted = _leaves(rule.requires, rng)
        answers = _draw_background(study, "", shares, rng, partial(_none_holds, unwanted))
        outcome = decide(study, answers)
        if isinstance(outcome, Ineligible):
            return _until_known(study, answers), outcome.reason
    raise RequestError("no background answers were found that make a person ineligible.")


def draw_answer(question: Question, shares: AnswerShares | None, rng: np.random.Generator) -> object:
    """One answer, as `survey.answers` would read it; None where the question is left empty.

    Examples
    --------
    >>> from commonground.records.questions import Option
    >>> options = (Option(id="yes", label="Yes"), Option(id="no", label="No"))
    >>> question = Question(id="adult", type="single", text="18 or older?", required=True, options=options)
    >>> draw_answer(question, AnswerShares({"yes": 1.0}), np.random.default_rng(1))
    'yes'
    """
    if shares is None and not question.required and rng.random() < LEFT_EMPTY:
        return None
    return _DRAWERS[question.type](question, shares, rng)


def _draw_background(
    study: Study, group: str, shares: Shares, rng: np.random.Generator, suits: Callable[[dict[str, object]], bool]
) -> dict[str, object]:
    """Background answers, each question tried until the answers so far suit, or as often as makes sense."""
    answers: dict[str, object] = {}
    for question in study.background:
        if not _is_asked(study, question, answers):
            continue
        known = _shares_for(question, group, shares)
        for _ in range(MOST_TRIES):
            answers[question.id] = draw_answer(question, known, rng)
            if suits(answers):
                break
            known = None  # what is known of people who took part cannot lead to one who did not
    return answers


def _until_known(study: Study, answers: dict[str, object]) -> dict[str, object]:
    """The answers up to the question after which the person was told."""
    so_far: dict[str, object] = {}
    for question, value in answers.items():
        so_far[question] = value
        if isinstance(decide(study, so_far, asked=frozenset(so_far)), Ineligible):
            return so_far
    return answers


def _leaves(condition: Condition, rng: np.random.Generator) -> list[Condition]:
    """Comparisons that fulfil a condition when all hold: all of an `all`, one of an `any`."""
    if condition.all is not None:
        return [leaf for part in condition.all for leaf in _leaves(part, rng)]
    if condition.any is not None:
        return _leaves(condition.any[int(rng.integers(len(condition.any)))], rng)
    return [condition]


def _all_hold(leaves: Sequence[Condition], answers: dict[str, object]) -> bool:
    return all(holds(leaf, answers) for leaf in leaves if leaf.question in answers)


def _none_holds(leaves: Sequence[Condition], answers: dict[str, object]) -> bool:
    return not any(holds(leaf, answers) for leaf in leaves if leaf.question in answers)


def _is_asked(study: Study, question: Question, answers: Mapping[str, object]) -> bool:
    return question.id in live_answers(study, {**answers, question.id: None})


def _shares_for(question: Question, group: str, shares: Shares) -> AnswerShares | None:
    return shares.get((question.id, group)) or shares.get((question.id, ""))


def _draw_single(question: Question, shares: AnswerShares | None, rng: np.random.Generator) -> str | None:
    options = [option.id for option in question.all_options()]
    weights = np.array([1.0 if shares is None else shares.options.get(option, 0.0) for option in options])
    empty = 0.0 if shares is None or question.required else max(0.0, 1 - float(weights.sum()))
    if weights.sum() + empty == 0:
        weights = np.ones(len(options))
    place = int(rng.choice(len(options) + 1, p=np.append(weights, empty) / (weights.sum() + empty)))
    return options[place] if place < len(options) else None


def _draw_multiple(question: Question, shares: AnswerShares | None, rng: np.random.Generator) -> tuple[str, ...] | None:
    def ticked(option: Option) -> bool:
        unknown = 0.0 if option.exclusive else CHOSEN
        return bool(rng.random() < (unknown if shares is None else shares.options.get(option.id, 0.0)))

    chosen: list[str] = []
    for parent in question.options:
        if ticked(parent):
            chosen += [parent.id, *(child.id for child in parent.children if ticked(child))]
    exclusive = [option.id for option in question.all_options() if option.exclusive and option.id in chosen]
    if exclusive:
        return (exclusive[0],)
    parents = np.array([1.0 if shares is None else shares.options.get(parent.id, 0.0) for parent in question.options])
    if not chosen and (question.required or (shares is not None and parents.sum() >= 1)):  # everybody ticked something
        return (question.options[int(rng.choice(parents.size, p=parents / parents.sum()))].id,)
    return tuple(chosen) or None


def _draw_number(question: Question, shares: AnswerShares | None, rng: np.random.Generator) -> float:
    shares = shares or AnswerShares()
    smallest = 0.0 if question.smallest is None else question.smallest
    largest = smallest + 100 if question.largest is None else question.largest
    if shares.mean is None or not shares.sd:
        return float(rng.integers(int(np.ceil(smallest)), int(largest) + 1))
    scale = shares.sd**2 / shares.mean
    return float(np.clip(np.round(rng.gamma(shares.mean / scale, scale)), np.ceil(smallest), largest))


def _draw_text(question: Question, _shares: AnswerShares | None, _rng: np.random.Generator) -> str | None:
    return "simulated" if question.required else None


def _draw_point(question: Question, _shares: AnswerShares | None, rng: np.random.Generator) -> int | str:
    """Any point of a scale, or that it does not apply, where that is offered."""
    points: list[int | str] = [*question.scale_points()]
    if question.scale is not None and question.scale.not_applicable is not None:
        points.append(NOT_APPLICABLE)
    return points[int(rng.integers(len(points)))]


def _draw_ranking(question: Question, _shares: AnswerShares | None, rng: np.random.Generator) -> tuple[str, ...]:
    order = rng.permutation(len(question.options))[: question.places()]
    return tuple(question.options[int(place)].id for place in order)


def _draw_country(question: Question, _shares: AnswerShares | None, rng: np.random.Generator) -> str:
    """One of the countries listed first, where there are any: the study expects people from there."""
    likely = question.first_listed or tuple(COUNTRIES)
    return likely[int(rng.integers(len(likely)))]


def _draw_date(question: Question, _shares: AnswerShares | None, rng: np.random.Generator) -> int | str:
    """Any date the question allows: ten years from the one limit there is, and from 2000 without any."""
    unit = {Precision.DAY: "D", Precision.MONTH: "M", Precision.YEAR: "Y"}[question.precision]
    years = [int(limit[:4]) for limit in (question.earliest, question.latest) if limit]
    first = question.earliest or f"{(years[0] if years else 2010) - 10:04d}"
    last = question.latest or f"{int(first[:4]) + 10:04d}"
    start = np.datetime64(first).astype(f"datetime64[{unit}]")
    span = int((np.datetime64(last).astype(f"datetime64[{unit}]") - start).astype(np.int64))
    drawn = str(start + int(rng.integers(span + 1)))
    return int(drawn) if question.precision is Precision.YEAR else drawn


def _draw_nothing(_question: Question, _shares: AnswerShares | None, _rng: np.random.Generator) -> None:
    """A text to read has no answer."""


_DRAWERS: dict[QuestionType, Callable[[Question, AnswerShares | None, np.random.Generator], object]] = {
    QuestionType.SINGLE: _draw_single,
    QuestionType.MULTIPLE: _draw_multiple,
    QuestionType.NUMBER: _draw_number,
    QuestionType.TEXT: _draw_text,
    QuestionType.LONG_TEXT: _draw_text,
    QuestionType.SCALE: _draw_point,
    QuestionType.RANKING: _draw_ranking,
    QuestionType.DATE: _draw_date,
    QuestionType.COUNTRY: _draw_country,
    QuestionType.INFORMATION: _draw_nothing,
}

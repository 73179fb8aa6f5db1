"""Comparing models by how well they foresee answers they have not seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from commonground.analysis.hierarchical.people import People
from commonground.analysis.prediction.predictors import PREDICTORS, Round, Setting, make_round
from commonground.analysis.prediction.splits import left_out_rounds
from commonground.analysis.scoring.chances import even_chances
from commonground.analysis.scoring.scores import Score, TaskScores, joined, task_scores
from commonground.records.choices import BoolArray, ChoiceData
from commonground.records.errors import Problem, SettingError
from commonground.records.sheet import Column, Record, Sheet
from commonground.records.tabular import Tabular

Progress = Callable[[int, int], None]

LEAVE_OUT = 2
REPEATS = 5
RULES = ("sequential", "maxdiff")


@dataclass(frozen=True, slots=True)
class Foresight:
    """How well one model foresees.

    Parameters
    ----------
    model : str
    score, standard_error : Score
        Over tasks; errors know that a person's tasks hang together.
    behind_best, behind_best_error : float or None
        Log score minus that of the model with the highest, and its standard error: both foresee the same tasks, so
        the difference is known far better than either. 0 and None for that model itself.
    """

    model: str
    score: Score
    standard_error: Score
    behind_best: float | None
    behind_best_error: float | None


@dataclass(frozen=True, slots=True, repr=False)
class Foresights(Tabular):
    """Models side by side.

    Parameters
    ----------
    models : tuple of Foresight
    chance : Score
        What somebody who knows nothing scores on these tasks.
    best_model : str
        The one with the highest log score.
    tasks, respondents : int
        Tasks foreseen, over all rounds, and people who gave them.
    rounds : int
        1 with a holdout table.
    choice_rule : str
    messages : tuple of str
    """

    models: tuple[Foresight, ...]
    chance: Score
    best_model: str
    tasks: int
    respondents: int
    rounds: int
    choice_rule: str
    messages: tuple[str, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """One row a model, chance first."""
        columns = (
            Column("model", "model"),
            Column("log_score", "log score", digits=3),
            Column("log_score_error", "error", digits=3),
            Column("best", "best", digits=3),
            Column("worst", "worst", digits=3),
            Column("both", "both", digits=3),
            Column("both_error", "error", digits=3),
        )
        caption = f"Answers of {self.respondents} people foreseen: {self.tasks} tasks left out, {self.rounds} rounds."
        chance = _row("chance", self.chance, None)
        rows = (chance, *(_row(one.model, one.score, one.standard_error) for one in self.models))
        return (Sheet("models", caption, columns, rows, self.messages),)


def compare_foresight(
    data: ChoiceData,
    *,
    models: Sequence[str] = tuple(PREDICTORS),
    left_out: BoolArray | None = None,
    leave_out: int = LEAVE_OUT,
    repeats: int = REPEATS,
    setting: Setting | None = None,
    progress: Progress | None = None,
) -> Foresights:
    """Let models foresee tasks they have not seen: those of a holdout table, or some of everybody's, several times.

    Parameters
    ----------
    data : ChoiceData
    models : sequence of str
        Among `predictors.PREDICTORS`.
    left_out : (n_rows,) bool, optional
        The rows to foresee, in one round. Without it, `leave_out` tasks of each person are drawn in each of `repeats`
        rounds.
    leave_out, repeats : int
    setting : Setting, optional
    progress : callable, optional
        Told (done, total).

    Returns
    -------
    Foresights

    Raises
    ------
    SettingError
        If there is no such model, or a number is below 1.
    RequestError
        If there are not enough answers.

    References
    ----------
    Gneiting, T., & Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of the
    American Statistical Association, 102, 359–378 (the log score: nobody gains by overstating).

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 0, 1, 1], task=[1, 2, 1, 2],
    ...                             shown=[[0, 1, 2]] * 4, best=[0, 0, 2, 2], worst=[1, 1, 1, 1])
    >>> found = compare_foresight(data, models=["counts"], leave_out=1, repeats=2)
    >>> found.tasks, found.models[0].score.both, round(found.chance.both, 3)
    (4, 1.0, 0.167)
    """
    setting = setting or Setting()
    _check(models, setting.rule)
    drawn = left_out_rounds(data, leave_out=leave_out, repeats=repeats, seed=setting.seed)
    turns = [make_round(data, rows) for rows in (drawn if left_out is None else [left_out])]
    found: dict[str, TaskScores] = {}
    total = len(models) * len(turns)
    for place, name in enumerate(models):
        scored: list[TaskScores] = []
        for number, turn in enumerate(turns):
            scored.append(_foresee(name, turn, setting._replace(seed=setting.seed + number)))
            if progress:
                progress(place * len(turns) + number + 1, total)
        found[name] = joined(scored)
    return _compared(found, turns, setting.rule)


def _check(models: Sequence[str], rule: str) -> None:
    unknown = [name for name in models if name not in PREDICTORS]
    if unknown or not models:
        what = f"there is no model '{unknown[0]}' to foresee with." if unknown else "no model is named."
        raise SettingError([Problem(what, "`models`", f"Models: {', '.join(PREDICTORS)}.")])
    if rule not in RULES:
        raise SettingError(
            [Problem(f"The choice rule '{rule}' foresees no pairs.", mend=f"Rules: {', '.join(RULES)}.")]
        )


def _foresee(name: str, turn: Round, setting: Setting) -> TaskScores:
    return task_scores(PREDICTORS[name](turn, setting), turn.people.held, turn.people.held_by)


def _by_chance(turn: Round) -> TaskScores:
    return task_scores(even_chances(turn.people.held), turn.people.held, turn.people.held_by)


def _compared(found: Mapping[str, TaskScores], turns: Sequence[Round], rule: str) -> Foresights:
    chance = joined([_by_chance(turn) for turn in turns])
    best = max(found, key=lambda name: _or_lowest(found[name].mean().log_score))
    return Foresights(
        models=tuple(_one(name, scores, found[best]) for name, scores in found.items()),
        chance=chance.mean(),
        best_model=best,
        tasks=chance.owner.size,
        respondents=int(np.unique(chance.owner).size),
        rounds=len(turns),
        choice_rule=rule,
        messages=_said(turns[0].people),
    )


def _one(name: str, scores: TaskScores, best: TaskScores) -> Foresight:
    if scores is best:
        return Foresight(name, scores.mean(), scores.standard_error(), 0.0, None)
    behind = scores.minus(best)
    error = behind.standard_error().log_score
    return Foresight(name, scores.mean(), scores.standard_error(), behind.mean().log_score, error)


def _said(people: People) -> tuple[str, ...]:
    if not people.unanswered:
        return ()
    rows = people.unanswered
    return (f"{rows} row{'' if rows == 1 else 's'} without any answer left out.",)


def _or_lowest(value: float | None) -> float:
    return -np.inf if value is None else value


def _row(model: str, score: Score, error: Score | None) -> Record:
    errors = {} if error is None else {f"{name}_error": value for name, value in asdict(error).items()}
    return {"model": model, **asdict(score), **errors}

"""How well people's utilities name what was picked: the answers they were fitted to, and those left out."""

from dataclasses import asdict
from typing import TypedDict

import numpy as np

from commonground.analysis.hierarchical.people import People
from commonground.analysis.hierarchical.records import HeldOut, HitRate
from commonground.analysis.scoring.chances import chances, even_chances
from commonground.analysis.scoring.scores import Score, task_scores
from commonground.records.choices import FloatArray


class Accuracy(TypedDict):
    """The fields of a `HierarchicalSummary` that say how well people's utilities name what was picked."""

    rlh: float
    null_rlh: float
    hit_rate: HitRate
    chance: HitRate
    held_out: HeldOut | None


def accuracy(utilities: FloatArray, rlh: FloatArray, kept: FloatArray, people: People, rule: str) -> Accuracy:
    """In sample, what chance alone gives, and of tasks left out.

    Parameters
    ----------
    utilities : (n_people, n_items) float
        Posterior means.
    rlh : (n_people,) float
        Each person's root likelihood; NaN without picks.
    kept : (n_draws, n_people, n_items) float
        Draws of everybody's utilities.
    people : People
    rule : str
    """
    tasks, owner = people.flat_tasks()
    picks = people.picks
    made = picks > 0
    fitted = float((np.log(rlh[made]) * picks[made]).sum())
    return Accuracy(
        rlh=_root_likelihood(fitted, picks),
        null_rlh=_root_likelihood(people.chance_log_likelihood(rule, utilities.shape[1]), picks),
        hit_rate=_hits(task_scores(chances(utilities[owner][None], tasks, rule=rule), tasks, owner).mean()),
        chance=_hits(task_scores(even_chances(tasks), tasks, owner).mean()),
        held_out=_held_out(kept, people, rule),
    )


def _held_out(kept: FloatArray, people: People, rule: str) -> HeldOut | None:
    """Chances are averaged over the draws of those who answered; None where nothing was left out."""
    tasks, owner = people.held, people.held_by
    if not owner.size:
        return None
    found = task_scores(chances(kept[:, owner], tasks, rule=rule), tasks, owner)
    return HeldOut(
        tasks=owner.size,
        respondents=int(np.unique(owner).size),
        **asdict(found.mean()),
        standard_error=found.standard_error(),
        chance=task_scores(even_chances(tasks), tasks, owner).mean(),
    )


def _root_likelihood(log_likelihood: float, picks: FloatArray) -> float:
    """Geometric mean probability of a pick."""
    return float(np.exp(log_likelihood / picks.sum()))


def _hits(score: Score) -> HitRate:
    return HitRate(score.best, score.worst, score.both)

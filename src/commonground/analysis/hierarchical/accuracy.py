"""How well people's utilities name what was picked: the answers they were fitted to, and those left out."""

from dataclasses import asdict

import numpy as np

from commonground.analysis.hierarchical.people import People
from commonground.analysis.hierarchical.records import HeldOut, HitRate
from commonground.analysis.scoring.chances import chances, even_chances
from commonground.analysis.scoring.scores import Score, task_scores
from commonground.records.choices import FloatArray


def hit_rates(utilities: FloatArray, people: People, rule: str) -> tuple[HitRate, HitRate]:
    """In sample, and what chance alone gives.

    Parameters
    ----------
    utilities : (n_people, n_items) float
        Posterior means.
    people : People
    rule : str
    """
    tasks, owner = people.flat_tasks()
    found = task_scores(chances(utilities[owner][None], tasks, rule=rule), tasks, owner).mean()
    return _hits(found), _hits(task_scores(even_chances(tasks), tasks, owner).mean())


def held_out(kept: FloatArray, people: People, rule: str) -> HeldOut | None:
    """How well the answers left out are foreseen; None where none are.

    Parameters
    ----------
    kept : (n_draws, n_people, n_items) float
        Everybody's utilities; chances are averaged over them.
    people : People
    rule : str
    """
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


def root_likelihood(log_likelihood: float, picks: float) -> float:
    """Geometric mean probability of a pick."""
    return float(np.exp(log_likelihood / picks))


def total_log_likelihood(rlh: FloatArray, picks: FloatArray) -> float:
    """Of all people together, from each one's root likelihood; people without picks have none."""
    made = picks > 0
    return float((np.log(rlh[made]) * picks[made]).sum())


def _hits(score: Score) -> HitRate:
    return HitRate(score.best, score.worst, score.both)

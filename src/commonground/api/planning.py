"""How many people a study needs, in one call."""

from collections.abc import Callable, Sequence
from typing import Literal

from commonground.analysis.planning.question import Question
from commonground.analysis.planning.records import SampleSize
from commonground.analysis.planning.sample_size import sample_size as look_for_size
from commonground.analysis.planning.scenario import Scenario
from commonground.records.design import Design


def sample_size(
    design: Design,
    *,
    precision: float | None = None,
    difference: float | None = None,
    power: float = 0.8,
    groups: int = 1,
    spread: float = 1.0,
    person_sd: float = 1.0,
    scale: Literal["score", "utility"] = "score",
    model: Literal["sequential", "maxdiff"] = "sequential",
    sizes: Sequence[int] = (),
    simulations: int = 200,
    seed: int = 1,
    names: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SampleSize:
    """How many people in each group a precision, a difference between groups, or both take, by simulation.

    Parameters
    ----------
    design : Design
    precision : float, optional
        The half-width wanted of 95 % intervals.
    difference : float, optional
        Between two groups on one item, to be told apart.
    power : float
        How often the difference is to be found.
    groups : int
    spread, person_sd : float
        How far items lie apart, and how far people from each other: standard deviations in logits.
    scale : str
        What precision and difference are measured in: mean best minus worst per person, or utilities in logits.
    model : str
    sizes : sequence of int, optional
        People in each group; left out, they are chosen around the answer.
    simulations : int
        Simulated studies of each size.
    seed : int
    names : sequence of str, optional
        Of the items.
    progress : callable, optional
        Told (done, total).

    Returns
    -------
    SampleSize

    Raises
    ------
    SettingError
        If nothing is asked, a number is out of its range, or the answer would take more people than are simulated.
    RequestError
        If the design cannot compare all items, or the difference cannot arise in it.
    """
    question = Question(precision, difference, power=power, groups=groups, scale=scale, model=model)
    scenario = Scenario(design, spread, person_sd)
    return look_for_size(
        scenario, question, sizes=sizes, simulations=simulations, seed=seed, names=names, progress=progress
    )

"""Answers of simulated people to a design, in one call."""

from collections.abc import Mapping, Sequence

from commonground.records.choices import ChoiceData
from commonground.records.design import Design
from commonground.simulation.crowd import DEFAULT_SD, simulate_crowd

DEFAULT_PEOPLE = 100


def simulate(
    design: Design,
    respondents: int = DEFAULT_PEOPLE,
    *,
    groups: Mapping[str, int] | None = None,
    items: Sequence[str] | None = None,
    sd: float = DEFAULT_SD,
    careless: float = 0.0,
    seed: int = 1,
) -> ChoiceData:
    """Let simulated people answer a design: to rehearse an analysis before anybody real answers.

    `simulation.crowd.simulate_crowd` also gives what they truly prefer, and `simulation.answer.simulate_choices` takes
    utilities of your own.

    Parameters
    ----------
    design : Design
        Where it repeats a task, people are asked one task twice.
    respondents : int
    groups : mapping of str to int, optional
        People by group, instead of `respondents`; each group has preferences of its own.
    items : sequence of str, optional
        One name an item.
    sd : float
        How much people differ: standard deviation of a utility, in logits.
    careless : float
        Share of people, 0 to 1, who pick at random.
    seed : int
        Everything drawn follows from it.

    Raises
    ------
    SettingError
        If there are not as many names as items.

    Examples
    --------
    >>> from commonground.design.build import build_design
    >>> data = simulate(build_design(7, 3), groups={"nurses": 20, "parents": 15})
    >>> len(data.respondents), data.scored.size
    (35, 245)
    """
    sizes = groups or {"all": respondents}
    repeat = any(one is not None for one in design.repeats)
    return simulate_crowd(design, sizes, items=items, sd=sd, careless=careless, repeat=repeat, seed=seed).choices

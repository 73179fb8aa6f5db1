"""Designs a study could take: which there are for its items, how long each takes, how precise it will be. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from commonground.analysis.planning.errors import expected_errors
from commonground.analysis.planning.scenario import Scenario
from commonground.design.audit import DesignAudit, audit
from commonground.design.balanced import fewest_tasks
from commonground.design.build import MOST_DEFAULT_TASKS, build_design
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.records.design import Design

SECONDS_PER_ITEM = 6
"""What reading and weighing one item of a task takes, about: five items in half a minute."""

SIZES = (3, 4, 5, 6)
FEWEST_APPEARANCES = 3
"""The usual rule of thumb for one person's answers (Orme 2005)."""

USUAL_PEOPLE = 30
"""People in a group where a study does not say how many it plans."""

_DRAWS, _PEOPLE, _SEED = 5, 200, 1
_MANY_SDS = 1.96


@dataclass(frozen=True, slots=True)
class Offer:
    """Numbers of a design that could be built.

    Parameters
    ----------
    per_task, tasks : int
    balanced : bool
        Whether a balanced design with these numbers is known.
    """

    per_task: int
    tasks: int
    balanced: bool

    @property
    def id(self) -> str:
        """Names the offer in a form."""
        return f"{self.per_task}x{self.tasks}"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a design gives.

    Parameters
    ----------
    status, reason : str
        Of the audit.
    item_times, pair_times : (int, int)
        How often one person sees an item, and a pair; fewest and most.
    half_width : float
        Half of the 95 % interval of an item's mean score, on the scale from −1 (always least) to 1 (always most).
    """

    status: str
    reason: str
    item_times: tuple[int, int]
    pair_times: tuple[int, int]
    half_width: float | None


def minutes_of(tasks: int, per_task: int, *, repeated: int = 0) -> int:
    """How long the tasks take, about.

    Examples
    --------
    >>> minutes_of(11, 5), minutes_of(11, 5, repeated=1), minutes_of(1, 3)
    (6, 6, 1)
    """
    return max(1, round((tasks + repeated) * per_task * SECONDS_PER_ITEM / 60))


def offers(items: int) -> tuple[Offer, ...]:
    """Designs worth looking at for so many items: at most half of them in a task, in each size the balanced one.

    Examples
    --------
    >>> [(one.per_task, one.tasks, one.balanced) for one in offers(11)]
    [(4, 11, False), (5, 7, False), (5, 11, True), (6, 6, False), (6, 11, True)]
    >>> [(one.per_task, one.tasks, one.balanced) for one in offers(7)]
    [(3, 7, True), (4, 6, False), (4, 7, True)]
    """
    sizes = [size for size in SIZES if size <= max(3, (items + 1) // 2)]
    wide = [size for size in sizes if size > 3 or items <= 9]
    found = {offer for size in wide for offer in _of_size(items, size)}
    return tuple(sorted(found, key=lambda offer: (offer.per_task, offer.tasks)))


def _of_size(items: int, per_task: int) -> Iterator[Offer]:
    if per_task >= items:
        return
    smallest = fewest_tasks(items, per_task)
    is_balanced = smallest is not None and smallest.parameters.tasks <= MOST_DEFAULT_TASKS
    short = -(-FEWEST_APPEARANCES * items // per_task)
    if smallest is not None and is_balanced:
        yield Offer(per_task, smallest.parameters.tasks, balanced=True)
        if short < smallest.parameters.tasks:
            yield Offer(per_task, short, balanced=False)
    else:
        yield Offer(per_task, _even(items, per_task), balanced=False)


def _even(items: int, per_task: int) -> int:
    """As many tasks as let every item appear equally often, four times where that is possible."""
    equal = (often * items // per_task for often in (4, 3, 5) if often * items % per_task == 0)
    return next(equal, -(-FEWEST_APPEARANCES * items // per_task))


def weigh(design: Design, people: int) -> Weighed:
    """What a design gives when so many people of a group answer it.

    People are assumed to differ as in the published study, and nobody to be careless.
    """
    return weighed(design, audit(design), people)


def weighed(design: Design, found: DesignAudit, people: int) -> Weighed:
    """The same, of a design that has been audited."""
    return Weighed(
        status=found.status.value,
        reason=found.reason,
        item_times=(found.appearances_each.min, found.appearances_each.max),
        pair_times=(found.co_appearances_each.min, found.co_appearances_each.max),
        half_width=_half_width(design, people) if found.connected else None,
    )


def _half_width(design: Design, people: int) -> float:
    expected = expected_errors(_scenario(design), people, draws=_DRAWS, people=_PEOPLE, seed=_SEED)
    return _MANY_SDS * mean(item.score / item.appearances for item in expected.items)


def _scenario(design: Design) -> Scenario:
    import numpy as np  # noqa: PLC0415  # the pages of people who answer do without it

    spread = float(np.mean([np.std(means) for means in PUBLISHED_LIKE.means.values()]))
    return Scenario(design, spread, PUBLISHED_LIKE.sd)


def built(items: int, offer: Offer, seed: int) -> Design:
    """The design of an offer."""
    return build_design(items, offer.per_task, tasks=offer.tasks, seed=seed)

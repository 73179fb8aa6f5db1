"""What a reader must know of a fit, in words."""

from typing import NamedTuple

import numpy as np

from commonground.analysis.count import whole
from commonground.analysis.logit.records import ItemFit
from commonground.analysis.logit.separation import Connections, Side
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import BoolArray

FEW_CHOICES = 5
"""Fewer choices than this for each utility are few."""

WIDE = 2.0
"""A standard error above this, in logits, says little of an item: a factor of 7 either way is one error."""

MOST_NAMED = 8

NOT_COMPARABLE = (
    "The model 'marginal' gives best = worst a probability, which no answer can have: its log-likelihood, AIC and BIC "
    "do not compare with those of 'sequential', 'maxdiff' and 'rank'."
)
PLAIN_P_WARNING = (
    "The plain p treats every choice as another person's. People answer many tasks, so it is far too small wherever "
    "people of one group differ; use the p from permuting group labels over respondents."
)

PLAIN_SCALE_WARNING = (
    "The plain p treats every choice as another person's and everybody's taste as the same. Where people differ it "
    "finds a second scale that nobody has; use p, which compares with people who differ as these seem to."
)


def named(items: tuple[str, ...]) -> str:
    """Items in quotes; the rest of a long list only as a number.

    Examples
    --------
    >>> named(("a", "b"))
    "'a', 'b'"
    """
    shown = ", ".join(f"'{item}'" for item in items[:MOST_NAMED])
    return shown if len(items) <= MOST_NAMED else f"{shown} and {len(items) - MOST_NAMED} more"


class Outside(NamedTuple):
    """Items without a utility, and what there is to say of them."""

    side: Side
    members: BoolArray
    items: tuple[str, ...]
    model: str

    @property
    def names(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(name for name, is_out in zip(self.items, self.members, strict=True) if is_out)

    @property
    def several(self) -> bool:
        """Whether they are more than one."""
        return int(self.members.sum()) > 1


def separation_words(outside: Outside, tasks: Tasks, graph: Connections) -> str:
    """Why some items have no utility.

    Parameters
    ----------
    outside : Outside
    tasks : Tasks
        The answers, with only the picks the model looks at.
    graph : Connections
    """
    who, verb, them = named(outside.names), *(("were", "them") if outside.several else ("was", "it"))
    if outside.side is Side.NEVER_SHOWN:
        return f"{who} {verb} in no answered task, so nothing is known of {them}."
    if outside.side is Side.APART and (outside.members == graph.shown).all():
        return f"No two of {who} can be compared both ways, so none has a utility."
    if outside.side is Side.APART:
        return (
            f"No chain of answers leads from {who} to the items that have a utility: how far apart they are cannot be "
            "told."
        )
    end = "below" if outside.side is Side.BELOW else "above"
    lies = "their utilities lie" if outside.several else "its utility lies"
    return (
        f"{_cause(outside, tasks, graph)}, so in the model '{outside.model}' {lies} {end} every number that could be "
        "given."
    )


def _cause(outside: Outside, tasks: Tasks, graph: Connections) -> str:
    """What the answers of these items have in common."""
    who, verb = f"{named(outside.names)}", "were" if outside.several else "was"
    places, below = np.flatnonzero(outside.members), outside.side is Side.BELOW
    times = whole(tasks.weight[np.isin(tasks.shown, places).any(axis=1)].sum())
    shown = f"(in {times} answered task{'' if times == 1 else 's'})"
    never_best, never_worst = (not np.isin(places, pick).any() for pick in (tasks.best, tasks.worst))
    if below and outside.model == "best" and never_best:
        return f"{who} {verb} never picked as best {shown}"
    if not below and outside.model == "worst" and never_worst:
        return f"{who} {verb} never picked as worst {shown}"
    rest = graph.shown & ~outside.members
    ahead = graph.ahead if below else graph.ahead.T
    others = "any other item" if not ahead[np.ix_(outside.members, rest)].any() else "the items that have a utility"
    if below:
        return f"No answer puts {who} {shown} ahead of {others}"
    return f"No answer puts {others} ahead of {who} {shown}"


def few_answers(items: tuple[ItemFit, ...], people: int, choices: int, parameters: int) -> tuple[str, ...]:
    """What sparse answers mean for the numbers, in words."""
    said: list[str] = []
    if choices < FEW_CHOICES * parameters:
        said.append(f"Only {choices} choices for {parameters} differences between utilities: expect large errors.")
    if people <= parameters:
        said.append(
            f"Only {people} respondent{'' if people == 1 else 's'} for {parameters} differences between utilities: "
            "robust errors are too small."
        )
    wide = tuple(item.item for item in items if max(item.standard_error or 0, item.robust_standard_error or 0) > WIDE)
    if wide:
        said.append(f"The answers say little of {named(wide)}: a standard error is above {WIDE:g}.")
    return tuple(said)

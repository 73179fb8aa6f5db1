"""What a reader must know before using the numbers of a hierarchical fit, in words."""

from collections.abc import Sequence

from commonground.analysis.hierarchical.people import People
from commonground.analysis.hierarchical.records import Diagnostics, PriorSensitivity
from commonground.analysis.hierarchical.summary import HIGHEST_RHAT, LOWEST_ESS

FEWEST_APPEARANCES = 2.0
LARGE_CHANGE = 0.2
_SAFETY = 1.5
_MOST_SETS = 5


def on_people(people: People, items: Sequence[str]) -> tuple[str, ...]:
    """On the data, before anything is fitted."""
    said: list[str] = []
    if people.unanswered:
        said.append(f"{_count(people.unanswered, 'row')} without any answer left out.")
    if people.without_group:
        said.append(f"{_count(people.without_group, 'respondent')} without a group left out.")
    if people.weighted:
        said.append(
            "The respondents' weights are not used: the model describes the people as they answered, each once. For "
            "weighted results weigh the individual utilities."
        )
    if len(people.respondents) < 2 * len(items):
        said.append(
            f"{len(people.respondents)} people are few for {len(items)} items: how much people differ, and how items "
            "go together, comes largely from the prior. Compare with another scale of the prior before relying on it."
        )
    if (often := float(people.appearances(len(items)).mean())) < FEWEST_APPEARANCES:
        said.append(
            f"Each person saw an item {often:.1f} times on average: individual utilities lean heavily on the "
            "population. Use them for shares and segments, not to describe one person."
        )
    return (*said, *_apart(people.sets_of_items(len(items)), items))


def _apart(sets: Sequence[Sequence[int]], items: Sequence[str]) -> tuple[str, ...]:
    """Items that answers never bring together, directly or through others."""
    if len(sets) == 1:
        return ()
    named = "; ".join(", ".join(items[place] for place in one) for one in sets[:_MOST_SETS])
    more = " and more" if len(sets) > _MOST_SETS else ""
    said = (
        f"No chain of tasks joins these {len(sets)} sets of items: {named}{more}. How a set lies to another comes from "
        "the prior alone: compare items within a set only, or show tasks that join them."
    )
    return (said,)


def on_chains(found: Diagnostics, draws_asked: int | None) -> tuple[str, ...]:
    """On chains that have not converged."""
    if found.converged:
        return ()
    if found.max_rhat is None or found.min_ess is None:
        return ("NOT CONVERGED: at least one chain did not move at all. Do not use these numbers.",)
    said = (
        f"NOT CONVERGED: the largest R-hat is {found.max_rhat:.3f} ({found.max_rhat_of}; it should be below "
        f"{HIGHEST_RHAT}), the smallest effective sample size {found.min_ess:.0f} ({found.min_ess_of}; it should be "
        f"above {LOWEST_ESS:.0f}). Do not use these numbers. {_mend(found, draws_asked)}"
    )
    return (said,)


def on_prior(found: PriorSensitivity | None) -> tuple[str, ...]:
    """On spreads that the prior decides."""
    if found is None:
        return ()
    if found.largest_change is None:
        return ("What another prior would make of the spreads cannot be told from these draws: try another scale.",)
    if found.largest_change <= LARGE_CHANGE:
        return ()
    told = [(abs(one.other_sd / one.sd - 1), one.item, one.sd, one.other_sd) for one in found.items if one.other_sd]
    _, item, sd, other_sd = max(told)
    said = (
        f"The prior matters: with one twice as wide the SD of {item} would be {other_sd:.2f} instead of {sd:.2f}. "
        "Report it with the prior you chose and why."
    )
    return (said,)


def _mend(found: Diagnostics, draws_asked: int | None) -> str:
    if draws_asked is None:
        return (
            "The limit of draws was reached. Fewer items, more answers a person or a prior with a smaller "
            "scale would help; asking for a number of draws goes beyond the limit."
        )
    needed = LOWEST_ESS / max(found.min_ess or 1.0, 1.0)
    longer = int(found.draws * max(needed, 1.0) * _SAFETY / 100 + 1) * 100
    return f"Run again with {longer} draws, or without a number, which goes on until it has."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

"""The figure of how people differ: where everybody's own utilities lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical.records import HierarchicalFit, Individuals
from commonground.records.choices import FloatArray
from commonground.records.sheet import Column, Record
from commonground.report.names import NO_NAMES, Names
from commonground.report.parts import Figure
from commonground.report.result_specs import distributions
from commonground.report.wording import people, signed

POINTS = 81
"""Places along the axis at which a distribution is drawn."""
AIR = 0.8
"""How far the axis goes beyond the outermost person, so that shapes close."""


@dataclass(frozen=True, slots=True)
class _Spread:
    """Where the people of a group stand on an item."""

    item: str
    group: str
    density: FloatArray
    q1: float
    median: float
    q3: float


def individuals_figure(result: HierarchicalFit, names: Names = NO_NAMES) -> Figure:
    """How people differ: the distribution of their own utilities, item by item, the highest median first."""
    found = result.individuals
    groups = {group: names.group(group) for group in dict.fromkeys(found.group)}
    medians: list[float] = np.median(found.utilities, axis=0).tolist()
    order = sorted(found.items, key=lambda item: -medians[found.items.index(item)])
    reach = (float(found.utilities.min()) - AIR, float(found.utilities.max()) + AIR)
    at = np.linspace(*reach, POINTS)
    spreads = [_spread(found, item, group, at) for item in order for group in groups]
    widest = max(spreads, key=lambda one: one.q3 - one.q1)
    wide, narrow = distributions(
        {item: names.item(item) for item in order}, groups, axis="A person’s utility, logits", reach=reach
    )
    return Figure(
        id="individuals",
        title=f"People differ most on ‘{names.item(widest.item)}’",
        subtitle=f"Utilities of {people(len(found.respondents))}: where they stand (shapes are equally "
        "high), the middle half (bar) and the median (dot). Each is an estimate, "
        "pulled towards the others as far as the person’s answers are few.",
        alt=f"A row an item, a shape for how many people stand where. {_told(spreads, groups, names)}",
        spec=wide,
        narrow=narrow,
        rows=tuple(_rows(spreads, at)),
        columns=(
            Column("item", "Item"),
            Column("group", "Group"),
            *(Column(key, key, 2, signed=True) for key in ("q1", "median", "q3")),
        ),
    )


def _spread(found: Individuals, item: str, group: str, at: FloatArray) -> _Spread:
    """Quarters, and a smooth shape: Gaussian kernels of Silverman's width."""
    utilities = found.utilities[np.array(found.group) == group, found.items.index(item)]
    q1, median, q3 = np.quantile(utilities, [0.25, 0.5, 0.75]).tolist()
    middle = min(float(utilities.std()), (q3 - q1) / 1.349)
    width = max(0.9 * middle * utilities.size**-0.2, float(at[1] - at[0]))
    density = np.exp(-0.5 * ((at[:, None] - utilities) / width) ** 2).mean(axis=1) / width
    return _Spread(item, group, density, q1, median, q3)


def _rows(spreads: Sequence[_Spread], at: FloatArray) -> Iterator[Record]:
    for one in spreads:
        who: Record = {"item": one.item, "group": one.group}
        yield {**who, "q1": one.q1, "median": one.median, "q3": one.q3}
        for place, height in zip(at.tolist(), (one.density / one.density.max()).tolist(), strict=True):
            yield {**who, "at": place, "density": height}


def _told(spreads: Sequence[_Spread], groups: Mapping[str, str], names: Names) -> str:
    def who(one: _Spread) -> str:
        return f"{names.item(one.item)}, {groups[one.group]}" if len(groups) > 1 else names.item(one.item)

    return " ".join(
        f"{who(one)}: median {signed(one.median)}, middle half {signed(one.q1)} to {signed(one.q3)}." for one in spreads
    )

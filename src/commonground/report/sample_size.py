"""The curve of a sample size: how half-widths fall and power rises with the number of people."""

from typing import TYPE_CHECKING

from commonground.records.rounding import half_up, percent
from commonground.records.sheet import Column, Record
from commonground.report.figures import Draft, whole
from commonground.report.palette import GROUP_COLOURS, INK, MUTED
from commonground.report.parts import Figure, Spec

if TYPE_CHECKING:
    from commonground.analysis.planning.records import SampleSize, SizeRow

_UNITS = {"score": "mean score per person", "utility": "utility, logits"}


def sample_size_figure(found: "SampleSize") -> Figure:
    """One panel for the half-width, one for the power, as far as they were asked for, and the table of both.

    Parameters
    ----------
    found : SampleSize
    """
    rows = tuple(_record(row) for row in found.sizes)
    panels = _panels(found)
    return Figure(
        id="sample-size",
        title=found.words[0],
        subtitle=f"{found.simulations} simulated studies of each size",
        alt=_alt(found),
        spec=whole({"hconcat": [_drawn(panel, 320) for panel in panels], "spacing": 40}),
        narrow=whole({"vconcat": [_drawn(panel, 250) for panel in panels], "spacing": 30}),
        rows=rows,
        columns=(
            Column("size", "People in each group" if found.groups > 1 else "People"),
            *((Column("total", "People in all"),) if found.groups > 1 else ()),
            Column("half_width_median", "Half-width, half of the items", 2),
            Column("half_width_most", "Half-width, 9 of 10 items", 2),
            *(
                (Column("power", "Power", 2), Column("power_low", "from", 2), Column("power_high", "to", 2))
                if found.difference is not None
                else ()
            ),
        ),
        notes=found.words[1:],
    )


def _record(row: "SizeRow") -> Record:
    low, high = row.power_interval or (None, None)
    return {
        "size": row.size,
        "total": row.total,
        "half_width_median": row.half_width_median,
        "half_width_most": row.half_width_most,
        "power": row.power,
        "power_low": low,
        "power_high": high,
    }


def _panels(found: "SampleSize") -> list[Draft]:
    """What is drawn up the side, what is wanted of it, and the number of people that gives it."""
    size = None if found.recommended is None else found.recommended.size
    people = "People in each group" if found.groups > 1 else "People"
    width: Draft = {
        "key": "half_width_most",
        "axis": f"± for 9 of 10 items ({_UNITS[found.scale]})",
        "wanted": found.precision,
        "size": size,
        "people": people,
        "format": "~g",
    }
    power: Draft = {
        "key": "power",
        "axis": "Studies that tell the groups apart",
        "wanted": found.power,
        "size": size,
        "people": people,
        "format": ".0%",
    }
    asked = ((width, found.precision is not None), (power, found.difference is not None))
    return [panel for panel, is_asked in asked if is_asked]


def _drawn(panel: Draft, width: int) -> Spec:
    """A line through dots, with dashed lines at what is wanted and at the number recommended."""
    across: Draft = {
        "field": "size",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": panel["people"], "labelColor": MUTED, "grid": False, "tickCount": 5},
    }
    up: Draft = {
        "field": panel["key"],
        "type": "quantitative",
        "scale": {"domainMax": 1} if panel["key"] == "power" else {},
        "axis": {"title": panel["axis"], "labelColor": MUTED, "tickCount": 5, "format": panel["format"]},
    }
    curve: Draft = {
        "mark": {"type": "line", "color": GROUP_COLOURS[0], "point": {"size": 60, "color": GROUP_COLOURS[0]}},
        "encoding": {"x": across, "y": up},
    }
    layers: list[Draft] = [_dashed("y", panel["wanted"]), curve]
    if panel["key"] == "power":
        layers.insert(1, _bars(across))
    if panel["size"] is not None:
        layers.insert(0, _dashed("x", panel["size"]))
    return {"width": width, "height": 240, "layer": layers}


def _bars(across: Draft) -> Draft:
    """How far the luck of the simulation may have moved each share."""
    ends: Draft = {"y": {"field": "power_low", "type": "quantitative"}, "y2": {"field": "power_high"}}
    return {"mark": {"type": "rule", "color": GROUP_COLOURS[0]}, "encoding": {"x": across, **ends}}


def _dashed(side: str, value: object) -> Draft:
    return {
        "data": {"values": [{"at": value}]},
        "mark": {"type": "rule", "color": INK, "strokeDash": [5, 3]},
        "encoding": {side: {"field": "at", "type": "quantitative"}},
    }


def _alt(found: "SampleSize") -> str:
    """The curve in words: its ends, and the number."""
    first, last = found.sizes[0], found.sizes[-1]
    said = ["Curves over the number of people."]
    if found.precision is not None and first.half_width_most and last.half_width_most:
        said.append(
            f"The half-width falls from {half_up(first.half_width_most, 2)} with {first.size} people to "
            f"{half_up(last.half_width_most, 2)} with {last.size}."
        )
    if first.power is not None and last.power is not None:
        said.append(
            f"The power rises from {percent(first.power, 1, 0)} per cent with {first.size} people in each group to "
            f"{percent(last.power, 1, 0)} per cent with {last.size}."
        )
    return " ".join([*said, found.words[0]])

"""Vega-Lite specifications of model results and designs: shares, how people differ, which items stand together.

Like `report.figures`: each function gives the wide and the narrow form, and rows carry the keys its docstring names.
"""

from commonground.report.figures import (
    Draft,
    Labels,
    dots,
    in_colour,
    item_axis,
    lookup,
    panel_header,
    row_step,
    whole,
    zero_line,
)
from commonground.report.palette import GROUP_COLOURS, INK, LINE, MUTED
from commonground.report.parts import Spec

_PALE, _MIDDLE, _DEEP = "#e8f1f8", "#b9d5e8", GROUP_COLOURS[0]
_MOST_NUMBERED = 25
"""A heat map of more items has no room for numbers in its cells."""


def shares_by_group(items: Labels, groups: Labels, *, axis: str, most: float) -> tuple[Spec, Spec]:
    """One panel a group: a dot at the share with a line from zero, its interval, and the number.

    Rows: item, group, value, low, high (per cent; the ends may be None).
    """
    across: Draft = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 1.25 * most], "nice": False},
        "axis": {"title": axis, "grid": False, "labelColor": MUTED, "tickCount": 4},
    }
    stem: Draft = {
        "mark": {"type": "rule", "strokeWidth": 1.5, "color": LINE},
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "x2": {"datum": 0}},
    }
    interval: Draft = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}, **in_colour(groups)},
    }
    number: Draft = {
        "transform": [{"calculate": "isValid(datum.high) ? datum.high : datum.value", "as": "end"}],
        "mark": {"type": "text", "align": "left", "dx": 9},
        "encoding": {
            "x": {"field": "end", "type": "quantitative"},
            "text": {"field": "value", "format": ".1f"},
        },
    }

    def draw(width: int, label_width: int, side: str) -> Spec:
        body: Draft = {
            "encoding": {"y": item_axis(items, label_width)},
            "layer": [stem, interval, dots(groups, {"x": across}), number],
        }
        panel: Draft = {"width": width, "height": {"step": row_step(items, label_width, 28)}, **body}
        if len(groups) == 1:
            return whole(panel)
        header = panel_header(groups, side)
        facet = {side: {"field": "group", "type": "nominal", "sort": list(groups), "header": header}}
        return whole({"facet": facet, "spec": panel, "resolve": {"scale": {"y": "shared"}}})

    return draw(max(130, 560 // max(len(groups), 1)), 30, "column"), draw(206, 16, "row")


def distributions(items: Labels, groups: Labels, *, axis: str, reach: tuple[float, float]) -> tuple[Spec, Spec]:
    """One row an item: how many people stand where, mirrored, with the middle half and the median.

    Rows: item, group, at, density (0 to 1); and one a group and item: item, group, q1, median, q3.
    """
    across: Draft = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": list(reach), "nice": False},
        "axis": {"title": axis, "grid": False, "labelColor": MUTED, "tickCount": 6},
    }
    up: Draft = {"field": "density", "type": "quantitative", "axis": None, "scale": {"domain": [-1, 1]}}
    shape: Draft = {
        "transform": [{"filter": "isValid(datum.at)"}, {"calculate": "-datum.density", "as": "mirror"}],
        "mark": {"type": "area", "opacity": 0.35, "interpolate": "monotone"},
        "encoding": {"x": across, "y": up, "y2": {"field": "mirror"}, **in_colour(groups)},
    }

    def middle(height: int) -> list[Draft]:
        level = {"y": {"value": height / 2}}
        only: Draft = {"transform": [{"filter": "isValid(datum.median)"}]}
        half = {"x": {"field": "q1", "type": "quantitative"}, "x2": {"field": "q3"}, **level, **in_colour(groups)}
        median = {"x": {"field": "median", "type": "quantitative"}, **level}
        return [
            {**only, "mark": {"type": "rule", "strokeWidth": 4}, "encoding": half},
            {
                **only,
                "mark": {"type": "point", "filled": True, "size": 70, "fill": "#ffffff", "stroke": INK, "opacity": 1},
                "encoding": median,
            },
        ]

    def draw(width: int, label_width: int, height: int) -> Spec:
        heading = {
            "title": None,
            "labelAngle": 0,
            "labelAlign": "left",
            "labelPadding": 10,
            "labelOrient": "left",
            "labelFontWeight": "normal",
            "labelExpr": lookup(items, "datum.value", label_width),
        }
        facet: Draft = {"row": {"field": "item", "type": "nominal", "sort": list(items), "header": heading}}
        if len(groups) > 1:
            header = panel_header(groups, "column")
            facet["column"] = {"field": "group", "type": "nominal", "sort": list(groups), "header": header}
        panel = {"width": width, "height": height, "layer": [zero_line(), shape, *middle(height)]}
        return whole({"facet": facet, "spec": panel, "spacing": {"row": 0, "column": 24}})

    return draw(max(150, 520 // max(len(groups), 1)), 30, 40), draw(max(80, 200 // max(len(groups), 1)), 14, 44)


def pair_counts(items: Labels, *, least: int, most: int) -> tuple[Spec, Spec]:
    """A square: how often two items stand together; on the diagonal how often an item is shown.

    Rows: first, second (ids), number, times, same (yes or no). `number` is the place of the second item, from 1.
    """
    numbers = {item: str(place) for place, item in enumerate(items, start=1)}
    names = {
        item: f"{label}\u2002{numbers[item]}" if label != numbers[item] else label for item, label in items.items()
    }
    span = max(most - least, 1)
    scale = {"domain": [most - span, most], "range": [_PALE, _DEEP if most > least else _MIDDLE]}
    legend = {
        "title": "Times together",
        "format": "d",
        "values": list(range(least, most + 1, -(-span // 6))),
        "gradientLength": 120,
    }
    place = {"type": "nominal", "sort": list(items)}
    down: Draft = {**item_axis(names, 30), "field": "first"}
    across: Draft = {
        "field": "second",
        **place,
        "axis": {
            "title": None,
            "orient": "top",
            "labelAngle": 0,
            "labelColor": MUTED,
            "labelExpr": lookup(numbers, "datum.value"),
        },
    }
    pairs: Draft = {
        "transform": [{"filter": "datum.same === 'no'"}],
        "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 1},
        "encoding": {
            "color": {
                "field": "times",
                "type": "quantitative",
                "scale": scale,
                "legend": legend if most > least else None,
            }
        },
    }
    dark = f"datum.same === 'no' && {most} > {least} && datum.times > {least + 0.6 * span}"
    number: Draft = {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            "text": {"field": "times"},
            "color": {
                "condition": [
                    {"test": dark, "value": "#ffffff"},
                    {"test": "datum.same === 'yes'", "value": MUTED},
                ],
                "value": INK,
            },
        },
    }
    layers = [pairs, number] if len(items) <= _MOST_NUMBERED else [pairs]

    def draw(room: int, largest: int) -> Spec:
        step = max(6, min(largest, room // max(len(items), 1)))
        size = {"width": {"step": step}, "height": {"step": step}}
        return whole({**size, "encoding": {"x": across, "y": down}, "layer": layers})

    return draw(520, 34), draw(230, 22)

"""Figures of scores and differences as Vega-Lite specifications. Pure: rows in, specifications out.

Each function gives the wide and the narrow form of one figure; rows carry the keys named in its docstring.
Items come as a mapping from id to label in the order drawn, groups as a mapping from id to short label.
"""

from collections.abc import Mapping, Sequence

from commonground.records.sheet import Record
from commonground.report.palette import BAND, GROUP_COLOURS, INK, MUTED, ZERO, broken, colours, config, shapes
from commonground.report.parts import Spec

Draft = dict[str, object]
Labels = Mapping[str, str]

_SIGNED = "datum.value === 0 ? '0' : format(datum.value, '+,.2~f')"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def whole(body: Draft) -> Spec:
    """A complete specification around a drawing."""
    return {"$schema": _SCHEMA, "config": config(), "data": {"name": "rows"}, **body}


def quoted(text: str) -> str:
    """A text as a literal of Vega's expression language."""
    clean = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", " ")
    return f"'{clean}'"


def lookup(labels: Labels, key: str, width: int = 0) -> str:
    """A Vega expression for the label of `key`, broken into lines where a width is given."""
    pairs = ", ".join(
        f"{quoted(one)}: {quoted(broken(label, width) if width else label)}" for one, label in labels.items()
    )
    found = f"({{{pairs}}}[{key}] || '')"
    return f"split({found}, '\\n')" if width else found


def item_axis(items: Labels, width: int) -> Draft:
    """Items from the top down in the order given, with a hairline between them."""
    axis = {
        "title": None,
        "labelExpr": lookup(items, "datum.value", width),
        "labelOffset": _centred(items, width),
        "grid": True,
        "tickBand": "extent",
    }
    return {"field": "item", "type": "nominal", "sort": list(items), "axis": axis}


def _centred(items: Labels, width: int) -> Draft:
    """Axis labels of several lines hang from their first: lift them by half of what hangs."""
    lines = {item: broken(label, width).count("\n") for item, label in items.items()}
    lifted = [
        {"test": " || ".join(f"datum.value === {quoted(i)}" for i in items if lines[i] == more), "value": -7.5 * more}
        for more in sorted(set(lines.values()) - {0})
    ]
    return {"condition": lifted, "value": 0}


def row_step(items: Labels, width: int, least: int) -> int:
    """How high a row must be for its label in lines of `width` letters."""
    lines = max((broken(label, width).count("\n") + 1 for label in items.values()), default=1)
    return max(least, 15 * lines + 8)


def in_colour(groups: Labels, legend: Draft | None = None) -> Draft:
    """Colour by group, the same in every figure."""
    scale = {"domain": list(groups), "range": colours(len(groups))}
    return {"color": {"field": "group", "type": "nominal", "legend": legend, "scale": scale}}


def in_shape(groups: Labels, legend: Draft | None = None) -> Draft:
    """Shape by group, the same in every figure."""
    scale = {"domain": list(groups), "range": shapes(len(groups))}
    return {"shape": {"field": "group", "type": "nominal", "legend": legend, "scale": scale}}


def dots(groups: Labels, x: Draft, *, size: int = 80, legend: Draft | None = None) -> Draft:
    """A filled point a row, coloured and shaped by group."""
    mark = {"type": "point", "filled": True, "size": size, "opacity": 1}
    return {"mark": mark, "encoding": {**in_colour(groups, legend), **in_shape(groups, legend), **x}}


def panel_header(labels: Labels, side: str) -> Draft:
    """The heading of a panel, at its left edge, whether panels stand in a row or below one another."""
    width = max(12, 64 // max(len(labels), 1)) if side == "column" else 40
    header: Draft = {"title": None, "labelExpr": lookup(labels, "datum.value", width), "labelAnchor": "start"}
    return header if side == "column" else {**header, "labelOrient": "top", "labelAngle": 0}


def symmetric(title: str | None, reach: float, *, ticks: int = 5) -> Draft:
    """A number scale with zero in the middle."""
    axis = {"title": title, "grid": False, "tickCount": ticks, "labelExpr": _SIGNED, "labelColor": MUTED}
    return {"type": "quantitative", "scale": {"domain": [-reach, reach], "nice": False}, "axis": axis}


def zero_line() -> Draft:
    """The line nobody is on either side of."""
    return {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": ZERO},
        "encoding": {"x": {"field": "zero", "type": "quantitative"}},
    }


def _reach(rows: Sequence[Record], keys: Sequence[str], least: float) -> float:
    """How far an axis must go to both sides, with a little air."""
    values = [row.get(key) for row in rows for key in keys]
    return max([least, *(1.08 * abs(float(value)) for value in values if value is not None)])


def scores_with_intervals(rows: Sequence[Record], items: Labels, groups: Labels, *, axis: str) -> tuple[Spec, Spec]:
    """Dots with intervals, groups side by side within an item. Rows: item, group, mean, low, high (may be None).

    The first item, whose dots stand furthest to the right, has room on the left: there its dots are named.
    """
    reach = _reach(rows, ("mean", "low", "high"), 1.0)
    label: Draft = {
        "transform": [
            {"filter": f"datum.item === {quoted(next(iter(items)))}"},
            {"calculate": lookup(groups, "datum.group"), "as": "who"},
        ],
        "mark": {"type": "text", "align": "left"},
        "encoding": {"x": {"value": 4}, "text": {"field": "who"}},
    }
    interval: Draft = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}, **in_colour(groups)},
    }
    dot = dots(groups, {"x": {"field": "mean", **symmetric(axis, reach)}})

    def draw(width: int, label_width: int) -> Spec:
        places = {
            "y": item_axis(items, label_width),
            "yOffset": {"field": "group", "sort": list(groups), "scale": {"paddingOuter": 0.5}},
        }
        body = {"encoding": places, "layer": [interval, dot, label]}
        height = {"step": row_step(items, label_width, max(36, 18 * (len(groups) + 1))), "for": "position"}
        return whole({"width": width, "height": height, "layer": [zero_line(), body]})

    return draw(540, 32), draw(206, 16)


def counts_by_group(rows: Sequence[Record], items: Labels, groups: Labels, *, axis: str) -> tuple[Spec, Spec]:
    """One panel a group: a dot at the count with a line to zero, and the number. Rows: item, group, difference."""
    reach = 1.5 * _reach(rows, ("difference",), 1.0)

    def draw(width: int, label_width: int, side: str) -> Spec:
        number: Draft = {
            "mark": {
                "type": "text",
                "align": {"expr": "datum.difference < 0 ? 'right' : 'left'"},
                "dx": {"expr": "datum.difference < 0 ? -8 : 8"},
            },
            "encoding": {
                "x": {"field": "difference", "type": "quantitative"},
                "text": {"field": "difference", "format": "+,.2~f"},
            },
        }
        stem: Draft = {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {
                "x": {"field": "difference", "type": "quantitative"},
                "x2": {"datum": 0},
                **in_colour(groups),
            },
        }
        dot = dots(groups, {"x": {"field": "difference", **symmetric(axis, reach, ticks=3)}})
        body = {"encoding": {"y": item_axis(items, label_width)}, "layer": [stem, dot, number]}
        facet = {
            side: {"field": "group", "type": "nominal", "sort": list(groups), "header": panel_header(groups, side)}
        }
        panel = {"width": width, "height": {"step": row_step(items, label_width, 30)}, "layer": [zero_line(), body]}
        return whole({"facet": facet, "spec": panel, "resolve": {"scale": {"y": "shared"}}})

    return draw(max(120, 560 // max(len(groups), 1)), 30, "column"), draw(206, 16, "row")


def items_side_by_side(panels: Labels, groups: Labels, *, axis: str) -> tuple[Spec, Spec]:
    """One panel an item, one point a group, 0 at the bottom and 1 at the top. Rows: item, group, rescaled.

    Groups are named under the points where there is room, and in a legend on a phone.
    """
    height: Draft = {
        "field": "rescaled",
        "type": "quantitative",
        "scale": {"domain": [0, 1.12], "nice": False},
        "axis": {"title": axis, "values": [0, 0.5, 1], "format": "~g", "labelColor": MUTED},
    }
    number: Draft = {
        "transform": [{"filter": "datum.rescaled !== null"}],
        "mark": {"type": "text", "dy": -12, "fontSize": 11},
        "encoding": {"text": {"field": "rescaled", "format": ".2f"}},
    }
    names = {"title": None, "labelAngle": 0, "labelExpr": lookup(groups, "datum.value", 10), "labelColor": MUTED}
    header: Draft = {"title": None, "labelAnchor": "start", "labelFontSize": 12}

    def draw(width: int, columns: int, wrap: int, axis: Draft | None, legend: Draft | None) -> Spec:
        across = {"field": "group", "type": "nominal", "sort": list(groups), "axis": axis}
        points = dots(groups, {}, size=110, legend=legend)
        panel = {"width": width, "height": 120, "encoding": {"x": across, "y": height}, "layer": [points, number]}
        heading = {**header, "labelExpr": lookup(panels, "datum.value", wrap)}
        facet = {"field": "item", "type": "nominal", "sort": list(panels), "header": heading}
        return whole({"facet": facet, "columns": columns, "spacing": {"row": 18, "column": 26}, "spec": panel})

    legend: Draft = {"title": None, "direction": "vertical", "labelExpr": lookup(groups, "datum.value")}
    return draw(176, 4, 25, {**names, "labelFontSize": 11}, None), draw(124, 2, 18, None, legend)


_VERDICT_LOOK = {
    "differs": (GROUP_COLOURS[0], "circle"),
    "alike": (GROUP_COLOURS[2], "diamond"),
    "cannot tell": (ZERO, "square"),
}


def differences(rows: Sequence[Record], items: Labels, pairs: Labels, *, axis: str, margin: float) -> tuple[Spec, Spec]:
    """One panel a pair of groups: the difference with its interval, zero line and margin of likeness.

    Rows: item, pair, difference, low, high, verdict.
    """
    reach = _reach(rows, ("difference", "low", "high"), margin)
    verdicts = list(_VERDICT_LOOK)
    band: Draft = {
        "data": {"values": [{"from": -margin, "to": margin}]},
        "mark": {"type": "rect", "color": BAND},
        "encoding": {"x": {"field": "from", "type": "quantitative"}, "x2": {"field": "to"}},
    }
    interval: Draft = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
    }
    legend = {"title": None, "orient": "top", "direction": "horizontal"}
    colour = {
        "field": "verdict",
        "type": "nominal",
        "legend": legend,
        "scale": {"domain": verdicts, "range": [look[0] for look in _VERDICT_LOOK.values()]},
    }
    shape = {**colour, "scale": {"domain": verdicts, "range": [look[1] for look in _VERDICT_LOOK.values()]}}
    dot: Draft = {
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
        "encoding": {"x": {"field": "difference", **symmetric(axis, reach, ticks=4)}, "shape": shape},
    }

    def draw(width: int, label_width: int, side: str) -> Spec:
        body = {"encoding": {"y": item_axis(items, label_width), "color": colour}, "layer": [interval, dot]}
        facet = {side: {"field": "pair", "type": "nominal", "sort": list(pairs), "header": panel_header(pairs, side)}}
        panel = {
            "width": width,
            "height": {"step": row_step(items, label_width, 30)},
            "layer": [band, zero_line(), body],
        }
        return whole({"facet": facet, "spec": panel})

    return draw(max(130, 560 // max(len(pairs), 1)), 30, "column"), draw(206, 16, "row")


def outcomes(kinds: Labels, labels: Labels, *, axis: str) -> tuple[Spec, Spec]:
    """A row an outcome, a dot a kind of respondent. Rows: outcome, group (the kind), percent."""
    number: Draft = {
        "mark": {"type": "text", "align": "left", "dx": 9},
        "encoding": {
            "x": {"field": "percent", "type": "quantitative"},
            "text": {"field": "percent", "format": ".0f"},
        },
    }
    along: Draft = {
        "field": "percent",
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": axis, "grid": False, "labelColor": MUTED, "tickCount": 5},
    }

    def draw(width: int, label_width: int, direction: str) -> Spec:
        legend: Draft = {"title": None, "direction": direction, "labelExpr": lookup(kinds, "datum.value")}
        places = {
            "y": {**item_axis(labels, label_width), "field": "outcome"},
            "yOffset": {"field": "group", "sort": list(kinds), "scale": {"paddingOuter": 0.4}},
        }
        body = {"encoding": places, "layer": [dots(kinds, {"x": along}, legend=legend), number]}
        return whole({"width": width, "height": {"step": 66, "for": "position"}, **body})

    return draw(480, 32, "horizontal"), draw(216, 14, "vertical")


def histogram(*, axis: str, mark: float | None, mark_label: str) -> tuple[Spec, Spec]:
    """How many people lie where, with a limit drawn. Rows: start, end, people."""
    bars: Draft = {
        "mark": {"type": "rect", "color": GROUP_COLOURS[0], "stroke": "#ffffff", "strokeWidth": 1},
        "encoding": {
            "x": {
                "field": "start",
                "type": "quantitative",
                "scale": {"zero": False, "nice": False},
                "axis": {"title": axis, "grid": False, "labelColor": MUTED, "tickCount": 6},
            },
            "x2": {"field": "end"},
            "y": {
                "field": "people",
                "type": "quantitative",
                "axis": {"title": "People", "labelColor": MUTED, "tickCount": 4, "format": "d", "tickMinStep": 1},
            },
            "y2": {"datum": 0},
        },
    }
    limit: list[Draft] = []
    if mark is not None:
        at = {"data": {"values": [{"limit": mark, "label": mark_label}]}}
        across = {"x": {"field": "limit", "type": "quantitative"}}
        line = {"mark": {"type": "rule", "color": INK, "strokeDash": [5, 3], "strokeWidth": 1.5}, "encoding": across}
        words = {
            "mark": {"type": "text", "align": "left", "dx": 6, "baseline": "top", "y": 0},
            "encoding": {**across, "text": {"field": "label"}},
        }
        limit = [{**at, **line}, {**at, **words}]

    def draw(width: int) -> Spec:
        return whole({"width": width, "height": 180, "layer": [bars, *limit]})

    return draw(560), draw(270)

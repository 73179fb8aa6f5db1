"""The recruitment flow drawn: boxes from top to bottom, and at the side the people who went no further."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from commonground.records.sheet import Column, Record
from commonground.report.figures import Draft, whole
from commonground.report.flow import Flow, Stage
from commonground.report.palette import BAND, INK, MUTED, ZERO, broken
from commonground.report.parts import Figure, Spec
from commonground.report.wording import grouped, listed

_LINE = 18
_PAD = 10
_GAP = 26

Place = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Sizes in pixels, and how many letters fit in a line."""

    width: int
    box: int
    aside: int
    box_letters: int
    aside_letters: int


_WIDE = _Layout(width=760, box=280, aside=430, box_letters=34, aside_letters=56)
_NARROW = _Layout(width=356, box=150, aside=186, box_letters=18, aside_letters=23)


@dataclass(slots=True)
class _Sheet:
    """What has been drawn so far."""

    boxes: list[Place] = field(default_factory=list[Place])
    lines: list[Place] = field(default_factory=list[Place])
    arrows: list[Place] = field(default_factory=list[Place])
    words: list[Place] = field(default_factory=list[Place])

    def box(self, left: float, top: float, width: float, text: Sequence[tuple[str, bool]], *, quiet: bool) -> float:
        """Draw a box around lines of (text, bold); returns its lower edge."""
        bottom = top + len(text) * _LINE + 2 * _PAD
        self.boxes.append({"x": left, "y": top, "x2": left + width, "y2": bottom, "quiet": quiet})
        for number, (words, bold) in enumerate(text):
            baseline = top + _PAD + _LINE * (number + 0.5)
            self.words.append({"x": left + _PAD, "y": baseline, "text": words, "bold": bold})
        return bottom

    def arrow(self, x: float, y: float, x2: float, y2: float) -> None:
        """An arrow to the right or downwards."""
        self.lines.append({"x": x, "y": y, "x2": x2, "y2": y2})
        self.arrows.append({"x": x2, "y": y2, "angle": 90 if y == y2 else 180})


def flow_figure(flow: Flow, *, title: str, subtitle: str) -> Figure:
    """The flow as boxes and arrows."""
    columns = (Column("stage", "Stage"), Column("what", "What happened"), Column("people", "People"))
    rows = tuple(_rows(flow))
    wide, narrow = _drawn(flow, _WIDE), _drawn(flow, _NARROW)
    return Figure("recruitment-flow", title, subtitle, _told(flow), wide, narrow, rows, columns)


def _rows(flow: Flow) -> list[Record]:
    rows: list[Record] = []
    for stage in flow.stages:
        rows.append({"stage": stage.label, "what": "Reached this stage", "people": stage.count})
        rows.extend({"stage": stage.label, "what": why, "people": count} for why, count in stage.left.items())
    last = flow.stages[-1].label
    rows.extend({"stage": last, "what": label, "people": count} for label, count in flow.groups.items())
    return rows


def _told(flow: Flow) -> str:
    steps = "; ".join(f"{stage.label}: {stage.count}" for stage in flow.stages)
    left = "; ".join(f"{why}: {count}" for stage in flow.stages for why, count in stage.left.items())
    groups = listed([f"{count} {label}" for label, count in flow.groups.items()])
    return f"Boxes from top to bottom. {steps}. On the way: {left or 'nobody left'}. By group: {groups}."


def _drawn(flow: Flow, layout: _Layout) -> Spec:
    sheet, middle = _Sheet(), layout.box / 2
    bottom = sheet.box(1, 2, layout.box, _stage_text(flow.stages[0], layout), quiet=False)
    for stage, following in pairwise(flow.stages):
        top = _aside(sheet, stage, bottom, layout)
        sheet.arrow(middle, bottom, middle, top - 2)
        bottom = sheet.box(1, top, layout.box, _stage_text(following, layout), quiet=False)
    lowest = _groups(sheet, flow, bottom, layout) if flow.groups else bottom
    return _spec(sheet, layout.width, lowest + 4)


def _stage_text(stage: Stage, layout: _Layout) -> list[tuple[str, bool]]:
    lines = broken(stage.label, layout.box_letters).split("\n")
    return [(grouped(stage.count), True), *((line, False) for line in lines)]


def _aside(sheet: _Sheet, stage: Stage, bottom: float, layout: _Layout) -> float:
    """The people who stopped here, beside the arrow; returns where the next stage begins."""
    if not stage.left:
        return bottom + _GAP
    text = [
        (line, False)
        for why, count in stage.left.items()
        for line in broken(f"{grouped(count)}  {why}", layout.aside_letters).split("\n")
    ]
    left, top = layout.width - layout.aside - 1, bottom + 8
    end = sheet.box(left, top, layout.aside, text, quiet=True)
    sheet.arrow(layout.box / 2, (top + end) / 2, left - 2, (top + end) / 2)
    return end + 12


def _groups(sheet: _Sheet, flow: Flow, bottom: float, layout: _Layout) -> float:
    """A box a group under the last stage; returns the lowest edge."""
    stacked = layout is _NARROW
    size = layout.width - 2 if stacked else (layout.width - 2 - 12 * (len(flow.groups) - 1)) / len(flow.groups)
    top, left, lowest = bottom + _GAP, 1.0, bottom
    sheet.arrow(layout.box / 2, bottom, layout.box / 2, top - 2)
    for label, count in flow.groups.items():
        lines = broken(label, max(10, int(size / 8))).split("\n")
        text = [(f"{grouped(count)}  {label}", False)] if stacked else [(grouped(count), True)]
        end = sheet.box(left, top, size, text if stacked else [*text, *((line, False) for line in lines)], quiet=False)
        lowest = max(lowest, end)
        top, left = (end + 6, left) if stacked else (top, left + size + 12)
    return lowest


def _spec(sheet: _Sheet, width: float, height: float) -> Spec:
    def at(key: str) -> Draft:
        return {"field": key, "type": "quantitative", "scale": None, "axis": None}

    def drawn(values: list[Place], mark: Draft, **encoding: Draft) -> Draft:
        return {"data": {"values": values}, "mark": mark, "encoding": {"x": at("x"), "y": at("y"), **encoding}}

    ends: dict[str, Draft] = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    quiet = [box for box in sheet.boxes if box["quiet"]]
    loud = [box for box in sheet.boxes if not box["quiet"]]
    plain = [word for word in sheet.words if not word["bold"]]
    bold = [word for word in sheet.words if word["bold"]]
    text: dict[str, Draft] = {"text": {"field": "text"}}
    outline: Draft = {"type": "rect", "fill": "transparent", "stroke": MUTED, "strokeWidth": 1.5, "cornerRadius": 6}
    letters: Draft = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "color": INK}
    layers = [
        drawn(sheet.lines, {"type": "rule", "color": ZERO, "strokeWidth": 1.5}, **ends),
        drawn(
            sheet.arrows,
            {"type": "point", "shape": "triangle", "filled": True, "color": ZERO, "opacity": 1, "size": 70},
            angle={"field": "angle", "type": "quantitative", "scale": None},
        ),
        drawn(quiet, {"type": "rect", "fill": BAND, "cornerRadius": 6}, **ends),
        drawn(loud, outline, **ends),
        drawn(plain, letters, **text),
        drawn(bold, {**letters, "fontWeight": "bold", "fontSize": 15}, **text),
    ]
    return whole({"width": width, "height": height, "layer": layers})

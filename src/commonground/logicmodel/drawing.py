"""Where everything stands in the pictures: plain numbers, so that a page, a print and a test draw the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from textwrap import wrap

from commonground.logicmodel.model import Box, Column, LogicModel
from commonground.logicmodel.stakeholders import Stakeholder, Zone

BOX_WIDTH, COLUMN_STEP = 220, 320
LINE_HEIGHT, PADDING, GAP, TOP = 18, 12, 18, 34
LETTERS_A_LINE = 26
"""Letters that fit into a box at 14 units: narrow enough for the widest ones."""


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box with its text in lines."""

    id: str
    x: int
    y: int
    height: int
    lines: tuple[str, ...]

    @property
    def written(self) -> tuple[tuple[int, str], ...]:
        """Each line with the height at which it is written."""
        first = self.y + PADDING + LINE_HEIGHT - 5
        return tuple((first + LINE_HEIGHT * place, line) for place, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A link as a curve (`path`), with the number of its mechanism and where that is written; 0 where it has none."""

    path: str
    mechanism: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class DrawnModel:
    """A logic model as a picture; mechanisms carry the numbers of their order, from 1."""

    width: int
    height: int
    boxes: tuple[DrawnBox, ...]
    links: tuple[DrawnLink, ...]


def draw_model(model: LogicModel, language: str) -> DrawnModel:
    """Three columns from left to right, each box as high as its text, links from side to side."""
    boxes = [box for at, column in enumerate(Column) for box in _column(model.in_column(column), at, language)]
    places = {box.id: box for box in boxes}
    numbers = {one.id: number for number, one in enumerate(model.mechanisms, start=1)}
    links = tuple(
        _link(places[link.start], places[link.end], numbers.get(link.mechanism or "", 0)) for link in model.links
    )
    height = max((box.y + box.height for box in boxes), default=TOP) + PADDING
    return DrawnModel(2 * COLUMN_STEP + BOX_WIDTH + 2, height, tuple(boxes), links)


def _column(boxes: Sequence[Box], at: int, language: str) -> Iterable[DrawnBox]:
    y = TOP
    for box in boxes:
        lines = tuple(wrap(box.text.in_language(language), LETTERS_A_LINE)) or ("",)
        height = 2 * PADDING + LINE_HEIGHT * len(lines)
        yield DrawnBox(box.id, 1 + COLUMN_STEP * at, y, height, lines)
        y += height + GAP


def _link(start: DrawnBox, end: DrawnBox, mechanism: int) -> DrawnLink:
    """Between neighbours from side to side; within a column around the right side."""
    y1, y2 = start.y + start.height // 2, end.y + end.height // 2
    x1 = start.x + BOX_WIDTH
    if start.x == end.x:
        bend = x1 + 40
        path = f"M {x1} {y1} C {bend} {y1}, {bend} {y2}, {x1} {y2}"
        return DrawnLink(path, mechanism, x1 + 30, (y1 + y2) // 2)
    x2, middle = end.x, (x1 + end.x) // 2
    return DrawnLink(f"M {x1} {y1} C {middle} {y1}, {middle} {y2}, {x2} {y2}", mechanism, middle, (y1 + y2) // 2)


MAP = 640
"""The map is a square of so many units, practice in its middle."""
INNER_EDGE = 150
"""Where the inner setting ends."""
_RADIUS = {
    (Zone.INNER, 1): 60, (Zone.INNER, 2): 92, (Zone.INNER, 3): 125,
    (Zone.OUTER, 1): 185, (Zone.OUTER, 2): 225, (Zone.OUTER, 3): 265,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnStakeholder:
    """A stakeholder's place on the map: `size` grows with power, `number` leads to the table beside it."""

    stakeholder: Stakeholder
    number: int
    x: int
    y: int
    size: int


def draw_map(stakeholders: Sequence[Stakeholder]) -> tuple[DrawnStakeholder, ...]:
    """Practice in the middle, the inner setting around it, the outer around that; nobody lies on anybody.

    The direction says nothing: people are spread evenly in the order of the table.
    """
    step = 2 * pi / max(len(stakeholders), 1)
    return tuple(_placed(one, number, step * (number - 1)) for number, one in enumerate(stakeholders, start=1))


def _placed(one: Stakeholder, number: int, angle: float) -> DrawnStakeholder:
    radius = _RADIUS[one.zone, int(one.distance)]
    x, y = MAP / 2 + radius * sin(angle), MAP / 2 - radius * cos(angle)
    return DrawnStakeholder(one, number, round(x), round(y), 10 + 4 * int(one.power))

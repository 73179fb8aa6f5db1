"""The way of the items as a picture: a box for each stage, and beside each arrow what came and went."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.development.flow import Flow, Stage, StageKind
from commonground.web.items.wording import stage_name

WIDTH, BOX, SIDE, GAP, LINE, PAD = 318, 132, 164, 26, 20, 12
LETTERS = 19
"""So many stand on a line of a box at the side."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in the picture."""

    x: int
    y: int
    text: str
    css: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box and what stands in it."""

    x: int
    y: int
    width: int
    height: int
    css: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line downwards with a head."""

    x: int
    top: int
    bottom: int
    branch: int | None
    """Where a line goes off to the box at the side."""

    @property
    def tip(self) -> int:
        """Where the line ends and the head begins."""
        return self.bottom - 7


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in the picture; sizes in its own units."""

    width: int
    height: int
    side: int
    """Where the boxes at the side begin."""
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def drawn(flow: Flow) -> Drawing:
    """The picture of a flow."""
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    y = 1
    for stage in flow.stages:
        boxes.append(_box(y, _title(stage), _number(stage.before or stage.came), "flow-stage"))
        y += boxes[-1].height
        notes = [line for note in changes(stage) for line in wrap(note, LETTERS)]
        side = _side(y + GAP // 2, notes) if notes else None
        bottom = y + GAP + (side.height if side else 0)
        arrows.append(Arrow(BOX // 2, y, bottom, side.y + side.height // 2 if side else None))
        boxes += [side] if side else []
        y = bottom
    last = flow.stages[-1]
    boxes.append(
        _box(y, _("The list now") if last.is_open else _("The list"), _number(last.after), "flow-stage flow-last")
    )
    return Drawing(WIDTH, y + boxes[-1].height + 1, WIDTH - SIDE, tuple(boxes), tuple(arrows))


def _title(stage: Stage) -> str:
    return stage_name(stage.kind, stage.round)


def _number(items: int) -> str:
    return ngettext("%(n)s item", "%(n)s items", items) % {"n": items}


def _box(y: int, title: str, number: str, css: str) -> Box:
    middle = BOX // 2
    lines = (Line(middle, y + PAD + 13, title, "flow-title"), Line(middle, y + PAD + 13 + LINE, number, "flow-number"))
    return Box(1, y, BOX - 2, 2 * PAD + 2 * LINE, css, lines)


def _side(y: int, notes: list[str]) -> Box:
    x = WIDTH - SIDE
    lines = tuple(Line(x + PAD, y + PAD + 12 + place * LINE, text, "flow-note") for place, text in enumerate(notes))
    return Box(x, y, SIDE - 1, 2 * PAD + LINE * len(notes), "flow-side", lines)


def changes(stage: Stage) -> list[str]:
    """What came and went at a stage, in words."""
    return list(_changes(stage))


def _changes(stage: Stage) -> Iterator[str]:
    if stage.kept:
        yield ngettext("%(n)s kept", "%(n)s kept", stage.kept) % {"n": stage.kept}
    if stage.revised:
        yield ngettext("%(n)s revised", "%(n)s revised", stage.revised) % {"n": stage.revised}
    if stage.removed:
        yield ngettext("%(n)s removed", "%(n)s removed", stage.removed) % {"n": stage.removed}
    if stage.merged:
        yield _("%(n)s merged into %(made)s") % {"n": stage.merged, "made": stage.made_by_merging}
    if stage.split:
        yield _("%(n)s split into %(made)s") % {"n": stage.split, "made": stage.made_by_splitting}
    if stage.added and stage.kind is not StageKind.COLLECTED:
        yield ngettext("%(n)s added", "%(n)s added", stage.added) % {"n": stage.added}

"""A logic model: resources, activities, outcomes, the links between them, and the mechanisms that drive them."""

from enum import StrEnum

from pydantic import Field, model_validator

from commonground.records.questions import Id, Part
from commonground.records.words import Words


class Column(StrEnum):
    """Where a box stands."""

    RESOURCE = "resource"
    ACTIVITY = "activity"
    OUTCOME = "outcome"


class Box(Part):
    """Something a project has, does or hopes for."""

    id: Id = Field(description="stands for the box")
    column: Column = Field(description="resource, activity or outcome")
    text: Words = Field(description="what it is")


class Link(Part):
    """That one box leads to another, never back to the left; `mechanism` says by what."""

    start: Id = Field(description="the box it begins at")
    end: Id = Field(description="the box it leads to")
    mechanism: Id | None = Field(default=None, description="the mechanism expected to drive it")


class Mechanism(Part):
    """Why something is expected to work."""

    id: Id = Field(description="stands for the mechanism")
    name: Words = Field(description="its name")
    assumption: Words = Field(description="what is taken to be true")
    effect: Words | None = Field(default=None, description="what is expected to follow")


class LogicModel(Part):
    """Boxes in three columns, the links between them, and the mechanisms.

    Raises
    ------
    ValueError
        If an id stands twice, a link leads nowhere, or one leads back to the left.
    """

    title: Words = Field(description="its name")
    source: str = Field(default="", description="where it comes from, and whose words it is in")
    boxes: tuple[Box, ...] = Field(default=(), description="in order, column by column")
    links: tuple[Link, ...] = Field(default=(), description="from left to right")
    mechanisms: tuple[Mechanism, ...] = Field(default=(), description="in order")

    @model_validator(mode="after")
    def _holds_together(self) -> "LogicModel":
        ids = [one.id for one in (*self.boxes, *self.mechanisms)]
        if twice := next((one for one in ids if ids.count(one) > 1), ""):
            raise ValueError(f"'{twice}' stands here twice")
        place = {one.id: list(Column).index(one.column) for one in self.boxes}
        mechanisms = {one.id for one in self.mechanisms}
        for link in self.links:
            if missing := next((name for name in (link.start, link.end) if name not in place), ""):
                raise ValueError(f"a link names the box '{missing}', which is not there")
            if link.start == link.end or place[link.start] > place[link.end]:
                raise ValueError(f"the link from '{link.start}' to '{link.end}' does not lead on")
            if link.mechanism is not None and link.mechanism not in mechanisms:
                raise ValueError(f"a link names the mechanism '{link.mechanism}', which is not there")
        return self

    def in_column(self, column: Column) -> tuple[Box, ...]:
        """The boxes of a column, in order."""
        return tuple(one for one in self.boxes if one.column is column)

    def loose_ends(self) -> tuple[str, ...]:
        """Boxes that nothing leads to or from: something to talk about."""
        linked = {name for link in self.links for name in (link.start, link.end)}
        return tuple(one.id for one in self.boxes if one.id not in linked)

    def idle_mechanisms(self) -> tuple[str, ...]:
        """Mechanisms that no link uses."""
        used = {link.mechanism for link in self.links}
        return tuple(one.id for one in self.mechanisms if one.id not in used)

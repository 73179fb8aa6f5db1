"""Modules of a programme held against a framework: where each capability is taught, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from commonground.competencies.framework import Framework
from commonground.records.questions import Id, Part
from commonground.records.words import Words


class Outcome(Part):
    """What learners can do afterwards, in the programme's own words, and the capabilities it serves."""

    text: str = Field(min_length=1, description="the programme's own wording")
    capabilities: tuple[Id, ...] = Field(default=(), description="what it serves")


class Variant(Part):
    """How a module differs in one place."""

    place: str = Field(min_length=1, description="country, school or cohort")
    change: str = Field(min_length=1, description="what is different there, and why")


class Module(Part):
    """A module of a programme."""

    id: Id = Field(description="stands for the module in tables")
    title: Words = Field(description="its name")
    level: int = Field(ge=1, le=8, description="in the European Qualifications Framework: 7 master’s, 8 doctorate")
    outcomes: tuple[Outcome, ...] = Field(default=(), description="what learners can do afterwards")
    activities: tuple[Id, ...] = Field(default=(), description="ways of learning, from the library or your own")
    assessment: str = Field(default="", description="how it is assessed")
    staff: str = Field(default="", description="who teaches and supports")
    variants: tuple[Variant, ...] = Field(default=(), description="local differences")


class Programme(Part):
    """Modules with who gets in, where it bends, and what carries people through."""

    title: Words = Field(description="its name")
    modules: tuple[Module, ...] = Field(default=(), description="in order")
    entry: tuple[str, ...] = Field(default=(), description="evidence asked for at entry")
    flexibility: tuple[str, ...] = Field(default=(), description="points at which a student’s programme may change")
    support: tuple[str, ...] = Field(default=(), description="what helps people persevere")


class Taught(StrEnum):
    """How a capability stands in a programme."""

    HOLE = "hole"
    FITS = "fits"
    OVERLOAD = "overload"


@dataclass(frozen=True, slots=True)
class TaughtRow:
    """A capability's row of the matrix: outcomes per module, in the modules' order."""

    capability: str
    outcomes: tuple[int, ...]
    taught: Taught


OVERLOAD = 4
"""Modules that teach one capability; more look like saying the same again. A sign to talk about, no rule."""


def matrix(framework: Framework, modules: Iterable[Module], *, most: int = OVERLOAD) -> tuple[TaughtRow, ...]:
    """Which module serves which capability, with holes and overloads.

    Parameters
    ----------
    framework : Framework
    modules : iterable of Module
    most : int
        In more modules than this a capability counts as an overload.
    """
    taught = list(modules)
    return tuple(_row(one.id, taught, most) for one in framework.capabilities)


def _row(capability: str, modules: list[Module], most: int) -> TaughtRow:
    counts = tuple(sum(capability in one.capabilities for one in module.outcomes) for module in modules)
    served = sum(count > 0 for count in counts)
    taught = Taught.HOLE if served == 0 else Taught.OVERLOAD if served > most else Taught.FITS
    return TaughtRow(capability, counts, taught)


def strangers(framework: Framework, modules: Iterable[Module]) -> tuple[tuple[str, str], ...]:
    """Module and capability, where an outcome names a capability that the framework does not have."""
    known = {one.id for one in framework.capabilities}
    return tuple(
        (module.id, name)
        for module in modules
        for outcome in module.outcomes
        for name in outcome.capabilities
        if name not in known
    )

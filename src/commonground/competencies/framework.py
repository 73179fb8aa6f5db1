"""A framework of capabilities as data: its areas, domains, tiers, and where its words come from."""

from datetime import date
from enum import StrEnum

from pydantic import Field, model_validator

from commonground.records.questions import Id, Part
from commonground.records.words import Words


class Shelf(StrEnum):
    """How a framework comes here."""

    BUILT_IN = "built_in"
    """Shipped, in words its licence allows or in our own."""
    OWN = "own"
    """Brought by a user, whose licence covers it; its words never leave the workspace."""
    LINK = "link"
    """Named and linked, and no more."""


class Tier(StrEnum):
    """How far a capability reaches; "common" is another word for general in the source."""

    CORE = "core"
    GENERAL = "general"
    SPECIFIC = "specific"


class Source(Part):
    """Where a framework comes from, and what its licence allows."""

    citation: str = Field(min_length=1, description="where to find it")
    url: str = Field(default="", description="where it can be read")
    licence: str = Field(min_length=1, description="the licence's name, or what is known of it")
    licence_url: str = Field(default="", description="the licence's text")
    checked_on: date | None = Field(default=None, description="when somebody last read the licence at its source")
    attribution: str = Field(default="", description="the sentence the licence asks for")
    words: str = Field(min_length=1, description="whose words the descriptions are")


class Area(Part):
    """A part of a framework, such as knowledge. In a `reflective` one people reflect and rate nothing."""

    id: Id = Field(description="stands for the area")
    label: Words = Field(description="its name")
    reflective: bool = Field(default=False, description="no levels: three questions to think about instead")


class Domain(Part):
    """Something capabilities serve; one capability may serve several."""

    id: Id = Field(description="stands for the domain")
    label: Words = Field(description="its name")
    also_called: Words | None = Field(default=None, description="another name for the same")


class Capability(Part):
    """Something a partnership has to know, do or be."""

    id: Id = Field(description="stands for the capability in every table")
    name: Words = Field(description="its name")
    description: Words = Field(description="what it means, in plain words")
    relevance: Words | None = Field(default=None, description="why working together needs it")
    area: Id = Field(description="the area it belongs to")
    domains: tuple[Id, ...] = Field(default=(), description="the domains it serves; counted once in any total")
    tier: Tier = Field(default=Tier.GENERAL, description="core, general or specific")
    descriptors: tuple[Words, ...] = Field(default=(), description="finer things that belong to it")
    prompts: tuple[Words, ...] = Field(default=(), description="questions to think about, in a reflective area")
    lived_experience: bool = Field(default=False, description="having lived it counts as evidence of its own")


class Framework(Part):
    """Capabilities in areas, with where they come from.

    Raises
    ------
    ValueError
        If an id stands twice, or a capability names an area or a domain that is not there.
    """

    id: Id = Field(description="stands for the framework")
    title: Words = Field(description="its name")
    shelf: Shelf = Field(description="built in, brought by a user, or a link")
    source: Source = Field(description="where it comes from")
    areas: tuple[Area, ...] = Field(min_length=1, description="its parts, in order")
    domains: tuple[Domain, ...] = Field(default=(), description="what capabilities serve")
    capabilities: tuple[Capability, ...] = Field(min_length=1, description="in the order shown")

    @model_validator(mode="after")
    def _holds_together(self) -> "Framework":
        for kind, ids in (
            ("area", [one.id for one in self.areas]),
            ("domain", [one.id for one in self.domains]),
            ("capability", [one.id for one in self.capabilities]),
        ):
            twice = next((one for one in ids if ids.count(one) > 1), "")
            if twice:
                raise ValueError(f"the {kind} '{twice}' stands here twice")
        areas, domains = {one.id for one in self.areas}, {one.id for one in self.domains}
        for one in self.capabilities:
            if one.area not in areas:
                raise ValueError(f"'{one.id}' belongs to the area '{one.area}', which is not there")
            if strange := set(one.domains) - domains:
                raise ValueError(f"'{one.id}' serves the domain '{min(strange)}', which is not there")
        return self

    def capability(self, name: str) -> Capability:
        """The capability with this id.

        Raises
        ------
        KeyError
            If there is none.
        """
        return {one.id: one for one in self.capabilities}[name]

    def in_area(self, area: str) -> tuple[Capability, ...]:
        """The capabilities of an area, in the framework's order."""
        return tuple(one for one in self.capabilities if one.area == area)

    def rated(self) -> tuple[Capability, ...]:
        """The capabilities people may set levels for: those outside reflective areas."""
        reflective = {one.id for one in self.areas if one.reflective}
        return tuple(one for one in self.capabilities if one.area not in reflective)

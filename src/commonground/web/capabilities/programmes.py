"""Small changes of a programme: each gives a whole, valid programme."""

from collections.abc import Sequence

from commonground.competencies.curriculum import Module, Outcome, Programme, Variant
from commonground.records.slugs import slug, unused
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.capabilities.models import Profile, ProgrammeDocument


def programme_of(profile: Profile) -> Programme:
    """The programme held against this framework; an empty one before anything was written."""
    kept = ProgrammeDocument.objects.filter(profile=profile).first()
    return kept.record() if kept else Programme(title=Words({EVERY_LANGUAGE: profile.partnership.name}))


def keep(profile: Profile, programme: Programme) -> None:
    """Keep the programme as it is now."""
    ProgrammeDocument.objects.update_or_create(
        profile=profile, defaults={"document": programme.model_dump(mode="json", exclude_defaults=True)}
    )


def with_module(programme: Programme, module: Module) -> Programme:
    """A module more, or another state of the one with its id, at its place."""
    if all(one.id != module.id for one in programme.modules):
        return programme.model_copy(update={"modules": (*programme.modules, module)})
    modules = tuple(module if one.id == module.id else one for one in programme.modules)
    return programme.model_copy(update={"modules": modules})


def without_module(programme: Programme, name: str) -> Programme:
    """The programme without a module."""
    return programme.model_copy(update={"modules": tuple(one for one in programme.modules if one.id != name)})


def with_outcome(module: Module, text: str, capabilities: Sequence[str]) -> Module:
    """The module with one outcome more."""
    outcome = Outcome(text=text, capabilities=tuple(capabilities))
    return module.model_copy(update={"outcomes": (*module.outcomes, outcome)})


def without_outcome(module: Module, place: int) -> Module:
    """The module without the outcome at this place, from 0."""
    outcomes = tuple(one for at, one in enumerate(module.outcomes) if at != place)
    return module.model_copy(update={"outcomes": outcomes})


def new_module_id(programme: Programme, title: str) -> str:
    """An id made of a title."""
    return unused(slug(title, otherwise="m", longest=32), {one.id for one in programme.modules})


def read_variants(text: str) -> tuple[Variant, ...]:
    """Lines of "place: what is different" as variants; a line without a colon is a place alone.

    Examples
    --------
    >>> [(one.place, one.change) for one in read_variants("Norway: in spring")]
    [('Norway', 'in spring')]
    """
    parts = (line.partition(":") for line in text.splitlines() if line.strip(" :"))
    return tuple(Variant(place=place.strip(), change=change.strip() or "–") for place, _colon, change in parts)


def as_lines(variants: Sequence[Variant]) -> str:
    """Variants as the lines they are read from."""
    return "\n".join(f"{one.place}: {one.change}" for one in variants)

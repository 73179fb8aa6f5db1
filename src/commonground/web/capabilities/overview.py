"""What the overview says of a partnership's capabilities, put together once for page and table."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonground.competencies.coverage import Coverage, coverage
from commonground.competencies.crosswalk import suggested
from commonground.competencies.framework import Area, Capability, Domain
from commonground.competencies.gaps import Gap, gaps
from commonground.competencies.profile import views_apart
from commonground.partnership.standing import Standing
from commonground.web.capabilities.actions import holdings_of, needs_of
from commonground.web.capabilities.models import Level4, Profile
from commonground.web.partnerships.publishing import publication_of

FEWEST = 4
"""So many people must have said something before any count is shown: whoever looks can take away their own."""
DOT = 14
"""Units of the picture a dot takes."""
TALKED_ABOUT = (Standing.SHARED_PRIORITY, Standing.SPLIT)


@dataclass(frozen=True, slots=True)
class Row:
    """One capability with its coverage, and what holds people back from it."""

    capability: Capability
    coverage: Coverage
    held_back: str
    is_suggested: bool
    dots: tuple["Dot", ...]

    @property
    def width(self) -> int:
        """How wide the picture of the dots is."""
        return DOT * max(len(self.dots), 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """One person among those who said something, at no place of their own: those who can come first."""

    x: int
    kind: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page says."""

    rows: tuple[Row, ...]
    areas: tuple[tuple[Area, tuple[Row, ...]], ...]
    reflective: tuple[Area, ...]
    gaps: tuple[tuple[Capability, Gap], ...]
    apart: tuple[tuple[Capability, Mapping[str, str]], ...]
    domains: tuple[tuple[Domain, tuple[Capability, ...]], ...]
    said: int
    asked: int

    @property
    def is_shown(self) -> bool:
        """Whether enough people have said something."""
        return self.said >= FEWEST


def overview_of(profile: Profile) -> Overview:
    """Put the overview together. Where too few have said something, it is as if nobody had."""
    framework, needs = profile.framework, needs_of(profile)
    said = profile.self_views.exclude(level=None).values("code_hash").distinct().count()
    holdings = holdings_of(profile) if said >= FEWEST else ()
    people = tuple(sorted({one.person for one in holdings}))
    covered = coverage(framework, needs, holdings, people)
    held = {one.capability: one.why for one in profile.held_back.all()}
    worth_a_look = set(suggested(_talked_about(profile)))
    rows = tuple(
        Row(
            framework.capability(one.capability),
            one,
            held.get(one.capability, ""),
            one.capability in worth_a_look,
            _dots(one, len(people)),
        )
        for one in covered
    )
    return Overview(
        rows=rows,
        areas=tuple(
            (area, tuple(row for row in rows if row.capability.area == area.id))
            for area in framework.areas
            if not area.reflective
        ),
        reflective=tuple(area for area in framework.areas if area.reflective),
        gaps=tuple((framework.capability(one.capability), one) for one in gaps(covered, held)),
        apart=tuple(
            (framework.capability(name), {who: str(Level4(level).label) for who, level in views.items()})
            for name, views in views_apart(needs).items()
            if name in {one.id for one in framework.capabilities}
        ),
        domains=tuple(
            (domain, tuple(one for one in framework.capabilities if domain.id in one.domains))
            for domain in framework.domains
        ),
        said=said,
        asked=profile.partnership.partners.count(),
    )


def _talked_about(profile: Profile) -> list[str]:
    """Items that the partnership's results call shared or split."""
    one = profile.partnership.round
    publication = publication_of(one) if one else None
    return [told.item for told in publication.standing_at(*TALKED_ABOUT)] if publication else []


def _dots(one: Coverage, people: int) -> tuple[Dot, ...]:
    return tuple(Dot(DOT * place + DOT // 2, "able" if place < one.able else "other") for place in range(people))

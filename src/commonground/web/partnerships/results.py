"""What the results page says, out of a publication: what we share, where we differ, what is worth asking."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from commonground.files.guard import guarded
from commonground.partnership.own import Band
from commonground.partnership.publication import ItemPicture, Publication, Status
from commonground.partnership.standing import Standing
from commonground.records.study import Item
from commonground.web.partnerships.models import Round
from commonground.web.partnerships.publishing import publication_of


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the page: what is said of it, and what people chose to show."""

    item: Item
    picture: ItemPicture
    named: tuple[tuple[str, Band], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The page: one publication, its items with their words."""

    publication: Publication
    shared: tuple[Line, ...]
    low: tuple[Line, ...]
    split: tuple[Line, ...]
    mixed: tuple[Line, ...]
    untold: tuple[Line, ...]

    @property
    def is_shown(self) -> bool:
        """Whether there is a picture of the team at all."""
        return self.publication.status is Status.PUBLISHED


def results_of(one: Round) -> Results | None:
    """The results of a round; None before they are open."""
    publication = publication_of(one)
    if publication is None:
        return None
    names = {str(voice.pk): voice.shown_name for voice in one.voices.exclude(shown_name="")}
    return laid_out(publication, one.records(), names)


def laid_out(publication: Publication, records: Iterable[Item], names: Mapping[str, str]) -> Results:
    """A publication in the order of the page; `names` are those of people who share under theirs."""
    items = {item.id: item for item in records}
    lines = [
        Line(
            items[told.item],
            told,
            tuple((names[share.person], share.band) for share in told.named if share.person in names),
        )
        for told in publication.items
    ]

    def at(standing: Standing) -> tuple[Line, ...]:
        return tuple(line for line in lines if line.picture.standing is standing)

    return Results(
        publication,
        shared=at(Standing.SHARED_PRIORITY),
        low=at(Standing.SHARED_LOW),
        split=at(Standing.SPLIT),
        mixed=at(Standing.MIXED),
        untold=at(Standing.CANT_TELL),
    )


def as_table(results: Results) -> str:
    """What the page says, one row a thing, as CSV; what people shared stands with the name they gave or without."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(["item", "label", "standing", "shared_by_name", "shared_without_name"])
    for line in (*results.shared, *results.low, *results.split, *results.mixed, *results.untold):
        named = "; ".join(f"{name}: {band.value}" for name, band in line.named)
        unnamed = "; ".join(band.value for band in line.picture.unnamed)
        cells = (line.item.id, str(line.item.label), line.picture.standing.value, named, unnamed)
        rows.writerow([guarded(cell) for cell in cells])
    return written.getvalue()

"""The parts a report is made of: plain records that any publisher can turn into a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from commonground.records.provenance import Provenance
from commonground.records.sheet import Column, Record

Spec = Mapping[str, object]
"""A Vega-Lite specification without its data; the rows are put in under the name `rows`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: values, how deep it is indented, and whether it only announces the rows below it."""

    cells: Record
    indent: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers side by side; the first column names the row.

    Parameters
    ----------
    id : str
        Unique in the document; also the name of the CSV file.
    caption : str
    columns : tuple of Column
    rows : tuple of Row
    notes : tuple of str
        What a reader must know to read it, printed below.
    records : tuple of Record
        What goes into the CSV where that should hold more than is shown; empty takes the rows.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def data(self) -> tuple[Record, ...]:
        """The rows of the CSV."""
        return self.records or tuple(row.cells for row in self.rows if not row.heading)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with everything that must stand beside it.

    Parameters
    ----------
    id : str
        Unique in the document; also the name of the SVG and the CSV file.
    title : str
        The message, in a sentence.
    subtitle : str
        What is drawn, and the number of people.
    alt : str
        What somebody who cannot see the picture should know.
    spec : mapping
        Vega-Lite, for a desk.
    narrow : mapping
        Vega-Lite, for a phone.
    rows : tuple of Record
        The data drawn.
    columns : tuple of Column
        How the data are shown as a table beside the picture.
    notes : tuple of str
    """

    id: str
    title: str
    subtitle: str
    alt: str
    spec: Spec
    narrow: Spec
    rows: tuple[Record, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must not miss, with a short heading."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences in a list."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines to type into a terminal."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, such as hashes and seeds."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; sections may nest."""

    id: str
    title: str
    blocks: "tuple[Block, ...]"


Block = Paragraph | Note | Bullets | Commands | Facts | Table | Figure | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Parameters
    ----------
    title, subtitle : str
    kind : str
        What sort of data it rests on, where a reader must know: "Simulated data", "Published counts"; else empty.
    locked_on : str
        ISO date of the data lock: what the report is dated by.
    provenance : Provenance
    sections : tuple of Section
    language : str
        Language tag of the text.

    Examples
    --------
    >>> about = Section("about", "About", (Paragraph("Three people answered."),))
    >>> document = Document("Report", "", "", "2026-01-31", Provenance("1.0"), (about,))
    >>> [block.text for block in document.blocks() if isinstance(block, Paragraph)]
    ['Three people answered.']
    """

    title: str
    subtitle: str
    kind: str
    locked_on: str
    provenance: Provenance
    sections: tuple[Section, ...] = field(default_factory=tuple)
    language: str = "en"

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, sections before what they hold."""
        for section in self.sections:
            yield from _walk(section)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure in reading order."""
        return tuple(block for block in self.blocks() if isinstance(block, Figure))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table in reading order."""
        return tuple(block for block in self.blocks() if isinstance(block, Table))


def _walk(section: Section) -> Iterator[Block]:
    yield section
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _walk(block)
        else:
            yield block

"""The report as one HTML file that needs nothing beside it; its figures and numbers also as files."""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup

from commonground.publish import svg
from commonground.publish.records_csv import csv_text
from commonground.records.sheet import Column
from commonground.records.typography import shown
from commonground.report.parts import Document, Row

_MARK = ".commonground-report"
_WORDY = re.compile(r"[^\W\d_]{3}")
"""A text with a word in it, not a number with its signs."""


_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})")
"""A slash at which a line may break."""


def write_report(document: Document, folder: Path) -> Path:
    """Write a report into a folder: `report.html`, `figures/*.svg`, `data/*.csv`.

    The same document gives the same bytes. Files of an earlier report are replaced; others are left alone.

    Returns
    -------
    Path
        Of the HTML file.

    Raises
    ------
    FileExistsError
        If a file that would be written is there already and did not come from an earlier report.
    """
    wanted = _contents(document)
    refuse_to_overwrite(folder, set(wanted))
    for name in _earlier(folder) - set(wanted):
        (folder / name).unlink(missing_ok=True)
    for name, text in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (folder / _MARK).write_text("".join(f"{name}\n" for name in sorted(wanted)), encoding="utf-8", newline="\n")
    return folder / "report.html"


def _contents(document: Document) -> dict[str, str]:
    """Every file of a report: its name in the folder and its text."""
    wanted = {"report.html": render(document)}
    for figure in document.figures:
        wanted[f"figures/{figure.id}.svg"] = svg.standalone(figure)
        wanted[f"data/{figure.id}.csv"] = csv_text(figure.rows)
    for table in document.tables:
        wanted[f"data/{table.id}.csv"] = csv_text(table.data)
    return wanted


def _earlier(folder: Path) -> set[str]:
    """What an earlier report wrote here."""
    mark = folder / _MARK
    return set(mark.read_text(encoding="utf-8").split("\n")) - {""} if mark.is_file() else set()


def refuse_to_overwrite(folder: Path, wanted: AbstractSet[str] = frozenset({"report.html"})) -> None:
    """Stop before files are overwritten that no earlier report wrote.

    Raises
    ------
    FileExistsError
        Naming the first of them.
    """
    foreign = sorted(name for name in wanted - _earlier(folder) if (folder / name).exists())
    if foreign:
        raise FileExistsError(17, "is there already and is not from an earlier report", str(folder / foreign[0]))


def render(document: Document) -> str:
    """A report as one HTML page: style and figures inside, no script, no request to anywhere."""
    figures = {figure.id: number for number, figure in enumerate(document.figures, start=1)}
    numbers = figures | {table.id: number for number, table in enumerate(document.tables, start=1)}
    template = _environment().get_template("report.html.jinja")
    return template.render(document=document, numbers=numbers, style=Markup(style())) + "\n"  # noqa: S704 – our own file


@cache
def style() -> str:
    """The style sheet inside the page."""
    return files("commonground.publish").joinpath("templates", "report.css").read_text(encoding="utf-8")


def style_source() -> str:
    """The page's style as a source for a content security policy: `'sha256-…'`."""
    digest = hashlib.sha256(style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("commonground.publish", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {
        "shown": lambda value, column: shown(value, column.digits, signed=column.signed),
        "breakable": lambda text: Markup("/<wbr>").join(_BETWEEN_WORDS.split(text)),
        "wordy": _wordy,
        "kind": lambda part: type(part).__name__,
        "in_groups": lambda rows: list(_in_groups(rows)),
        "as_rows": lambda records: [Row(record) for record in records],
        "drawing": lambda figure, narrow: Markup(svg.inline(figure, narrow=narrow)),  # noqa: S704 – drawn and escaped there
        "svg_link": lambda figure: _data_link(svg.standalone(figure), "image/svg+xml"),
        "csv_link": lambda records: _data_link(csv_text(records), "text/csv"),
    }
    return environment


def _wordy(column: Column, rows: Sequence[Row]) -> bool:
    """Whether a column holds words, which stand to the left, or numbers, which stand to the right."""
    values = [row.cells.get(column.key) for row in rows if not row.heading]
    texts = [value for value in values if isinstance(value, str) and _WORDY.search(value)]
    return 2 * len(texts) > len(values)


def _in_groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows in table bodies: a heading begins a new one."""
    group: list[Row] = []
    for row in rows:
        if row.heading and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _data_link(text: str, kind: str) -> str:
    """A file as an address, so that the page carries it along."""
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"

"""Tables of texts as lines for a terminal and as HTML for a notebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from textwrap import fill

LINE = 100
"""Letters in a line of prose around a table."""

_STYLE = "text-align:left"
_NUMBER_STYLE = "text-align:right;font-variant-numeric:tabular-nums"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as texts.

    Parameters
    ----------
    caption : str
    headings : tuple of str
    lines : tuple of tuple of str
        One text a heading.
    words : tuple of bool
        Which columns hold words, and so stand to the left; numbers stand to the right.
    notes : tuple of str
    """

    caption: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    words: tuple[bool, ...]
    notes: tuple[str, ...] = ()

    @property
    def grouped(self) -> bool:
        """Whether the first column says to which group the second, words as well, belongs."""
        return self.words[:2] == (True, True)


def as_text(grid: Grid) -> str:
    """A table as lines of text: caption, headings, rows, notes. A group's name is said once.

    Examples
    --------
    >>> lines = (("A", "goal", "1.3"), ("A", "trust", "−0.5"))
    >>> print(as_text(Grid("Means", ("group", "item", "mean"), lines, (True, True, False), ("Of two people.",))))
    Means
    group  item   mean
    ──────────────────
    A      goal    1.3
           trust  −0.5
    Of two people.
    """
    widths = [max(map(len, column)) for column in zip(grid.headings, *grid.lines, strict=True)]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    heading, *lines = [
        "  ".join(
            text.ljust(width) if words else text.rjust(width)
            for text, width, words in zip(line, widths, grid.words, strict=True)
        ).rstrip()
        for line in (grid.headings, *_said_once(grid))
    ]
    notes = [fill(note, LINE, break_long_words=False) for note in grid.notes]
    return "\n".join([fill(grid.caption, LINE), heading, rule, *lines, *notes])


def as_html(grid: Grid) -> str:
    """A table as HTML that a screen reader can walk: a caption, and headings that say what they head.

    Examples
    --------
    >>> as_html(Grid("Means", ("item", "mean"), (("<b>", "1.3"),), (True, False))).count("scope=")
    3
    """
    headings = "".join(
        f'<th scope="col" style="{_style(words)}">{escape(heading)}</th>'
        for heading, words in zip(grid.headings, grid.words, strict=True)
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in grid.notes)
    return (
        f'<table><caption style="{_STYLE};font-weight:bold">{escape(grid.caption)}</caption>'
        f"<thead><tr>{headings}</tr></thead>{''.join(_bodies(grid))}</table>{notes}"
    )


def _said_once(grid: Grid) -> Iterator[tuple[str, ...]]:
    above = None
    for first, *rest in grid.lines:
        yield ("" if grid.grouped and first == above else first, *rest)
        above = first


def _style(words: bool) -> str:
    return _STYLE if words else _NUMBER_STYLE


def _bodies(grid: Grid) -> Iterator[str]:
    """One body, or one a group, whose name heads all its rows."""
    if not grid.grouped:
        yield f"<tbody>{''.join(f'<tr>{_row(line, grid.words)}</tr>' for line in grid.lines)}</tbody>"
        return
    for name, same in groupby(grid.lines, key=lambda line: line[0]):
        rows = [_row(line[1:], grid.words[1:]) for line in same]
        style = f"{_STYLE};vertical-align:top"
        head = f'<th scope="rowgroup" rowspan="{len(rows)}" style="{style}">{escape(name)}</th>'
        yield f"<tbody><tr>{head}{'</tr><tr>'.join(rows)}</tr></tbody>"


def _row(line: tuple[str, ...], words: tuple[bool, ...]) -> str:
    head = f'<th scope="row" style="{_style(words[0])};font-weight:normal">{escape(line[0])}</th>'
    cells = (f'<td style="{_style(word)}">{escape(text)}</td>' for text, word in zip(line[1:], words[1:], strict=True))
    return head + "".join(cells)

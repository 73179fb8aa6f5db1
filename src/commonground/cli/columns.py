"""Tables and numbers as commands print them: narrow enough for a terminal of 80 characters."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table


def narrow_table(title: str, caption: str = "") -> "Table":
    """An empty table with a left-hand title, a caption below and one space between columns."""
    from rich import box
    from rich.table import Table

    return Table(
        title=title,
        caption=caption or None,
        box=box.HORIZONTALS,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        title_justify="left",
        caption_justify="left",
        title_style="bold",
        caption_style="dim",
    )


def number(value: float | None, digits: int) -> str:
    """A number half rounded up, with a true minus sign; a dash where there is none.

    Examples
    --------
    >>> number(-0.125, 2), number(62.5, 0), number(None, 2)
    ('−0.13', '63', '–')
    """
    from commonground.records.rounding import half_up

    return "–" if value is None else str(half_up(value, digits)).replace("-", "−")


def counted(value: float | None) -> str:
    """A count as it is: whole, or with the fraction that weights or a printed constant left.

    Examples
    --------
    >>> counted(12), counted(-3), counted(79.1), counted(None)
    ('12', '−3', '79.1', '–')
    """
    return "–" if value is None else f"{value:,.10g}".replace(",", "").replace("-", "−")


def people(number: int) -> str:
    """So many respondents, as a heading says it.

    Examples
    --------
    >>> people(1), people(127)
    ('1 respondent', '127 respondents')
    """
    return f"{number} respondent{'' if number == 1 else 's'}"


def span(bounds: tuple[int, int] | None) -> str:
    """Two whole numbers as a range.

    Examples
    --------
    >>> span((2, 5)), span((3, 3)), span(None)
    ('2–5', '3', '–')
    """
    if bounds is None:
        return "–"
    low, high = bounds
    return str(low) if low == high else f"{low}–{high}"

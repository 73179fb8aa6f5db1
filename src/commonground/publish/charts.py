"""Figures as Altair charts, for notebooks: with their title above them and their text alternative kept."""

from io import TextIOBase
from pathlib import Path
from textwrap import wrap
from typing import Any

import altair as alt

from commonground.publish.svg import draw, filled, named
from commonground.report.palette import INK, MUTED, config
from commonground.report.parts import Figure

_TITLE_WIDTH, _SUBTITLE_WIDTH = 72, 96
"""Letters in a line above a chart."""
_TITLE = {
    "anchor": "start",
    "frame": "bounds",
    "fontSize": 17,
    "color": INK,
    "subtitleFontSize": 13,
    "subtitleColor": MUTED,
    "subtitlePadding": 6,
    "lineHeight": 22,
    "subtitleLineHeight": 18,
    "offset": 16,
}


class _Described:
    """Makes `save` keep the text alternative, which Altair leaves out of SVG files."""

    def save(self, fp: Any, format: str | None = None, **settings: Any) -> None:  # noqa: A002 – Altair's own name
        """Write the chart; the ending says how: svg, png, pdf, html, json."""
        if format == "svg" or (format is None and str(fp).endswith(".svg")):
            text = _as_svg(self.to_dict())  # type: ignore[attr-defined]  # of the chart it is mixed into
            _write(text, fp)
        else:
            super().save(fp, format, **settings)  # type: ignore[misc]  # as above


def chart(figure: Figure) -> alt.TopLevelMixin:
    """A figure as an Altair chart that stands alone: with its title, on white, and with its text alternative.

    Raises
    ------
    jsonschema.ValidationError
        If the specification is not valid Vega-Lite.
    """
    words = {
        "text": wrap(figure.title, _TITLE_WIDTH),
        "subtitle": [line for text in (figure.subtitle, *figure.notes) for line in wrap(text, _SUBTITLE_WIDTH)],
    }
    made = alt.Chart.from_dict(
        {
            **filled(figure, figure.spec),
            "title": words,
            "description": figure.alt,
            "config": {**config(), "background": "#ffffff", "title": _TITLE, "padding": 16},
        }
    )
    kind = type(made)  # of a layered, faceted or joined chart; an assignment would become a field of the chart
    object.__setattr__(made, "__class__", type(kind.__name__, (_Described, kind), {}))
    return made


def _as_svg(spec: dict[str, Any]) -> str:
    title = spec.get("title", "")
    lines = title.get("text", "") if isinstance(title, dict) else title
    words = " ".join(lines) if isinstance(lines, list) else str(lines)
    return named(draw(spec), words, str(spec.get("description", "")), "chart") + "\n"


def _write(text: str, place: Any) -> None:
    if isinstance(place, TextIOBase):
        place.write(text)
    else:
        Path(place).write_text(text, encoding="utf-8", newline="\n")

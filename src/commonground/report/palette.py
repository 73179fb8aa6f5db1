"""Colours, shapes and the look all figures share.

The colours of groups are those of Okabe and Ito, chosen to stay apart for people who see colours differently;
a shape and a label always say the same as the colour. The page knows these exact values and exchanges them in the dark.
"""

from textwrap import wrap

INK = "#1b1f24"
MUTED = "#59626d"
LINE = "#dfe3e8"
ZERO = "#7d8792"
BAND = "#eef1f4"

GROUP_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
GROUP_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
"""Fonts of equal widths, so that a text drawn on one machine fits on another."""


def broken(text: str, width: int) -> str:
    r"""A label broken into lines of about `width` characters, for the axes of figures; a long word breaks at a slash.

    Examples
    --------
    >>> broken("Access to a network", 12), broken("Patients/caregivers", 12)
    ('Access to a\nnetwork', 'Patients/\ncaregivers')
    """
    long_word = any(len(word) > width for word in text.split())
    parts = text.replace("/", "/ ") if long_word else text
    lines = (wrap(line, width, break_long_words=False) or [""] for line in parts.splitlines())
    whole = "\n".join(piece for line in lines for piece in line)
    return whole.replace("/ ", "/") if long_word else whole


def colours(count: int) -> list[str]:
    """A colour a group, starting again after the sixth."""
    return [GROUP_COLOURS[place % len(GROUP_COLOURS)] for place in range(count)]


def shapes(count: int) -> list[str]:
    """A shape a group; after the sixth the shapes start again one further, so colour and shape still part."""
    size = len(GROUP_SHAPES)
    return [GROUP_SHAPES[(place + place // size) % size] for place in range(count)]


def config() -> dict[str, object]:
    """The Vega-Lite configuration of every figure."""
    text = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal"}
    axis = {
        **text,
        "labelColor": INK,
        "titleColor": MUTED,
        "domain": False,
        "ticks": False,
        "gridColor": LINE,
        "labelPadding": 6,
        "titlePadding": 10,
        "labelLimit": 0,
        "labelLineHeight": 15,
    }
    header = {**text, "labelColor": INK, "titleColor": MUTED, "labelFontWeight": "bold", "labelLineHeight": 16}
    legend = {**text, "labelColor": INK, "titleColor": MUTED, "orient": "top", "symbolSize": 90, "labelLimit": 0}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "header": header,
        "legend": legend,
        "text": {"fontSize": 12, "color": INK},
        "padding": 4,
    }

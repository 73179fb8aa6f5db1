"""Figures as SVG: drawn from their specification, named for a screen reader, fit to stand beside others in one page."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from commonground.report.parts import Figure, Spec

VEGA_LITE = "6.4"
"""The version drawn with; named, so that a newer library does not change a figure unseen."""

_INNER_ARIA = re.compile(r' (?:role|aria-[a-z]+|pointer-events)="[^"]*"')
_OPENING = re.compile(r"<svg [^>]*>")


def filled(figure: Figure, spec: Spec) -> dict[str, object]:
    """A specification with its data put in, as plain values of its own."""
    whole = {**spec, "datasets": {"rows": [dict(row) for row in figure.rows]}}
    done: dict[str, object] = json.loads(json.dumps(whole, default=_plain))
    return done


def _plain(value: object) -> object:
    """Mappings and decimals as JSON knows them."""
    return dict(value) if isinstance(value, Mapping) else float(str(value))


def inline(figure: Figure, *, narrow: bool = False) -> str:
    """A figure as SVG to stand in a page: scalable, transparent, with ids that no other figure has.

    Returns
    -------
    str
        An `svg` element with `role="img"`, a title and a description.
    """
    name = f"{figure.id}-{'narrow' if narrow else 'wide'}"
    drawn = draw(filled(figure, figure.narrow if narrow else figure.spec))
    return named(_own_ids(drawn, name), figure.title, figure.alt, name)


def standalone(figure: Figure) -> str:
    """A figure as an SVG file of its own, on white."""
    svg = named(_own_ids(draw(filled(figure, figure.spec)), figure.id), figure.title, figure.alt, figure.id)
    return re.sub(r"(</desc>)", r'\1<rect width="100%" height="100%" fill="#ffffff"/>', svg, count=1) + "\n"


def draw(spec: Mapping[str, object]) -> str:
    """A whole specification as SVG, without the names the drawing engine gives its parts."""
    return _drawn(json.dumps(spec))


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    """Drawn once, though a page shows a figure, offers it, and stores it."""
    import vl_convert  # noqa: PLC0415 – starts a drawing engine, which pages without figures can do without

    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    return _INNER_ARIA.sub("", svg)


def _own_ids(svg: str, name: str) -> str:
    """Prefix what the drawing engine numbers from zero in every figure."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)


def named(svg: str, title: str, alt: str, name: str) -> str:
    """A drawing as one image with a title and a description for screen readers; `name` begins its ids."""
    opening = _OPENING.search(svg)
    if opening is None:
        raise ValueError(f"figure '{name}' was not drawn as SVG")
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', opening[0])
    width, height = (float(size[1]), float(size[2])) if size else (600.0, 400.0)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title" '
        f'aria-describedby="{name}-desc" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(alt)}</desc>'
    )
    return svg[: opening.start()] + head + svg[opening.end() :]

"""Draw the pictures of the README and these pages with the program itself. Run it with `make reference`."""

from pathlib import Path

from commonground.publish.svg import standalone
from commonground.report.published import build_published_document

HERE = Path(__file__).resolve().parent / "images"
SHOWN = ("scores-per-person", "rescaled-by-item")


def write() -> None:
    """Write the figures of the published study that the pages show, as SVG."""
    HERE.mkdir(exist_ok=True)
    for figure in build_published_document().figures:
        if figure.id in SHOWN:
            (HERE / f"{figure.id}.svg").write_text(standalone(figure), encoding="utf-8")


if __name__ == "__main__":
    write()

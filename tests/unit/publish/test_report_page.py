"""The page stands alone: nothing is fetched, nothing runs, and no text of a study can break out of it."""

import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from commonground.publish.charts import chart
from commonground.publish.html import render, style, style_source, write_report
from commonground.publish.records_csv import csv_text
from commonground.publish.svg import inline, standalone
from commonground.records.provenance import Provenance
from commonground.records.sheet import Column
from commonground.records.typography import number
from commonground.report.figures import scores_with_intervals
from commonground.report.parts import Bullets, Document, Figure, Note, Paragraph, Row, Section, Table
from commonground.report.published import build_published_document

NASTY = '<script>alert("x")</script>'


def small(name: str = "An item") -> Document:
    rows = ({"item": "a", "group": "g", "mean": 1.25, "low": 0.5, "high": 2.0},)
    wide, narrow = scores_with_intervals(rows, {"a": name}, {"g": name}, axis=name)
    figure = Figure("scores", name, f"{name}, 3 people", name, wide, narrow, rows, (Column("mean", "Mean", digits=2),))
    table = Table("counts", name, (Column("item", name), Column("n", "n")), (Row({"item": name, "n": 3}),), (name,))
    blocks = (Paragraph(name), Note(name, name), Bullets((name,)), figure, table)
    return Document(name, name, name, "2026-03-31", Provenance("0.1.0"), (Section("results", name, blocks),))


class Outline(HTMLParser):
    """Headings, ids and what a page would fetch or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [given["id"] or ""] if "id" in given else []
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "xlink:href")]


@pytest.fixture(scope="module")
def published() -> Document:
    return build_published_document()


@pytest.fixture(scope="module")
def page(published: Document) -> str:
    return render(published)


def test_a_label_with_a_script_stays_a_label():
    page = render(small(NASTY))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 8


def test_a_label_cannot_break_out_of_a_figure():
    for label in (NASTY, "a' + datum.x + 'b", "back\\slash", "two\nlines", "]]></svg>"):
        figure = small(label).figures[0]
        assert "<script" not in inline(figure)
        assert inline(figure).count("</svg>") == 1


def test_nothing_is_fetched_and_nothing_runs(page: str):
    outline = Outline(page)
    assert "script" not in outline.tags
    assert all(address.startswith(("#", "data:")) for address in outline.addresses)
    assert "url(http" not in page
    assert "@import" not in page


def test_headings_come_in_order_and_ids_once(page: str):
    outline = Outline(page)
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))


def test_every_figure_is_there_as_svg_csv_and_words(published: Document, tmp_path):
    write_report(published, tmp_path)
    for figure in published.figures:
        drawn = (tmp_path / "figures" / f"{figure.id}.svg").read_text()
        assert drawn.startswith("<svg ")
        assert 'role="img"' in drawn
        assert "<title" in drawn
        assert "<desc" in drawn
        assert (tmp_path / "data" / f"{figure.id}.csv").read_text().count("\n") == len(figure.rows) + 1
    for table in published.tables:
        assert (tmp_path / "data" / f"{table.id}.csv").is_file()


def test_every_specification_is_valid_vega_lite(published: Document):
    for figure in published.figures:
        chart(figure)
        chart(replace(figure, spec=figure.narrow))


def test_the_same_document_gives_the_same_bytes(published: Document, tmp_path):
    for folder in ("one", "two"):
        write_report(published, tmp_path / folder)
    names = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(names) > 20
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_foreign_files_are_not_overwritten(tmp_path):
    (tmp_path / "report.html").write_text("mine")
    with pytest.raises(FileExistsError, match="not from an earlier report"):
        write_report(small(), tmp_path)
    assert (tmp_path / "report.html").read_text() == "mine"


def test_a_second_report_replaces_the_first_and_leaves_the_rest(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write_report(build_published_document(), tmp_path)
    write_report(small(), tmp_path)
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == ["scores.svg"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_page_says_how_its_style_may_be_allowed(page: str):
    between = page.split("<style>")[1].split("</style>", maxsplit=1)[0]
    assert between == style()
    assert len(hashlib.sha256(between.encode()).digest()) == 32
    assert style_source().startswith("'sha256-")


def test_figures_share_no_ids_when_they_stand_in_one_page(published: Document):
    ids = [
        one
        for figure in published.figures
        for narrow in (False, True)
        for one in re.findall(r'\bid="([^"]+)"', inline(figure, narrow=narrow))
    ]
    assert len(ids) == len(set(ids))
    for figure in published.figures:
        drawn = standalone(figure)
        assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= set(re.findall(r'\bid="([^"]+)"', drawn))


def test_numbers_round_half_up_with_a_true_minus():
    assert number(81.25, 1) == "81.3"
    assert number(-0.125, 2) == "−0.13"
    assert number(0.0, 1, signed=True) == "0.0"
    assert number(1.0, 1, signed=True) == "+1.0"


def test_a_formula_in_a_label_does_not_run_in_a_spreadsheet():
    assert csv_text([{"item": "=SUM(A1)"}]) == "item\n'=SUM(A1)\n"

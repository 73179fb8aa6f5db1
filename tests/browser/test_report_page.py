"""The report in a real browser: readable by axe-core's rules on a phone and a desk, in light and dark, and on paper."""

import re
from pathlib import Path

import pytest

from commonground.design.build import build_design
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.publish.html import write_report
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.records.provenance import Provenance
from commonground.report.document import build_document
from commonground.report.published import build_published_document
from commonground.simulation.fielding import Flow, simulate_study

SIZES = {"small phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}
DRAWN = {"exclude": [["svg > g"]]}
"""Inside a figure with a name and a description nothing is read out; its thousands of marks would only take time."""

FLOW = Flow({"HP": 20, "R": 12, "P": 11}, {"HP": 3}, ineligible=4)


@pytest.fixture(scope="module")
def living(tmp_path_factory) -> Path:
    study = parse_study(template_text("partner-priorities"), "study.yaml").study
    quick = study.model_copy(
        update={"analysis": study.analysis.model_copy(update={"resamples": 200, "permutations": 200})}
    )
    people = simulate_study(quick, build_design(11, 5, repeat=True, seed=1), PUBLISHED_LIKE, FLOW, seed=3)
    document = build_document(
        quick, people.choices, people.respondents, provenance=Provenance("0.1.0", seed=1), locked_on="2026-03-31"
    )
    return write_report(document, tmp_path_factory.mktemp("living"))


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    return write_report(build_published_document(), tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def reports(living, published) -> dict[str, Path]:
    return {"living": living, "published": published}


@pytest.mark.parametrize(
    ("which", "size", "scheme"),
    [
        ("living", "small phone", "light"),
        ("living", "desk", "dark"),
        ("published", "small phone", "dark"),
    ],
)
def test_axe_finds_nothing(which, size, scheme, *, reports, device, axe):
    page = device(SIZES[size], color_scheme=scheme).new_page()
    page.goto(reports[which].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe.run(page, context=DRAWN).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_never_scrolls_sideways(width, living, device):
    page = device({"width": width, "height": 800}).new_page()
    page.goto(living.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_nothing_is_asked_of_the_network(living, device):
    page = device().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(living.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_each_figure_has_a_name_and_a_description_to_hear(living, device):
    page = device({"width": 1280, "height": 900}).new_page()
    page.goto(living.as_uri())
    figures = page.locator("figure")
    assert figures.count() >= 7
    for place in range(figures.count()):
        drawn = figures.nth(place).get_by_role("img")
        assert drawn.count() == 1, "one form of the figure is shown, the other is hidden from everybody"
        assert drawn.locator("title").text_content()
        assert len(drawn.locator("desc").text_content() or "") > 60


def test_wide_tables_scroll_in_a_region_the_keyboard_reaches(living, device):
    page = device({"width": 320, "height": 640}).new_page()
    page.goto(living.as_uri())
    region = page.get_by_role("region", name=re.compile("How often researchers"))
    region.focus()
    before = region.evaluate("one => one.scrollLeft")
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.activeElement.scrollLeft > before", arg=before)


def test_the_skip_link_leads_past_the_head(living, device):
    page = device().new_page()
    page.goto(living.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_table_can_be_taken_along_as_csv(living, device):
    page = device({"width": 1280, "height": 900}).new_page()
    page.goto(living.as_uri())
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Numbers of table 5 (CSV)").click()
    assert Path(waiting.value.path()).read_text().startswith("group,item,shown,best,worst")


def test_on_paper_nothing_is_cut_off(living, device):
    page = device({"width": 680, "height": 1000}).new_page()  # A4 less its margins, at 96 dots an inch
    page.goto(living.as_uri())
    page.emulate_media(media="print")
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0

"""Figures of single results: what they draw, what they say, and how they are saved."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import commonground as cg
from commonground.publish.extra import require_report_extra
from commonground.report.palette import GROUP_COLOURS

ITEMS = ("Trust & time", "Shared <goals>", "Pay", "Training", "Openness", "A network of people", "Context")
LABELS = {"Pay": "Fair pay for partners", "nurses": "Nurses"}


@pytest.fixture(scope="module")
def data() -> cg.ChoiceData:
    return cg.simulate(cg.build_design(7, 3), groups={"nurses": 25, "parents": 20}, items=ITEMS, sd=1.0, seed=3)


@pytest.fixture(scope="module")
def comparison(data: cg.ChoiceData) -> object:
    return cg.compare(data, by="group", resamples=100, permutations=100)


@pytest.fixture(scope="module")
def people(data: cg.ChoiceData) -> object:
    return cg.fit(data, model="hb", draws=60, warmup=60, chains=2, sensitivity=False)


def rows(chart: object) -> list[dict[str, object]]:
    return chart.to_dict()["datasets"]["rows"]


def saved(chart: object, folder: Path) -> ET.Element:
    """The chart as an SVG file, parsed."""
    chart.save(folder / "figure.svg")
    return ET.parse(folder / "figure.svg").getroot()  # noqa: S314 – drawn by ourselves a line above


def words(root: ET.Element, part: str) -> str:
    return root.findtext(f"{{http://www.w3.org/2000/svg}}{part}") or ""


def test_a_caterpillar_draws_every_item_with_its_interval(data: cg.ChoiceData, tmp_path: Path) -> None:
    fit = cg.fit(data)
    chart = cg.plot.caterpillar(fit, labels=LABELS)
    drawn = {row["item"]: row for row in rows(chart)}
    item = fit.models[0].item("Pay")
    assert set(drawn) == set(ITEMS)
    assert drawn["Pay"]["mean"] == pytest.approx(item.utility)
    assert drawn["Pay"]["high"] - item.utility == pytest.approx(1.96 * item.robust_standard_error, rel=1e-3)
    root = saved(chart, tmp_path)
    assert root.get("role") == "img"
    assert "stands highest" in words(root, "title")
    assert "7 items from" in words(root, "desc")
    text = "".join(root.itertext())
    assert "Fair pay for partners" in text
    assert "Shared <goals>" in text


def test_groups_stand_side_by_side_in_their_colours(data: cg.ChoiceData) -> None:
    chart = cg.plot.caterpillar(cg.fit(data, by="group", permutations=0), labels=LABELS)
    assert len(rows(chart)) == 2 * len(ITEMS)
    text = json.dumps(chart.to_dict(), ensure_ascii=False)
    assert GROUP_COLOURS[0] in text
    assert GROUP_COLOURS[1] in text
    assert "Nurses" in text


def test_shares_add_up_to_a_hundred(data: cg.ChoiceData, people: object) -> None:
    for result in (cg.fit(data), people):
        assert sum(row["value"] for row in rows(cg.plot.shares(result))) == pytest.approx(100)


def test_classes_are_named_with_their_size(data: cg.ChoiceData) -> None:
    found = cg.fit(data, model="latent-class", classes=2, starts=2)
    names = {row["group"] for row in rows(cg.plot.shares(found))}
    assert {name.partition(",")[0] for name in names} == {"Class 1", "Class 2"}


def test_a_comparison_has_three_pictures(comparison: object, tmp_path: Path) -> None:
    assert "resampling" in json.dumps(cg.plot.caterpillar(comparison).to_dict())
    assert len(rows(cg.plot.groups(comparison))) == 2 * len(ITEMS)
    root = saved(cg.plot.differences(comparison), tmp_path)
    assert any(verdict in words(root, "desc") for verdict in ("cannot tell", "differs", "alike"))


def test_people_are_drawn_where_they_stand(people: object) -> None:
    found = rows(cg.plot.individuals(people))
    middles = {row["item"]: row for row in found if "median" in row}
    utilities = people.individuals.utilities
    assert middles["Pay"]["median"] == pytest.approx(float(np.median(utilities[:, ITEMS.index("Pay")])), abs=1e-6)
    assert all(0 <= row["density"] <= 1 for row in found if "density" in row)


def test_a_heat_map_counts_pairs(tmp_path: Path) -> None:
    chart = cg.plot.co_appearances(cg.build_design(7, 3), ITEMS)
    found = rows(chart)
    assert {row["times"] for row in found if row["same"] == "no"} == {1}
    assert {row["times"] for row in found if row["same"] == "yes"} == {3}
    assert words(saved(chart, tmp_path), "title") == "Every pair of items stands together 1 time"
    with pytest.raises(cg.CommonGroundError, match="7 items, but 2 names"):
        cg.plot.co_appearances(cg.build_design(7, 3), ("a", "b"))


def test_what_cannot_be_drawn_is_said(data: cg.ChoiceData) -> None:
    with pytest.raises(cg.CommonGroundError, match="no shares"):
        cg.plot.shares(cg.count(data))
    with pytest.raises(cg.CommonGroundError, match="nothing to draw"):
        cg.plot.caterpillar(cg.build_design(7, 3))


def test_a_chart_saves_in_other_ways_and_takes_another_title(data: cg.ChoiceData, tmp_path: Path) -> None:
    chart = cg.plot.shares(cg.fit(data)).properties(title="Mine")
    chart.save(tmp_path / "figure.png")
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")
    assert words(saved(chart, tmp_path), "title") == "Mine"
    assert "text/html" in chart._repr_mimebundle_() or chart.to_html()


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, data: cg.ChoiceData) -> None:
    monkeypatch.setattr("commonground.publish.extra.LIBRARIES", ("a_library_nobody_has",))
    with pytest.raises(cg.CommonGroundError, match=r"pip install 'commonground\[report\]'"):
        require_report_extra()
    with pytest.raises(cg.CommonGroundError, match=r"commonground\[report\]"):
        cg.plot.caterpillar(cg.fit(data))

"""The built-in framework, and frameworks that users bring."""

import pytest

from commonground.competencies.crosswalk import CROSSWALK, suggested
from commonground.competencies.framework import Tier
from commonground.competencies.plan import ACTIVITIES
from commonground.files.frameworks.reading import built_in, built_in_text, framework_text, parse_framework
from commonground.published.tables import ITEMS
from commonground.records.errors import StudyError


def test_the_built_in_framework_has_the_fifteen_capabilities_of_the_report() -> None:
    eisen = built_in("eisen")
    assert [len(eisen.in_area(area)) for area in ("knowledge", "skill", "attitude")] == [6, 5, 4]
    assert len(eisen.domains) == 4
    assert {one.tier for one in eisen.capabilities} == set(Tier)


def test_every_text_is_there_in_both_languages() -> None:
    eisen = built_in("eisen")
    texts = [text for one in eisen.capabilities for text in (one.name, one.description, one.relevance, *one.prompts)]
    assert all(text is not None and set(text.languages()) == {"en", "fr"} for text in texts)


def test_attitudes_are_reflected_on_and_never_rated() -> None:
    eisen = built_in("eisen")
    assert {one.area for one in eisen.rated()} == {"knowledge", "skill"}
    assert all(len(one.prompts) == 3 for one in eisen.in_area("attitude"))


def test_every_capability_is_reached_from_some_item_and_no_other_is_named() -> None:
    assert {name for names in CROSSWALK.values() for name in names} == {one.id for one in built_in().capabilities}
    assert set(CROSSWALK) == set(ITEMS)


def test_capabilities_come_up_once_each() -> None:
    assert suggested(["net", "exp", "mine"]) == (
        "systems",
        "communities",
        "interdisciplinary",
        "public",
        "values-driven",
    )


def test_the_fourteen_ways_of_learning_are_there() -> None:
    assert len({one.id for one in ACTIVITIES}) == 14


def test_a_framework_written_out_is_read_back_the_same() -> None:
    eisen = built_in()
    assert parse_framework(framework_text(eisen)) == eisen


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("area: attitude\n    domains: [impact]", "area: mood\n    domains: [impact]", "'mood', which is not there"),
        ("domains: [stakeholders]\n    tier: core\n    lived", "domains: [fame]\n    tier: core\n    lived", "'fame'"),
        ("- id: systems", "- id: local", "'local' stands here twice"),
        ("tier: specific", "tier: rare", "rare"),
    ],
)
def test_a_mistake_is_named(before: str, after: str, says: str) -> None:
    text = built_in_text()
    assert before in text
    with pytest.raises(StudyError, match=says):
        parse_framework(text.replace(before, after, 1), "mine.yaml")


def test_an_unknown_built_in_framework_is_named_with_those_there_are() -> None:
    with pytest.raises(StudyError, match="There are: eisen"):
        built_in("rdf")

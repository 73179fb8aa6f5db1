"""What may still change once people have answered."""

import pytest

from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.records.questions import Question
from commonground.records.study import Study
from commonground.survey.meaning import changes_of_meaning


@pytest.fixture(scope="module")
def study() -> Study:
    return parse_study(template_text("partner-priorities"), "study.yaml").study


def with_part(study: Study, **parts: object) -> Study:
    return study.model_copy(update=parts)


def places(before: Study, after: Study) -> list[str]:
    return [problem.where for problem in changes_of_meaning(before, after)]


def test_nothing_changed(study: Study) -> None:
    assert changes_of_meaning(study, study) == ()


def test_an_item_reworded(study: Study) -> None:
    first = study.items[0]
    reworded = first.model_copy(update={"label": type(first.label)({"en": "Something else"})})
    assert places(study, with_part(study, items=(reworded, *study.items[1:]))) == [f"items {first.id}.label"]


def test_an_item_taken_away(study: Study) -> None:
    assert places(study, with_part(study, items=study.items[1:])) == ["items"]


def test_a_translation_added_and_a_citation(study: Study) -> None:
    first = study.items[0]
    label = type(first.label)({**first.label.root, "es": "Otra cosa"})
    translated = first.model_copy(update={"label": label, "cfir": "another tag"})
    after = with_part(study, items=(translated, *study.items[1:]), languages=(*study.languages, "es"))
    assert changes_of_meaning(study, after) == ()


def test_a_language_taken_away(study: Study) -> None:
    assert places(with_part(study, languages=("en", "fr")), with_part(study, languages=("en",))) == ["languages"]


@pytest.mark.parametrize("part", ["design", "screening", "analysis"])
def test_rules_are_part_of_the_plan(study: Study, part: str) -> None:
    changes = {"design": {"per_task": 6}, "screening": {"minimum_minutes": 2.0}, "analysis": {"threshold": 0.3}}
    after = with_part(study, **{part: getattr(study, part).model_copy(update=changes[part])})
    assert places(study, after) == [f"{part}.{next(iter(changes[part]))}"]


def test_consent_needs_a_new_version(study: Study) -> None:
    reworded = study.consent.model_copy(update={"agreement": study.thanks})
    assert places(study, with_part(study, consent=reworded)) == ["consent"]
    named = reworded.model_copy(update={"version": "2"})
    assert changes_of_meaning(study, with_part(study, consent=named)) == ()


SCALE = {"low": {"en": "Never"}, "high": {"en": "Always"}}


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ({"type": "information"}, {"type": "information", "text": "Please take your time."}, ""),
        ({"type": "text"}, {"type": "text", "text": "Why?"}, "text"),
        ({"type": "country"}, {"type": "country", "first_listed": ["CA"]}, ""),
        ({"type": "scale", "scale": SCALE}, {"type": "scale", "scale": SCALE, "largest": 7}, "largest"),
        (
            {"type": "scale", "scale": SCALE},
            {"type": "scale", "scale": {**SCALE, "low": {"en": "Never", "fr": "Jamais"}}},
            "",
        ),
        ({"type": "scale", "scale": SCALE}, {"type": "scale", "scale": {**SCALE, "low": "Seldom"}}, "scale.low"),
        ({"type": "date"}, {"type": "date", "precision": "year"}, "precision"),
        ({"type": "date"}, {"type": "date", "latest": "2026-12-31"}, "latest"),
    ],
)
def test_questions_of_every_type(
    study: Study, before: dict[str, object], after: dict[str, object], changed: str
) -> None:
    one, other = (Question.model_validate({"id": "q", "text": "What?", **said}) for said in (before, after))
    found = places(with_part(study, demographics=(one,)), with_part(study, demographics=(other,)))
    assert found == ([f"demographics q.{changed}"] if changed else [])


def test_the_record_of_a_translation_may_be_completed(study: Study) -> None:
    assert changes_of_meaning(study, with_part(study, translations=())) == ()

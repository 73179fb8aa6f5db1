import pytest

from commonground.records.questions import Condition
from commonground.survey.conditions import holds

ANSWERED = {"age": 20, "role": "nurse", "areas": ("pain", "sleep"), "skipped": None, "none": ()}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"question": "role", "equals": "nurse"}, True),
        ({"question": "role", "equals": "parent"}, False),
        ({"question": "age", "equals": 20}, True),
        ({"question": "areas", "equals": "pain"}, False),  # and no other
        ({"question": "role", "is_not": "parent"}, True),
        ({"question": "role", "is_not": "nurse"}, False),
        ({"question": "areas", "any_of": ["sleep", "food"]}, True),
        ({"question": "role", "any_of": ["nurse", "parent"]}, True),
        ({"question": "areas", "any_of": ["food"]}, False),
        ({"question": "areas", "none_of": ["food"]}, True),
        ({"question": "areas", "none_of": ["pain"]}, False),
        ({"question": "age", "at_least": 20}, True),
        ({"question": "age", "at_least": 20.5}, False),
        ({"question": "age", "at_most": 20}, True),
        ({"question": "age", "at_most": 19}, False),
        ({"question": "role", "at_least": 1}, False),  # not a number
        ({"question": "areas", "at_least_chosen": 2}, True),
        ({"question": "areas", "at_least_chosen": 3}, False),
        ({"all": [{"question": "age", "at_least": 18}, {"question": "role", "equals": "nurse"}]}, True),
        ({"all": [{"question": "age", "at_least": 18}, {"question": "role", "equals": "parent"}]}, False),
        ({"any": [{"question": "age", "at_least": 99}, {"question": "role", "equals": "nurse"}]}, True),
    ],
)
def test_a_comparison_says_what_it_reads_like(condition: dict[str, object], expected: bool) -> None:
    assert holds(Condition.model_validate(condition), ANSWERED) is expected


@pytest.mark.parametrize("question", ["never_asked", "skipped", "none"])
@pytest.mark.parametrize(
    "comparison",
    [{"equals": "x"}, {"any_of": ["x"]}, {"at_least": 0}, {"at_most": 0}, {"at_least_chosen": 1}],
)
def test_an_unanswered_question_fulfils_no_positive_comparison(question: str, comparison: dict[str, object]) -> None:
    assert not holds(Condition.model_validate({"question": question, **comparison}), ANSWERED)


@pytest.mark.parametrize("question", ["never_asked", "skipped", "none"])
@pytest.mark.parametrize("comparison", [{"is_not": "x"}, {"none_of": ["x"]}])
def test_an_unanswered_question_is_not_something(question: str, comparison: dict[str, object]) -> None:
    assert holds(Condition.model_validate({"question": question, **comparison}), ANSWERED)

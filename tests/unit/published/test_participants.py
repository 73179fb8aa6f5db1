"""How the published groups answer, as shares a simulation can use."""

import pytest

from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.published.participants import BLOCK_OF, FLOW, answer_shares


@pytest.fixture(scope="module")
def study():
    return parse_study(template_text("partner-priorities")).study


@pytest.fixture(scope="module")
def shares(study):
    return answer_shares(study)


def test_the_flow_adds_up_to_the_published_one():
    assert (FLOW.consented, FLOW.started, sum(FLOW.complete.values())) == (208, 152, 127)


def test_every_question_that_was_published_is_recognised(study, shares):
    """Each option of the template that stands in a printed table has its count, whatever the spacing of its label."""
    asked = {question for question, _ in shares}
    assert set(BLOCK_OF) | {"understood", "considered", "years"} <= asked
    for question in study.all_questions():
        if question.id in BLOCK_OF:
            groups = [group for name, group in shares if name == question.id]
            assert any(sum(shares[question.id, group].options.values()) > 0.5 for group in groups)


def test_shares_are_those_printed(shares):
    assert shares["gender", "HP"].options["cis-woman"] == pytest.approx(52 / 64)
    assert shares["age", "R"].options["age-30-39"] == pytest.approx(15 / 32)
    assert shares["understood", ""].options["unsure"] == pytest.approx(21 / 127)
    assert shares["years", "P"].mean == pytest.approx(6.48)


def test_a_child_is_a_share_of_its_parent_in_a_multiple_choice_and_of_the_group_in_a_single_one(shares):
    assert shares["types", "HP"].options["practice-change"] == pytest.approx(55 / 60)
    assert shares["country", "HP"].options["ontario"] == pytest.approx(11 / 64)
    assert shares["country", "HP"].options["canada"] == pytest.approx(0)

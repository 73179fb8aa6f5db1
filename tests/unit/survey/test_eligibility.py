from commonground.records.study import Study
from commonground.survey.eligibility import NO_GROUP, Eligible, Ineligible, decide, group_of


def test_the_first_rule_that_fails_gives_its_reason(study: Study) -> None:
    outcome = decide(study, {"age": 17, "role": "nurse"})
    assert isinstance(outcome, Ineligible)
    assert outcome.reason == "under_18"
    assert str(outcome.message) == "Too young."


def test_answers_decide_the_partner_group(study: Study) -> None:
    assert decide(study, {"age": 18, "role": "parent"}) == Eligible("P")
    assert group_of(study, {"role": "scientist"}) == "R"


def test_who_fits_no_group_cannot_be_counted_anywhere(study: Study) -> None:
    assert decide(study, {"age": 40, "role": "other"}) == Ineligible(NO_GROUP, None)


def test_rules_wait_for_their_questions(study: Study) -> None:
    assert decide(study, {}, asked=frozenset()) == Eligible("")
    assert isinstance(decide(study, {"age": 17}, asked=frozenset({"age"})), Ineligible)


def test_a_study_of_one_group_needs_no_rules(study: Study) -> None:
    alone = study.model_copy(update={"groups": study.groups[:1], "group_rules": ()})
    assert decide(alone, {"age": 30}) == Eligible("HP")

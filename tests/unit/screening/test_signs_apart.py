"""Signs that owe nothing to the choices: each alone, with its limit, and with the people it must leave in peace."""

from collections.abc import Iterable

import pytest

from commonground.records.choices import ChoiceData
from commonground.records.questions import Condition, Question
from commonground.records.respondents import RespondentTable
from commonground.records.study import IllogicalRule, ScreeningRules, Study
from commonground.records.words import Words
from commonground.screening.apart import checked_apart, signs_apart
from commonground.screening.cases import Case, PageTime, cases_of_tables
from commonground.screening.records import Rule

RULES = ScreeningRules()
LONG = "We met every second week at the clinic."


def found(rule: Rule, *cases: Case, rules: ScreeningRules = RULES) -> dict[str, str]:
    """Who carries a sign, and its evidence."""
    return {one: signs[rule] for one, signs in signs_apart(rules, cases).items() if rule in signs}


def pages(*seconds: float, answers: int = 1) -> tuple[PageTime, ...]:
    return tuple(PageTime(one, answers) for one in seconds)


def test_half_of_the_pages_too_fast_is_a_sign_and_fewer_are_none():
    fast, steady = Case("fast", pages=pages(1, 1.9, 5, 6)), Case("steady", pages=pages(1, 2, 5, 6))
    assert found(Rule.FAST_PAGES, fast, steady) == {"fast": "2 of 4 pages took less than 2 seconds an answer."}


def test_a_page_has_as_much_time_as_it_asks_answers_and_pages_to_read_do_not_count():
    assert not found(Rule.FAST_PAGES, Case("r", pages=pages(4, answers=2)))
    assert found(Rule.FAST_PAGES, Case("r", pages=pages(3.9, answers=2)))
    assert not found(Rule.FAST_PAGES, Case("r", pages=pages(0.1, answers=0)))


def test_an_address_shared_names_the_others_and_a_destroyed_one_says_nothing():
    cases = [Case(name, address="x") for name in ("a", "b")] + [Case("c", address=""), Case("d", address="")]
    assert found(Rule.SAME_ADDRESS, *cases) == {
        "a": "The same network address as b.",
        "b": "The same network address as a.",
    }
    assert not found(Rule.SAME_ADDRESS, *cases, rules=ScreeningRules(same_address=3))


def test_many_others_are_counted_not_listed():
    words = found(Rule.SAME_ADDRESS, *(Case(f"r{n}", address="x") for n in range(9)))["r0"]
    assert words == "The same network address as r1, r2, r3, r4, r5 and 3 more."


@pytest.mark.parametrize("other", [LONG.upper(), f"  {LONG}  ", LONG.replace(" ", "  "), LONG.rstrip(".") + "!"])
def test_the_same_text_is_found_whatever_its_case_and_spaces(other):
    assert set(found(Rule.SAME_TEXT, Case("a", texts=(LONG,)), Case("b", texts=(other,)))) == {"a", "b"}


def test_short_texts_and_a_persons_own_repetition_are_no_sign():
    assert not found(Rule.SAME_TEXT, Case("a", texts=("Nurse",)), Case("b", texts=("nurse",)))
    assert not found(Rule.SAME_TEXT, Case("a", texts=(LONG, LONG)))


def test_a_long_text_is_quoted_by_its_beginning():
    words = found(Rule.SAME_TEXT, *(Case(name, texts=("word " * 40,)) for name in "ab"))["a"]
    assert words.endswith("word …”.")
    assert len(words) < 140


def test_what_the_door_noticed_and_a_corrected_answer_are_told():
    case = Case("r", door=frozenset({"honeypot", "no_proof_of_work"}), earlier_reason="under_age")
    assert set(signs_apart(RULES, [case])["r"]) == {Rule.HONEYPOT, Rule.PROOF_OF_WORK, Rule.CORRECTED_ELIGIBILITY}
    assert "(under age)" in found(Rule.CORRECTED_ELIGIBILITY, case)["r"]


def test_answers_that_do_not_fit_are_told_in_the_studys_words():
    rule = IllogicalRule(
        id="too_young",
        when=Condition(all=(Condition(question="age", at_most=24), Condition(question="years", at_least=20))),
        says="Younger than 25 with 20 years of practice.",
    )
    rules = ScreeningRules(illogical=(rule,))
    odd, usual = Case("odd", answers={"age": 22.0, "years": 30.0}), Case("usual", answers={"age": 50.0, "years": 20.0})
    assert found(Rule.ILLOGICAL, odd, usual, rules=rules) == {"odd": "Younger than 25 with 20 years of practice."}


def burst(moments: Iterable[float]) -> dict[str, str]:
    cases = [Case(f"r{place}", finished=60 * moment) for place, moment in enumerate(moments)]
    return found(Rule.BURST, *cases, rules=ScreeningRules(burst_people=3, burst_minutes=10))


def test_a_burst_is_everybody_in_a_full_window_and_nobody_else():
    assert list(burst([0, 100, 104, 110, 121, 300])) == ["r1", "r2", "r3"]
    assert burst([0, 5, 10.1]) == {}
    assert burst([0, 5, 10])["r1"] == "One of 3 people who finished within 10 minutes."


def test_people_in_two_full_windows_are_told_of_the_fuller_one():
    words = burst([0, 9, 10, 11, 12, 19])
    assert words["r0"].startswith("One of 3 ")
    assert words["r2"].startswith("One of 5 ")


def test_rules_without_what_they_need_are_not_checked():
    assert not checked_apart(RULES, [Case("r")])
    everything = Case(
        "r",
        minutes=12,
        pages=pages(9),
        earlier_reason="",
        address="x",
        door=frozenset(),
        answers={"a": 1},
        texts=("word",),
        finished=0,
    )
    rules = ScreeningRules(illogical=(IllogicalRule(id="odd", when=Condition(question="a", equals=2), says="Odd."),))
    assert checked_apart(rules, [everything]) == {rule for rule in Rule if rule.stage == 1}


def test_tables_give_minutes_answers_texts_and_times_of_tasks():
    study = Study.model_construct(
        background=(
            Question.model_construct(id="age", type="number"),
            Question.model_construct(id="roles", type="multiple"),
            Question.model_construct(id="why", type="long_text"),
        )
    )
    data = ChoiceData.from_rows(
        ("a", "b"), ("r1", "r2"), respondent=[0, 1], task=[1, 1], shown=[[0, 1]] * 2, best=[0, 0], worst=[1, 1],
        seconds=[3.0, float("nan")],
    )  # fmt: skip
    columns = {
        "seconds": ("90", "80"),
        "status": ("complete", "started"),
        "age": ("40", None),
        "roles": ("nurse;parent", None),
        "why": (LONG, None),
        "earlier_reason": ("under_age", None),
    }
    first, second = cases_of_tables(study, data, RespondentTable(("r1", "r2"), columns))
    assert (first.minutes, second.minutes) == (1.5, None)
    assert first.answers == {"age": 40.0, "roles": ("nurse", "parent"), "why": LONG}
    assert (first.texts, first.earlier_reason, second.earlier_reason) == ((LONG,), "under_age", "")
    assert (first.pages, second.pages) == ((PageTime(3.0, 2),), ())


def test_an_appeal_address_may_change_after_launch_and_limits_may_not():
    from commonground.survey.meaning import changed_parts

    with_appeal = RULES.model_copy(update={"appeal": Words({"en": "Write to us."})})
    looser = RULES.model_copy(update={"minimum_minutes": 5})
    assert list(changed_parts(RULES, with_appeal)) == []
    assert list(changed_parts(RULES, looser)) == ["minimum_minutes"]

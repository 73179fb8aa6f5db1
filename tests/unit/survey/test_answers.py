import pytest

from commonground.records.questions import Question
from commonground.survey.answers import AnswerProblem, Read, read_answer

AGE = Question(id="age", type="number", text="Age?", smallest=0, largest=120)
ROLE = Question(id="role", type="single", text="Role?", options=[{"id": "a", "label": "A"}, {"id": "b", "label": "B"}])
AREAS = Question(
    id="areas",
    type="multiple",
    text="Areas?",
    options=[
        {"id": "pain", "label": "Pain", "children": [{"id": "acute", "label": "Acute"}]},
        {"id": "sleep", "label": "Sleep"},
        {"id": "nothing", "label": "None of these", "exclusive": True},
    ],
)
NAME = Question(id="name", type="text", text="Name?")


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("18", "en", 18),
        (" 18 ", "en", 18),
        ("2.5", "en", 2.5),
        ("2,5", "fr", 2.5),
        ("2,5", "en", 2.5),  # one comma and no point can only be a decimal sign here: no field wants thousands
        ("18.0", "fr", 18),
    ],
)
def test_a_number_may_be_written_as_people_write_it(text: str, language: str, value: float) -> None:
    assert read_answer(AGE, [text], language) == Read(value)


def test_thousands_may_stand_apart() -> None:
    people = Question(id="people", type="number", text="How many?")
    assert read_answer(people, ["1 200"], "fr").value == 1200
    assert read_answer(people, ["1\u202f200,5"], "fr").value == 1200.5
    assert read_answer(people, ["1,200.5"], "en").value == 1200.5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("eighteen", AnswerProblem.NOT_A_NUMBER),
        ("nan", AnswerProblem.NOT_A_NUMBER),
        ("inf", AnswerProblem.NOT_A_NUMBER),
        ("-1", AnswerProblem.TOO_SMALL),
        ("121", AnswerProblem.TOO_LARGE),
    ],
)
def test_what_is_no_fitting_number_says_why(text: str, problem: AnswerProblem) -> None:
    assert read_answer(AGE, [text], "en") == Read(None, problem)


def test_an_empty_answer_is_fine_unless_it_is_needed() -> None:
    assert read_answer(AGE, ["  "], "en") == Read(None)
    assert read_answer(AGE.model_copy(update={"required": True}), [], "en").problem == AnswerProblem.MISSING


def test_choices_are_options_of_the_question() -> None:
    assert read_answer(ROLE, ["b"], "en").value == "b"
    assert read_answer(ROLE, ["c"], "en").problem == AnswerProblem.UNKNOWN_OPTION
    assert read_answer(AREAS, ["sleep", "unheard"], "en").problem == AnswerProblem.UNKNOWN_OPTION


def test_several_choices_come_in_the_order_of_the_list() -> None:
    assert read_answer(AREAS, ["sleep", "pain"], "en").value == ("pain", "sleep")


def test_a_choice_below_another_says_the_upper_one_too() -> None:
    assert read_answer(AREAS, ["acute"], "en").value == ("pain", "acute")


def test_none_of_these_stands_alone() -> None:
    assert read_answer(AREAS, ["nothing"], "en").value == ("nothing",)
    assert read_answer(AREAS, ["nothing", "sleep"], "en").problem == AnswerProblem.EXCLUSIVE


def test_a_very_long_text_is_not_cut_silently() -> None:
    assert read_answer(NAME, ["x" * 500], "en").value == "x" * 500
    assert read_answer(NAME, ["x" * 501], "en").problem == AnswerProblem.TOO_LONG

"""What a form sends for scales, rankings, dates and countries, and what keeps it from being an answer."""

import pytest

from commonground.records.questions import Condition, Question
from commonground.survey.answers import AnswerProblem, read_answer
from commonground.survey.conditions import holds

OPTIONS = [{"id": one, "label": one.title()} for one in ("tea", "time", "trust")]
RANKING = Question(id="rank", type="ranking", text="?", options=OPTIONS)
TOP = Question(id="rank", type="ranking", text="?", options=OPTIONS, top=2)
DAY = Question(id="day", type="date", text="?", earliest="1950-01-01", latest="2026-12-31")
MONTH = Question(id="month", type="date", text="?", precision="month")
YEAR = Question(id="year", type="date", text="?", precision="year", latest=2026)
SCALE = Question(id="scale", type="scale", text="?", smallest=0, largest=10, scale={"low": "No", "high": "Yes"})
WHERE = Question(id="where", type="country", text="?", required=True)


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (RANKING, ["tea:3", "time:1", "trust:2"], ("time", "trust", "tea")),
        (TOP, ["tea:2", "", "trust:1"], ("trust", "tea")),
        (RANKING, ["", "", ""], None),
        (DAY, ["5", "3", "1999"], "1999-03-05"),
        (DAY, [" 05 ", "12", "2000"], "2000-12-05"),
        (DAY, ["1999-03-05"], "1999-03-05"),
        (DAY, ["", "", ""], None),
        (MONTH, ["3", "1999"], "1999-03"),
        (YEAR, ["1999"], 1999),
        (SCALE, ["0"], 0),
        (SCALE, ["10"], 10),
        (WHERE, ["FR"], "FR"),
    ],
)
def test_what_is_sent_is_read(question: Question, raw: list[str], value: object) -> None:
    assert (read_answer(question, raw).value, read_answer(question, raw).problem) == (value, None)


@pytest.mark.parametrize(
    ("question", "raw", "problem"),
    [
        (RANKING, ["tea:1", "time:1", "trust:2"], AnswerProblem.SAME_PLACE),
        (RANKING, ["tea:1", "tea:2", "trust:3"], AnswerProblem.SAME_PLACE),
        (RANKING, ["tea:1", "time:2", ""], AnswerProblem.PLACES_LEFT),
        (TOP, ["tea:2", "", ""], AnswerProblem.PLACES_LEFT),
        (TOP, ["tea:1", "time:2", "trust:3"], AnswerProblem.UNKNOWN_OPTION),
        (RANKING, ["tea", "time:2", "trust:3"], AnswerProblem.UNKNOWN_OPTION),
        (RANKING, ["cake:1", "time:2", "trust:3"], AnswerProblem.UNKNOWN_OPTION),
        (DAY, ["5", "", "1999"], AnswerProblem.DATE_INCOMPLETE),
        (DAY, ["30", "2", "2020"], AnswerProblem.NOT_A_DATE),
        (DAY, ["1", "1", "99"], AnswerProblem.NOT_A_DATE),
        (DAY, ["1", "1", "１９９９"], AnswerProblem.NOT_A_DATE),
        (DAY, ["001", "1", "1999"], AnswerProblem.NOT_A_DATE),
        (DAY, ["1999-03"], AnswerProblem.NOT_A_DATE),
        (DAY, ["31", "12", "1949"], AnswerProblem.OUTSIDE_DATES),
        (YEAR, ["2027"], AnswerProblem.OUTSIDE_DATES),
        (YEAR, ["27"], AnswerProblem.NOT_A_DATE),
        (MONTH, ["13", "1999"], AnswerProblem.NOT_A_DATE),
        (SCALE, ["11"], AnswerProblem.UNKNOWN_OPTION),
        (SCALE, ["1.0"], AnswerProblem.UNKNOWN_OPTION),
        (SCALE, ["not_applicable"], AnswerProblem.UNKNOWN_OPTION),
        (WHERE, ["XX"], AnswerProblem.UNKNOWN_OPTION),
        (WHERE, [""], AnswerProblem.MISSING),
    ],
)
def test_what_is_no_answer_is_told_apart(question: Question, raw: list[str], problem: AnswerProblem) -> None:
    assert (read_answer(question, raw).value, read_answer(question, raw).problem) == (None, problem)


def test_a_text_to_read_takes_no_answer() -> None:
    note = Question(id="note", type="information", text="Please read.")
    assert read_answer(note, ["something"]).value is None


@pytest.mark.parametrize(
    ("comparison", "value", "fulfilled"),
    [
        ({"at_least": "2020-02"}, "2020-02", True),
        ({"at_least": "2020-02"}, "2020-01", False),
        ({"at_least": "2020-02"}, None, False),
        ({"at_most": 5}, 5, True),
        ({"at_least": 3}, "not_applicable", False),
        ({"equals": "not_applicable"}, "not_applicable", True),
        ({"ranked_first": "tea"}, ("tea", "time"), True),
        ({"ranked_first": "time"}, ("tea", "time"), False),
        ({"ranked_first": "time"}, None, False),
        ({"any_of": ["time"]}, ("tea", "time"), True),
        ({"any_of": ["CA", "FR"]}, "FR", True),
    ],
)
def test_conditions_on_the_new_answers(comparison: dict[str, object], value: object, fulfilled: bool) -> None:
    assert holds(Condition.model_validate({"question": "q", **comparison}), {"q": value}) is fulfilled

from commonground.records.questions import Option, Question
from commonground.records.study import Study
from commonground.survey.portions import portions


def ids(study: Study, questions: tuple[Question, ...]) -> list[list[str]]:
    return [[question.id for question in page] for page in portions(study, questions)]


def test_a_question_stands_on_a_later_page_than_the_one_it_depends_on(study: Study) -> None:
    assert ids(study, study.background) == [["age", "role"], ["profession", "stage", "why"]]


def test_questions_of_different_groups_do_not_lengthen_a_page(study: Study) -> None:
    each = [Question(id=f"q{n}", type="number", text="?", groups=(("HP", "R", "P")[n % 3],)) for n in range(15)]
    assert [len(page) for page in ids(study, tuple(each))] == [15]


def test_a_long_list_of_options_takes_room(study: Study) -> None:
    options = tuple(Option(id=f"o{number}", label=f"Option {number}") for number in range(20))
    questions = tuple(Question(id=f"q{n}", type="multiple", text="?", options=options) for n in range(3))
    assert [len(page) for page in ids(study, questions)] == [1, 1, 1]


def test_no_questions_make_no_page(study: Study) -> None:
    assert portions(study, ()) == ()

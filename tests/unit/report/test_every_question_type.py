"""Questions of every type, answered by simulated people, as the report tells them."""

import numpy as np
import pytest

from commonground.analysis.descriptives import Characteristics, characteristics
from commonground.records.questions import Question
from commonground.records.sessions import Session
from commonground.records.study import Study
from commonground.records.tabulate import respondent_table
from commonground.report.characteristics import QuestionBlock
from commonground.report.names import Names
from commonground.report.parts import Table
from commonground.report.people import characteristic_blocks, question_blocks
from commonground.simulation.questionnaire import draw_answer

OPTIONS = [{"id": one, "label": one.title()} for one in ("tea", "time", "talk")]
QUESTIONS = [
    Question.model_validate(one)
    for one in (
        {"id": "note", "type": "information", "text": "Please read."},
        {"id": "heard", "type": "scale", "text": "Heard?", "scale": {"low": "Never", "high": "Always"}},
        {"id": "rank", "type": "ranking", "text": "Rank?", "options": OPTIONS, "required": True},
        {"id": "two", "type": "ranking", "text": "Two?", "options": OPTIONS, "top": 2, "required": True},
        {"id": "where", "type": "country", "text": "Where?", "required": True},
        {"id": "since", "type": "date", "text": "Since?", "earliest": "2001-02-03", "required": True},
    )
]
NAMES = Names({}, {}, {"HP": "Professionals", "P": "Patients"}, {"HP": "Prof.", "P": "Pat."})


@pytest.fixture(scope="module")
def told() -> Characteristics:
    rng = np.random.default_rng(5)
    people = [
        Session(
            f"r{number}",
            group="HP" if number % 2 else "P",
            answers={one.id: draw_answer(one, None, rng) for one in QUESTIONS},
        )
        for number in range(60)
    ]
    study = Study.model_construct(background=tuple(QUESTIONS), quality_questions=(), demographics=())
    return characteristics(respondent_table(study, people), QUESTIONS, groups=["HP", "P"])


@pytest.fixture(scope="module")
def blocks(told: Characteristics) -> dict[str, QuestionBlock]:
    return {block.question: block for block in question_blocks(told, 5)}


def test_every_question_but_the_text_to_read_is_told(blocks: dict[str, QuestionBlock]) -> None:
    assert list(blocks) == ["Heard?", "Rank? (put first)", "Two? (put first)", "Two? (among the first 2)", "Where?"]


def test_answers_add_up_to_the_people_asked(blocks: dict[str, QuestionBlock]) -> None:
    for name in ("Heard?", "Rank? (put first)", "Two? (put first)", "Where?"):
        block = blocks[name]
        for group, asked in block.asked.items():
            assert sum(answer.people[group] for answer in block.answers) + block.missing[group] == asked, name
    among = blocks["Two? (among the first 2)"]
    assert sum(answer.people["HP"] for answer in among.answers) == 2 * among.asked["HP"]


def test_a_country_that_few_named_is_not_named(blocks: dict[str, QuestionBlock]) -> None:
    """Sixty people drew sixty countries or nearly: the name alone would say who took part."""
    assert [answer.label for answer in blocks["Where?"].answers] == ["Other countries"]


def test_years_and_mean_places_stand_in_tables_of_their_own(told: Characteristics) -> None:
    tables = {
        one.id: one for one in characteristic_blocks(told, question_blocks(told, 5), NAMES, 5) if isinstance(one, Table)
    }
    years = tables["characteristics-numbers"].rows[1].cells
    assert str(years["mean"]).startswith("200")
    places = [row.cells for row in tables["characteristics-places"].rows]
    assert [row["option"] for row in places] == ["Rank?", "Tea", "Time", "Talk"]
    assert sum(float(row["all"]) for row in places[1:]) == pytest.approx(6)

"""Pages of questions: what a form sent, read and put beside what is still needed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from commonground.records.dates import Precision
from commonground.records.questions import Option, Question, QuestionType
from commonground.survey.answers import PLACE_MARK, read_answer
from commonground.survey.flow import Page
from commonground.web.respond import question_controls as controls
from commonground.web.respond.wording import plain_number, problem_words

_SEVERAL_CONTROLS = (QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE, QuestionType.RANKING)

_POINTS_WITH_NAMES = 6

_BODIES = {
    QuestionType.SINGLE: "choices",
    QuestionType.MULTIPLE: "choices",
    QuestionType.NUMBER: "line",
    QuestionType.TEXT: "line",
}
"""Types that share their controls with another one."""


@dataclass(frozen=True, slots=True)
class PageAnswers:
    """What a page of questions sent: values by question id (None where left empty), and problems in words."""

    values: dict[str, object]
    problems: dict[str, str] = field(default_factory=dict)

    def given(self) -> dict[str, object]:
        """Only the answers that say something, for a person who leaves the page half-way."""
        return {name: value for name, value in self.values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class QuestionField:
    """A question as its template shows it."""

    question: Question
    raw: tuple[str, ...]
    problem: str = ""

    @property
    def name(self) -> str:
        """The name of the form field."""
        return field_name(self.question)

    @property
    def text(self) -> str:
        """What stands in a text field."""
        return self.raw[0] if self.raw else ""

    @property
    def is_group(self) -> bool:
        """Whether several controls belong together under the text of the question."""
        several = self.question.type in _SEVERAL_CONTROLS
        return several or (self.question.type == QuestionType.DATE and self.question.precision != Precision.YEAR)

    @property
    def body(self) -> str:
        """The template of the controls."""
        return f"respond/parts/controls/{_BODIES.get(self.question.type, self.question.type.value)}.html"

    @property
    def is_information(self) -> bool:
        """Whether this is a text to read, without an answer."""
        return self.question.type == QuestionType.INFORMATION

    @property
    def is_multiple(self) -> bool:
        """Whether several options may be chosen."""
        return self.question.type == QuestionType.MULTIPLE

    @property
    def may_be_cleared(self) -> bool:
        """Whether the question offers to take an answer back, which a radio button cannot do by itself."""
        by_radio = self.question.type in (QuestionType.SINGLE, QuestionType.SCALE)
        return by_radio and not self.question.required and bool(self.text)

    @property
    def first_control(self) -> str:
        """The id of the control that a list of problems links to."""
        return self.name + controls.first_part(self.question)

    @property
    def hint(self) -> str:
        """How to answer, where the controls alone do not tell."""
        return controls.ranking_hint(self.question) if self.question.type == QuestionType.RANKING else ""

    @property
    def described_by(self) -> str:
        """Ids of the help, the hint and the problem."""
        told = {"help": self.question.help, "hint": self.hint, "problem": self.problem}
        return " ".join(f"{self.name}-{part}" for part, words in told.items() if words)

    def points(self) -> Iterator[controls.Point]:
        """The points of a scale."""
        return controls.scale_points(self.question, self.name, self.raw)

    @property
    def is_long_scale(self) -> bool:
        """Whether a scale has so many points that the names of its ends stand under the row, not in it."""
        return self.question.type == QuestionType.SCALE and len(self.question.scale_points()) > _POINTS_WITH_NAMES

    def beside(self) -> controls.Point | None:
        """That the scale does not apply, where that is offered."""
        return controls.beside_scale(self.question, self.name, self.raw)

    def ranked(self) -> Iterator[controls.Ranked]:
        """The options of a ranking with their places."""
        return controls.ranked_options(self.question, self.name, self.raw)

    def date_parts(self) -> Iterator[controls.DatePart]:
        """The fields of a date."""
        return controls.date_parts(self.question, self.name, self.raw)

    def countries(self) -> Iterator[tuple[str, str, bool]]:
        """The countries to choose from."""
        return controls.countries(self.question, self.raw)

    def options(self) -> Iterator["OptionField"]:
        """The options with their marks."""
        return (OptionField(self, option) for option in self.question.options)


@dataclass(frozen=True, slots=True)
class OptionField:
    """An option as its template shows it."""

    parent: QuestionField
    option: Option

    @property
    def chosen(self) -> bool:
        """Whether it is marked."""
        return self.option.id in self.parent.raw

    @property
    def control(self) -> str:
        """The id of its control."""
        return f"{self.parent.name}-{self.option.id}"

    def children(self) -> Iterator["OptionField"]:
        """The options under it."""
        return (OptionField(self.parent, child) for child in self.option.children)


def field_name(question: Question) -> str:
    """Question ids with a prefix, so that none meets the form's own fields."""
    return f"q-{question.id}"


def read_questions(page: Page, sent: QueryDict, language: str) -> PageAnswers:
    """Read every question of a page."""
    answers = PageAnswers({})
    for question in page.questions:
        read = read_answer(question, sent.getlist(field_name(question)), language)
        if read.problem is None:
            answers.values[question.id] = read.value
        else:
            answers.problems[question.id] = problem_words(question, read.problem)
    return answers


def stored_fields(page: Page, answers: Mapping[str, object]) -> list[QuestionField]:
    """The questions with the answers given before."""
    return [QuestionField(question, _raw(question, answers.get(question.id))) for question in page.questions]


def sent_fields(page: Page, sent: QueryDict, problems: Mapping[str, str]) -> list[QuestionField]:
    """The questions as they were sent, whether or not they could be read."""
    return [
        QuestionField(question, tuple(sent.getlist(field_name(question))), problems.get(question.id, ""))
        for question in page.questions
    ]


def _raw(question: Question, value: object) -> tuple[str, ...]:
    """A stored answer as the fields that sent it."""
    if value is None:
        return ()
    if question.type == QuestionType.DATE:
        return controls.date_as_sent(question, str(value))
    if question.type == QuestionType.SCALE:
        return (str(value),)
    if isinstance(value, list | tuple):
        chosen = [str(one) for one in value]
        ranked = question.type == QuestionType.RANKING
        return tuple(f"{one}{PLACE_MARK}{place}" if ranked else one for place, one in enumerate(chosen, start=1))
    return (value if isinstance(value, str) else plain_number(value),)

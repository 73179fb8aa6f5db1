"""Pages of questions: what a form sent, read and put beside what is still needed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from commonground.records.questions import Option, Question, QuestionType
from commonground.survey.answers import read_answer
from commonground.survey.flow import Page
from commonground.web.respond.wording import plain_number, problem_words


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
    def is_choice(self) -> bool:
        """Whether options are chosen."""
        return self.question.type in (QuestionType.SINGLE, QuestionType.MULTIPLE)

    @property
    def is_multiple(self) -> bool:
        """Whether several options may be chosen."""
        return self.question.type == QuestionType.MULTIPLE

    @property
    def may_be_cleared(self) -> bool:
        """Whether the question offers to take an answer back, which a radio button cannot do by itself."""
        return self.question.type == QuestionType.SINGLE and not self.question.required and bool(self.text)

    @property
    def first_control(self) -> str:
        """The id of the control that a list of problems links to."""
        return f"{self.name}-{self.question.options[0].id}" if self.is_choice else self.name

    @property
    def described_by(self) -> str:
        """Ids of the help and the problem."""
        parts = [f"{self.name}-help"] * bool(self.question.help) + [f"{self.name}-problem"] * bool(self.problem)
        return " ".join(parts)

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
    return [QuestionField(question, _raw(answers.get(question.id))) for question in page.questions]


def sent_fields(page: Page, sent: QueryDict, problems: Mapping[str, str]) -> list[QuestionField]:
    """The questions as they were sent, whether or not they could be read."""
    return [
        QuestionField(question, tuple(sent.getlist(field_name(question))), problems.get(question.id, ""))
        for question in page.questions
    ]


def _raw(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (value if isinstance(value, str) else plain_number(value),)

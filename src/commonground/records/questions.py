"""Questions beside the best-worst tasks, their options, and conditions on their answers."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from commonground.records.words import Words

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
"""An identifier: a letter, then letters, digits, _ or -; at most 64."""


class Part(BaseModel):
    """A part of the study document: frozen, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionType(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"
    LONG_TEXT = "long_text"


class Option(Part):
    """One possible answer; `children` open under it, an `exclusive` one excludes all others."""

    id: Id = Field(description="stands for the answer in tables")
    label: Words = Field(description="what people read")
    exclusive: bool = Field(default=False, description="choosing it excludes all others")
    children: tuple["Option", ...] = Field(default=(), description="finer options that open under it")


class Condition(Part):
    """Something an earlier answer must be. Give one comparison, or `all` / `any` of further conditions.

    An unanswered question fulfils no comparison but `is_not` and `none_of`.
    """

    question: Id | None = Field(default=None, description="the question it looks at")
    equals: str | float | None = Field(default=None, description="the answer is this option or number")
    is_not: str | float | None = Field(default=None, description="the answer is anything but this")
    any_of: tuple[str, ...] | None = Field(default=None, description="at least one of these is chosen")
    none_of: tuple[str, ...] | None = Field(default=None, description="none of these is chosen")
    at_least: float | None = Field(default=None, description="a number no smaller than this")
    at_most: float | None = Field(default=None, description="a number no larger than this")
    at_least_chosen: int | None = Field(default=None, ge=1, description="so many options are chosen at the least")
    all: tuple["Condition", ...] | None = Field(default=None, description="every one of these holds")
    any: tuple["Condition", ...] | None = Field(default=None, description="at least one of these holds")

    @model_validator(mode="after")
    def _one_meaning(self) -> "Condition":
        comparisons = (
            self.equals,
            self.is_not,
            self.any_of,
            self.none_of,
            self.at_least,
            self.at_most,
            self.at_least_chosen,
        )
        given = sum(comparison is not None for comparison in comparisons)
        if self.all is not None or self.any is not None:
            if given or self.question or (self.all is not None and self.any is not None):
                raise ValueError("give either one comparison, or 'all', or 'any'")
        elif not self.question or given != 1:
            raise ValueError("give a question and exactly one comparison, such as 'equals'")
        return self

    def questions(self) -> frozenset[str]:
        """Ids of the questions this condition looks at."""
        inner = frozenset[str]().union(*(part.questions() for part in (self.all or ()) + (self.any or ())))
        own = frozenset({self.question}) if self.question else frozenset[str]()
        return inner | own


class Question(Part):
    """A question of the survey.

    `options` belong to single and multiple choices, `smallest` and `largest` to numbers.
    `groups` limits a question to some partner groups; `show_if` to some earlier answers.
    """

    id: Id = Field(description="the column of its answers")
    type: QuestionType = Field(description="how it is answered")
    text: Words = Field(description="what people read")
    help: Words | None = Field(default=None, description="a hint under the text")
    required: bool = Field(default=False, description="whether an answer is asked for before going on")
    options: tuple[Option, ...] = Field(default=(), description="for single and multiple choices")
    smallest: float | None = Field(default=None, description="for numbers")
    largest: float | None = Field(default=None, description="for numbers")
    unit: Words | None = Field(default=None, description="for numbers, such as years")
    groups: tuple[Id, ...] = Field(default=(), description="asked only in these partner groups; empty: in all")
    show_if: Condition | None = Field(default=None, description="asked only if this holds")

    @model_validator(mode="after")
    def _fits_its_type(self) -> "Question":
        choosing = self.type in (QuestionType.SINGLE, QuestionType.MULTIPLE)
        if choosing and len(self.options) < 2:
            raise ValueError(f"question '{self.id}' needs at least two options")
        if not choosing and self.options:
            raise ValueError(f"question '{self.id}' of type '{self.type}' takes no options")
        ids = [option.id for option in self.all_options()]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"question '{self.id}' has the option '{twice[0]}' twice")
        if self.smallest is not None and self.largest is not None and self.smallest > self.largest:
            raise ValueError(f"no number is at least {self.smallest:g} and at most {self.largest:g}")
        return self

    def all_options(self) -> tuple[Option, ...]:
        """Every option, each parent followed by its children."""
        return tuple(one for parent in self.options for one in (parent, *parent.children))

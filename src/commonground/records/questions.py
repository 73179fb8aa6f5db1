"""Questions beside the best-worst tasks, their options, and conditions on their answers."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from commonground.records.countries import CountryCode
from commonground.records.dates import PartialDate, Precision, as_date, date_example, precision_of
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
    SCALE = "scale"
    RANKING = "ranking"
    DATE = "date"
    COUNTRY = "country"
    INFORMATION = "information"
    """A text to read; it has no answer."""


CHOOSING = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE})
"""Types whose answers are options that were ticked."""

NOT_APPLICABLE = "not_applicable"
"""The answer of a person to whom a scale does not apply."""

MOST_POINTS = 11
"""Points of a scale that fit on a screen."""

_FIVE_POINTS = (1.0, 5.0)


class Option(Part):
    """One possible answer; `children` open under it, an `exclusive` one excludes all others."""

    id: Id = Field(description="stands for the answer in tables")
    label: Words = Field(description="what people read")
    exclusive: bool = Field(default=False, description="choosing it excludes all others")
    children: tuple["Option", ...] = Field(default=(), description="finer options that open under it")


class ScalePoint(Part):
    """What one point of a scale between its ends is called."""

    at: int = Field(description="which point")
    label: Words = Field(description="what it is called")


class Scale(Part):
    """How the points of a scale are named. Which points there are, `smallest` and `largest` of the question say."""

    low: Words = Field(description="what the smallest point is called")
    high: Words = Field(description="what the largest point is called")
    points: tuple[ScalePoint, ...] = Field(default=(), description="names of points between the ends")
    not_applicable: Words | None = Field(
        default=None, description="offered beside the points to people to whom it does not apply"
    )


def _limit(given: object) -> object:
    """A limit is a number, or a date for a question that asks for one."""
    text = as_date(given) if not isinstance(given, int) else given
    if not isinstance(text, str):
        return text
    try:
        return float(text)
    except ValueError:
        if precision_of(text) is None:
            raise ValueError(f"'{text}' is neither a number nor a date such as 2026-05-31") from None
    return text


Limit = Annotated[float | str, BeforeValidator(_limit)]
"""A number, or for a date a day (2026-05-31) or a month (2026-05); a year is a number."""


class Condition(Part):
    """Something an earlier answer must be. Give one comparison, or `all` / `any` of further conditions.

    An unanswered question fulfils no comparison but `is_not` and `none_of`.
    """

    question: Id | None = Field(default=None, description="the question it looks at")
    equals: str | float | None = Field(default=None, description="the answer is this option, country or number")
    is_not: str | float | None = Field(default=None, description="the answer is anything but this")
    any_of: tuple[str, ...] | None = Field(default=None, description="at least one of these is chosen")
    none_of: tuple[str, ...] | None = Field(default=None, description="none of these is chosen")
    at_least: Limit | None = Field(default=None, description="a number no smaller, or a date no earlier, than this")
    at_most: Limit | None = Field(default=None, description="a number no larger, or a date no later, than this")
    at_least_chosen: int | None = Field(default=None, ge=1, description="so many options are chosen at the least")
    ranked_first: Id | None = Field(default=None, description="this option has the first place of a ranking")
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
            self.ranked_first,
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


_BELONGS_TO = {
    "scale": QuestionType.SCALE,
    "top": QuestionType.RANKING,
    "precision": QuestionType.DATE,
    "earliest": QuestionType.DATE,
    "latest": QuestionType.DATE,
    "first_listed": QuestionType.COUNTRY,
}
"""Fields that only one type of question has."""


class Question(Part):
    """A question of the survey, or a text between questions.

    `options` belong to single and multiple choices and to rankings, `smallest` and `largest` to numbers and scales.
    `groups` limits a question to some partner groups; `show_if` to some earlier answers.
    """

    id: Id = Field(description="the column of its answers")
    type: QuestionType = Field(description="how it is answered")
    text: Words = Field(description="what people read")
    help: Words | None = Field(default=None, description="a hint under the text")
    required: bool = Field(default=False, description="whether an answer is asked for before going on")
    options: tuple[Option, ...] = Field(default=(), description="for single and multiple choices and rankings")
    smallest: float | None = Field(default=None, description="for numbers; for scales the lowest point, 1 if left out")
    largest: float | None = Field(default=None, description="for numbers; for scales the highest point, 5 if left out")
    unit: Words | None = Field(default=None, description="for numbers, such as years")
    scale: Scale | None = Field(default=None, description="for scales: what their points are called")
    top: int | None = Field(
        default=None, ge=1, description="for rankings: how many options get a place; empty: all of them"
    )
    precision: Precision = Field(default=Precision.DAY, description="for dates: a whole day, a month or a year")
    earliest: PartialDate | None = Field(default=None, description="for dates")
    latest: PartialDate | None = Field(default=None, description="for dates")
    first_listed: tuple[CountryCode, ...] = Field(
        default=(), description="for countries: those that stand before the others"
    )
    groups: tuple[Id, ...] = Field(default=(), description="asked only in these partner groups; empty: in all")
    show_if: Condition | None = Field(default=None, description="asked only if this holds")

    @model_validator(mode="after")
    def _fits_its_type(self) -> "Question":
        wrong = [*self._misplaced(), *self._wrong_options(), *self._wrong_limits(), *self._wrong_details()]
        if wrong:
            raise ValueError("\n".join(wrong))
        return self

    def _misplaced(self) -> Iterator[str]:
        for name, owner in _BELONGS_TO.items():
            if owner != self.type and getattr(self, name) != type(self).model_fields[name].default:
                yield f"question '{self.id}' of type '{self.type}' takes no '{name}', which belongs to '{owner}'"
        if self.type is QuestionType.INFORMATION and self.required:
            yield f"question '{self.id}' is a text to read, so no answer can be required"

    def _wrong_options(self) -> Iterator[str]:
        has_options = self.type in CHOOSING or self.type is QuestionType.RANKING
        if has_options and len(self.options) < 2:
            yield f"question '{self.id}' needs at least two options"
        if not has_options and self.options:
            yield f"question '{self.id}' of type '{self.type}' takes no options"
        ids = [option.id for option in self.all_options()]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            yield f"question '{self.id}' has the option '{twice[0]}' twice"
        if self.type is QuestionType.RANKING:
            yield from self._wrong_ranking()

    def _wrong_ranking(self) -> Iterator[str]:
        if any(option.children or option.exclusive for option in self.options):
            yield f"question '{self.id}' is a ranking, whose options have no 'children' and are not 'exclusive'"
        if self.top is not None and self.top > len(self.options):
            yield f"question '{self.id}' has fewer options than the {self.top} that 'top' asks for"

    def _wrong_limits(self) -> Iterator[str]:
        if self.smallest is not None and self.largest is not None and self.smallest > self.largest:
            yield f"no number is at least {self.smallest:g} and at most {self.largest:g}"
        for name, limit in (("earliest", self.earliest), ("latest", self.latest)):
            if limit is not None and precision_of(limit) != self.precision:
                yield (
                    f"question '{self.id}' asks for a {self.precision}, so '{name}' must be one, "
                    f"such as {date_example(self.precision)}"
                )
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            yield f"no date is at least {self.earliest} and at most {self.latest}"

    def _wrong_details(self) -> Iterator[str]:
        if self.type is not QuestionType.SCALE:
            return
        if self.scale is None:
            yield f"question '{self.id}' needs a 'scale' that says what its ends are called"
        low, high = self._ends()
        if not (low.is_integer() and high.is_integer()):
            yield f"question '{self.id}' has ends that are no whole numbers"
        elif not 2 <= high - low + 1 <= MOST_POINTS:
            yield f"question '{self.id}' has {max(high - low + 1, 0):g} points; a scale has 2 to {MOST_POINTS}"
        else:
            yield from self._wrong_names()

    def _wrong_names(self) -> Iterator[str]:
        between = set(self.scale_points()[1:-1])
        points = [point.at for point in self.scale.points] if self.scale else []
        for point in points:
            if point not in between or points.count(point) > 1:
                yield f"question '{self.id}' names the point {point} twice, or as an end, or where it has none"
                return

    def all_options(self) -> tuple[Option, ...]:
        """Every option, each parent followed by its children."""
        return tuple(one for parent in self.options for one in (parent, *parent.children))

    def scale_points(self) -> range:
        """The points of a scale, from the lowest to the highest.

        Examples
        --------
        >>> ends = Scale(low="Never", high="Always")
        >>> list(Question(id="often", type="scale", text="How often?", scale=ends).scale_points())
        [1, 2, 3, 4, 5]
        """
        low, high = self._ends()
        return range(int(low), int(high) + 1)

    def _ends(self) -> tuple[float, float]:
        low, high = _FIVE_POINTS
        return low if self.smallest is None else self.smallest, high if self.largest is None else self.largest

    def places(self) -> int:
        """How many places a ranking gives away."""
        return self.top or len(self.options)

"""Who took part: numbers and percentages by group, as the first table of a paper prints them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import fmean

from commonground.analysis.tallies import natural_order
from commonground.records.questions import Option, Question, QuestionType
from commonground.records.respondents import MULTIPLE_SEPARATOR, RespondentTable
from commonground.records.rounding import percent

ALL = "all"
"""The column of everybody asked."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people; `percent` is rounded half up to one digit, None of nobody."""

    n: int
    of: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One option: its label, and by group ("all" last) how many chose it.

    A `child` row belongs under the last row before it that is none; who chose a child is counted in the parent as well.
    """

    id: str
    label: str
    child: bool
    shares: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class ChoiceBlock:
    """One question with options.

    Parameters
    ----------
    groups : tuple of str
        The groups that were asked.
    multiple : bool
        A person may be in several rows; then they need not sum to the group.
    missing : mapping of group to Share
        People who left it empty, or were not asked because of an earlier answer.
    unknown : tuple of str
        Values that are none of the options; these people are in no row and not missing.
    adds_up : bool
        Whether rows, missing and unknown sum to each group; always true of multiple choices.
    """

    question: str
    label: str
    groups: tuple[str, ...]
    multiple: bool
    rows: tuple[Row, ...]
    missing: Mapping[str, Share]
    unknown: tuple[str, ...]
    adds_up: bool


@dataclass(frozen=True, slots=True)
class NumberSummary:
    """Numbers of one group; `sd` has n − 1 below the line and is None for fewer than two people."""

    n: int
    missing: int
    mean: float | None
    sd: float | None
    smallest: float | None
    largest: float | None


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """One question answered by a number, by group ("all" last)."""

    question: str
    label: str
    groups: tuple[str, ...]
    summaries: Mapping[str, NumberSummary]


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Every question with options or numbers, by group.

    Parameters
    ----------
    groups : mapping of group to int
        People in each.
    without_group : int
        People left out because their group is not known.
    """

    groups: Mapping[str, int]
    blocks: tuple[ChoiceBlock | NumberBlock, ...]
    without_group: int


Answers = Mapping[str, tuple[str | None, ...]]
"""For each group, the cells of its people."""


def characteristics(
    table: RespondentTable,
    questions: Sequence[Question],
    *,
    by: str = "group",
    groups: Sequence[str] | None = None,
    language: str = "en",
) -> Characteristics:
    """Describe respondents by group, question by question; free texts are left out.

    Parameters
    ----------
    table : RespondentTable
        Only the people to describe: filter by status first.
    questions : sequence of Question
        A question's `groups` limit its columns to those groups.
    by : str
        The column that holds the group.
    groups : sequence of str, optional
        Their order; natural order where left out.
    language : str
        Of the labels.

    Examples
    --------
    >>> table = RespondentTable(("r1", "r2", "r3"), {"group": ("HP", "HP", "P"), "adult": ("yes", None, "yes")})
    >>> adult = Question(id="adult", type="single", text="Adult?", options=[
    ...     {"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}])
    >>> block = characteristics(table, [adult]).blocks[0]
    >>> block.rows[0].shares["HP"], block.missing["HP"].n, block.adds_up
    (Share(n=1, of=2, percent=50.0), 1, True)
    """
    membership = table.values(by)
    order = tuple(groups) if groups is not None else natural_order(name for name in membership if name)
    described = [question for question in questions if _can_describe(question)]
    return Characteristics(
        groups={group: membership.count(group) for group in order},
        blocks=tuple(
            _block(question, _answers(table, question, membership, order), language) for question in described
        ),
        without_group=sum(group not in order for group in membership),
    )


def summarise_numbers(values: Sequence[float], missing: int = 0) -> NumberSummary:
    """Mean, standard deviation and range.

    Examples
    --------
    >>> summarise_numbers([1, 2, 6])
    NumberSummary(n=3, missing=0, mean=3.0, sd=2.6457513110645907, smallest=1, largest=6)
    """
    if not values:
        return NumberSummary(0, missing, None, None, None, None)
    mean = fmean(values)
    squares = sum((value - mean) ** 2 for value in values)
    sd = sqrt(squares / (len(values) - 1)) if len(values) > 1 else None
    return NumberSummary(len(values), missing, mean, sd, min(values), max(values))


def _can_describe(question: Question) -> bool:
    return question.type in (QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.NUMBER)


def _answers(
    table: RespondentTable, question: Question, membership: Sequence[str | None], order: Sequence[str]
) -> Answers:
    """The cells by group asked, and of all those together where several groups are."""
    cells = table.values(question.id)
    asked = [group for group in order if not question.groups or group in question.groups]
    answers = {
        group: tuple(cell for cell, mine in zip(cells, membership, strict=True) if mine == group) for group in asked
    }
    everybody = tuple(cell for group in asked for cell in answers[group])
    return {**answers, ALL: everybody} if len(asked) > 1 else answers


def _block(question: Question, answers: Answers, language: str) -> ChoiceBlock | NumberBlock:
    label = question.text.in_language(language)
    if question.type is QuestionType.NUMBER:
        return NumberBlock(
            question.id, label, tuple(answers), {group: _numbers(cells) for group, cells in answers.items()}
        )
    multiple = question.type is QuestionType.MULTIPLE
    chosen = {group: [_chosen(cell, question) for cell in cells] for group, cells in answers.items()}
    rows = tuple(
        _row(option, chosen, language, child=child)
        for parent in question.options
        for option, child in ((parent, False), *((one, True) for one in parent.children))
    )
    missing = {group: sum(not cell for cell in cells) for group, cells in answers.items()}
    unknown = {group: _strangers(cells, question) for group, cells in answers.items()}
    top = [row for row in rows if not row.child]
    return ChoiceBlock(
        question=question.id,
        label=label,
        groups=tuple(answers),
        multiple=multiple,
        rows=rows,
        missing={group: _share(missing[group], len(cells)) for group, cells in answers.items()},
        unknown=tuple(dict.fromkeys(value for values in unknown.values() for value in values)),
        adds_up=multiple
        or all(
            sum(row.shares[group].n for row in top) + missing[group] + len(unknown[group]) == len(cells)
            for group, cells in answers.items()
        ),
    )


def _row(option: Option, chosen: Mapping[str, list[frozenset[str]]], language: str, *, child: bool) -> Row:
    ids = {option.id, *(one.id for one in option.children)}
    return Row(
        id=option.id,
        label=option.label.in_language(language),
        child=child,
        shares={group: _share(sum(bool(ids & one) for one in people), len(people)) for group, people in chosen.items()},
    )


def _chosen(cell: str | None, question: Question) -> frozenset[str]:
    if not cell:
        return frozenset()
    return frozenset(cell.split(MULTIPLE_SEPARATOR)) if question.type is QuestionType.MULTIPLE else frozenset((cell,))


def _strangers(cells: Sequence[str | None], question: Question) -> list[str]:
    known = {option.id for option in question.all_options()}
    return [value for cell in cells for value in sorted(_chosen(cell, question) - known)]


def _share(n: int, of: int) -> Share:
    return Share(n, of, float(percent(n, of)) if of else None)


def _numbers(cells: Sequence[str | None]) -> NumberSummary:
    values = [value for cell in cells if cell and (value := _number(cell)) is not None]
    return summarise_numbers(values, missing=len(cells) - len(values))


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) else None

"""Who took part: numbers and percentages by group, as the first table of a paper prints them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import fmean

from commonground.analysis.tallies import natural_order
from commonground.records.answer_cells import columns_of
from commonground.records.countries import country_name
from commonground.records.questions import NOT_APPLICABLE, Option, Question, QuestionType
from commonground.records.respondents import MULTIPLE_SEPARATOR, RespondentTable
from commonground.records.rounding import percent
from commonground.records.words import EVERY_LANGUAGE, Words

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
    """One question with options, a scale by its points, or the countries that were named.

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
    open_ended : bool
        The rows are those of many possible answers that were given, as of countries: a row alone tells that there is
        such a person.
    """

    question: str
    label: str
    groups: tuple[str, ...]
    multiple: bool
    rows: tuple[Row, ...]
    missing: Mapping[str, Share]
    unknown: tuple[str, ...]
    adds_up: bool
    open_ended: bool = False


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
    """One question answered by a number, by group ("all" last); of a date the year, and then `years` says so."""

    question: str
    label: str
    groups: tuple[str, ...]
    summaries: Mapping[str, NumberSummary]
    years: bool = False


@dataclass(frozen=True, slots=True)
class RankedOption:
    """One option of a ranking by group: how many gave it the first place, how many any place, and the mean place.

    The mean is over those who gave it a place; it is None where nobody did.
    """

    id: str
    label: str
    first: Mapping[str, Share]
    placed: Mapping[str, Share]
    mean_place: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class RankingBlock:
    """One ranking, by group ("all" last); shares are of those who ranked.

    Parameters
    ----------
    places : int
        How many options get a place; where that is fewer than there are options, mean places alone mislead.
    missing : mapping of group to Share
    """

    question: str
    label: str
    groups: tuple[str, ...]
    places: int
    options: tuple[RankedOption, ...]
    missing: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Every question but free texts, by group.

    Parameters
    ----------
    groups : mapping of group to int
        People in each.
    without_group : int
        People left out because their group is not known.
    """

    groups: Mapping[str, int]
    blocks: tuple[ChoiceBlock | NumberBlock | RankingBlock, ...]
    without_group: int


Answers = Mapping[str, tuple[str | None, ...]]
"""For each group, the cells of its people in one column."""

_IN_WORDS = (QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.INFORMATION)


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
    described = [question for question in questions if question.type not in _IN_WORDS]
    return Characteristics(
        groups={group: membership.count(group) for group in order},
        blocks=tuple(
            _block(question, _columns(table, question, membership, order), language) for question in described
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


def _columns(
    table: RespondentTable, question: Question, membership: Sequence[str | None], order: Sequence[str]
) -> list[Answers]:
    """For each column of a question the cells by group asked, and of all those together where several groups are."""
    asked = [group for group in order if not question.groups or group in question.groups]
    return [_by_group(table.values(column), membership, asked) for column in columns_of(question)]


def _by_group(cells: Sequence[str | None], membership: Sequence[str | None], asked: Sequence[str]) -> Answers:
    answers = {
        group: tuple(cell for cell, mine in zip(cells, membership, strict=True) if mine == group) for group in asked
    }
    everybody = tuple(cell for group in asked for cell in answers[group])
    return {**answers, ALL: everybody} if len(asked) > 1 else answers


def _block(question: Question, columns: Sequence[Answers], language: str) -> ChoiceBlock | NumberBlock | RankingBlock:
    label = question.text.in_language(language)
    if question.type is QuestionType.RANKING:
        return _ranking(question, columns, label, language)
    answers = columns[0]
    if question.type in (QuestionType.NUMBER, QuestionType.DATE):
        years = question.type is QuestionType.DATE
        summaries = {group: _numbers(_years(cells) if years else cells) for group, cells in answers.items()}
        return NumberBlock(question.id, label, tuple(answers), summaries, years)
    return _choices(question, answers, label, language)


def _choices(question: Question, answers: Answers, label: str, language: str) -> ChoiceBlock:
    multiple = question.type is QuestionType.MULTIPLE
    options = _options(question, answers, language)
    chosen = {group: [_chosen(cell, question) for cell in cells] for group, cells in answers.items()}
    rows = tuple(
        _row(option, chosen, language, child=child)
        for parent in options
        for option, child in ((parent, False), *((one, True) for one in parent.children))
    )
    missing = {group: sum(not cell for cell in cells) for group, cells in answers.items()}
    known = {row.id for row in rows}
    unknown = {group: [value for one in people for value in sorted(one - known)] for group, people in chosen.items()}
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
        open_ended=question.type is QuestionType.COUNTRY,
    )


def _options(question: Question, answers: Answers, language: str) -> tuple[Option, ...]:
    """What could be chosen: of a scale its points, of all countries those that were."""
    if question.type is QuestionType.SCALE:
        return _points(question, language)
    if question.type is QuestionType.COUNTRY:
        codes = {cell for cells in answers.values() for cell in cells if cell}
        named = sorted((country_name(code, language), code) for code in codes)
        return tuple(_option(code, name) for name, code in named)
    return question.options


def _points(question: Question, language: str) -> tuple[Option, ...]:
    scale, points = question.scale, question.scale_points()
    if scale is None:
        return tuple(_option(str(point), str(point)) for point in points)
    names = {point.at: point.label for point in scale.points} | {points[0]: scale.low, points[-1]: scale.high}
    labels = {point: f" ({names[point].in_language(language)})" if point in names else "" for point in points}
    named = tuple(_option(str(point), f"{point}{label}") for point, label in labels.items())
    beside = scale.not_applicable
    return named if beside is None else (*named, _option(NOT_APPLICABLE, beside.in_language(language)))


def _option(name: str, label: str) -> Option:
    """A row to count, which need not have an id as options of a study do."""
    return Option.model_construct(id=name, label=Words({EVERY_LANGUAGE: label}), exclusive=False, children=())


def _ranking(question: Question, columns: Sequence[Answers], label: str, language: str) -> RankingBlock:
    groups = tuple(columns[0])
    sizes = {group: len(columns[0][group]) for group in groups}
    empty = {
        group: sum(not any(cells) for cells in zip(*(column[group] for column in columns), strict=True))
        for group in groups
    }
    ranked = {group: sizes[group] - empty[group] for group in groups}
    return RankingBlock(
        question=question.id,
        label=label,
        groups=groups,
        places=question.places(),
        options=tuple(
            _ranked_option(option, column, ranked, language)
            for option, column in zip(question.options, columns, strict=True)
        ),
        missing={group: _share(empty[group], sizes[group]) for group in groups},
    )


def _ranked_option(option: Option, column: Answers, ranked: Mapping[str, int], language: str) -> RankedOption:
    places = {group: [place for cell in cells if cell and (place := _number(cell))] for group, cells in column.items()}
    return RankedOption(
        id=option.id,
        label=option.label.in_language(language),
        first={group: _share(given.count(1), ranked[group]) for group, given in places.items()},
        placed={group: _share(len(given), ranked[group]) for group, given in places.items()},
        mean_place={group: fmean(given) if given else None for group, given in places.items()},
    )


def _years(cells: Sequence[str | None]) -> list[str | None]:
    return [cell and cell[:4] for cell in cells]


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

"""An answer as cells of the respondents table, and back."""

from collections.abc import Mapping

from commonground.records.dates import Precision
from commonground.records.questions import NOT_APPLICABLE, Question, QuestionType
from commonground.records.respondents import MULTIPLE_SEPARATOR

PLACE_OF = "/"
"""Between a ranking and one of its options in the name of a column; ids cannot contain it."""


def columns_of(question: Question) -> tuple[str, ...]:
    """The columns in which the answers to a question stand: one, of a ranking one an option, of a text to read none.

    Examples
    --------
    >>> options = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
    >>> hopes = Question(id="hopes", type="ranking", text="What first?", options=options)
    >>> columns_of(hopes)
    ('hopes/a', 'hopes/b')
    """
    match question.type:
        case QuestionType.INFORMATION:
            return ()
        case QuestionType.RANKING:
            return tuple(f"{question.id}{PLACE_OF}{option.id}" for option in question.options)
        case _:
            return (question.id,)


def cells_of(question: Question, value: object) -> dict[str, str | None]:
    """An answer as the cells of its columns; of a ranking the place of each option, empty for those without one.

    Examples
    --------
    >>> options = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
    >>> hopes = Question(id="hopes", type="ranking", text="What first?", options=options)
    >>> cells_of(hopes, ("b", "a"))
    {'hopes/a': '2', 'hopes/b': '1'}
    """
    if question.type != QuestionType.RANKING:
        return dict.fromkeys(columns_of(question), as_cell(value))
    order = [str(one) for one in value] if isinstance(value, tuple | list) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # option ids by construction
    places = {option: str(place) for place, option in enumerate(order, start=1)}
    return dict(zip(columns_of(question), (places.get(option.id) for option in question.options), strict=True))


def value_of(question: Question, cells: Mapping[str, str | None]) -> object:
    """The answer that cells stand for; None where they are empty. What is no number where one should be stays text.

    Examples
    --------
    >>> options = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
    >>> hopes = Question(id="hopes", type="ranking", text="What first?", options=options)
    >>> value_of(hopes, {"hopes/a": "2", "hopes/b": "1"})
    ('b', 'a')
    """
    if question.type == QuestionType.RANKING:
        return _ranked(question, cells)
    cell = cells.get(question.id)
    if not cell:
        return None
    if question.type == QuestionType.MULTIPLE:
        return tuple(cell.split(MULTIPLE_SEPARATOR))
    is_year = question.type == QuestionType.DATE and question.precision is Precision.YEAR
    if is_year or (question.type == QuestionType.SCALE and cell != NOT_APPLICABLE):
        number = _number(cell)
        return int(number) if isinstance(number, float) and number.is_integer() else number
    return _number(cell) if question.type == QuestionType.NUMBER else cell


def as_cell(value: object) -> str | None:
    """An answer as one cell: option ids joined, whole numbers without a point, None where empty.

    Examples
    --------
    >>> as_cell(("nurse", "parent")), as_cell(40.0), as_cell(None), as_cell(())
    ('nurse;parent', '40', None, None)
    """
    match value:
        case None | () | "":
            return None
        case float():
            return f"{value:.10g}"
        case tuple() | list():
            return MULTIPLE_SEPARATOR.join(str(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # option ids by construction
        case _:
            return str(value)


def _ranked(question: Question, cells: Mapping[str, str | None]) -> tuple[str, ...] | None:
    places = {option.id: cells.get(f"{question.id}{PLACE_OF}{option.id}") for option in question.options}
    given = {option: _number(place) for option, place in places.items() if place}
    numbered = [(place, option) for option, place in given.items() if isinstance(place, float)]
    return tuple(option for _, option in sorted(numbered)) or None


def _number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell

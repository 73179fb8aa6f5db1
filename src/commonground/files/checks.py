"""What must hold for every row of a choice table; one function a rule, each returning the rows that break it."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from commonground.files.codes import MISSING, filled, numbered
from commonground.files.encoding import ANCHOR, Encoded
from commonground.files.mistakes import Mistake
from commonground.records.distinct import Whole, all_different, first_of_each, number_rows, parts

IntArray = NDArray[np.int64]
_LARGEST = 2**31
_LANGUAGE = "language"
"""A person may change it on the way, so it need not be the same in every row."""


def mistakes_within(table: Encoded) -> list[Mistake]:
    """Mistakes that a row makes by itself. Most tables have none, which a look at one part after another tells."""
    if not any(_broken(table.part(rows), RULES_WITHIN) for rows in parts(table.size)):
        return []
    return _broken(table, RULES_WITHIN)


def mistakes_between(table: Encoded) -> list[Mistake]:
    """Mistakes that show only when rows are compared."""
    return _broken(table, RULES_BETWEEN)


def _broken(table: Encoded, rules: tuple[Callable[[Encoded], Iterator[Mistake]], ...]) -> list[Mistake]:
    return [mistake for rule in rules for mistake in rule(table) if mistake.rows.size]


def _respondent(table: Encoded) -> Iterator[Mistake]:
    yield Mistake(
        "respondent",
        np.flatnonzero(table.respondent == MISSING),
        lambda _: "the cell is empty.",
        lambda _: "Write who answered: any label or number.",
    )


def _whole_numbers(table: Encoded) -> Iterator[Mistake]:
    for column, smallest in (("task", 1), ("version", 1), ("shown_order", 1), ("repeat_of", 0)):
        if column not in table.number:
            continue
        values = table.number[column]
        wrong = ~np.isnan(values) & ~((values >= smallest) & (values < _LARGEST) & (values == np.floor(values)))
        if column == "task":
            wrong |= np.isnan(values)
        words = _not_a(table, column, f"a whole number from {smallest}")
        yield Mistake(column, np.flatnonzero(wrong), words, lambda _: "Write plain digits.")


def _seconds(table: Encoded) -> Iterator[Mistake]:
    if "seconds" not in table.number:
        return
    values = table.number["seconds"]
    wrong = ~np.isnan(values) & ~((values >= 0) & np.isfinite(values))
    yield Mistake("seconds", np.flatnonzero(wrong), _not_a(table, "seconds", "a number of seconds"), _decimal_advice)


def _weight(table: Encoded) -> Iterator[Mistake]:
    if "weight" not in table.number:
        return
    values = table.number["weight"]
    wrong = ~np.isnan(values) & ~((values > 0) & np.isfinite(values))
    yield Mistake("weight", np.flatnonzero(wrong), _not_a(table, "weight", "a number above 0"), _decimal_advice)


def _gaps(table: Encoded) -> Iterator[Mistake]:
    empty = table.shown == MISSING
    gap = empty[:, :-1] & ~empty[:, 1:]

    def what(row: int) -> str:
        return f"{table.item_columns[int(gap[row].argmax())]} is empty, but an item stands after it."

    yield Mistake(
        "",
        np.flatnonzero(gap.any(axis=1)),
        what,
        lambda _: "Fill it in, or move the items to the left: only the last cells of a smaller task stay empty.",
    )
    few = ((~empty).sum(axis=1) < 2) & ~gap.any(axis=1)
    yield Mistake(
        "",
        np.flatnonzero(few),
        lambda _: "the task shows fewer than two items.",
        lambda _: "Fill in the items that were shown, as ids, in item_1, item_2, ….",
    )


def _item_twice(table: Encoded) -> Iterator[Mistake]:
    twins = np.zeros(table.size, dtype=np.bool_)
    for one, other in combinations(table.shown.T, 2):
        twins |= (one == other) & (one != MISSING)

    def what(row: int) -> str:
        shown = table.shown[row].tolist()
        item = min(item for item in shown if item != MISSING and shown.count(item) > 1)
        places = [table.item_columns[place] for place, other in enumerate(shown) if other == item]
        return f"'{table.items[item]}' stands twice in this task ({' and '.join(places)})."

    yield Mistake("", np.flatnonzero(twins), what, lambda _: "A task shows each item once.")


def _picks(table: Encoded) -> Iterator[Mistake]:
    for column, pick in (("best", table.best), ("worst", table.worst)):
        shown = (table.shown == pick[:, None]).any(axis=1) & (pick != MISSING)
        rows = np.flatnonzero(filled(table.cells.frame[column]) & ~shown)
        yield Mistake(column, rows, _not_shown(table, column), _nearest_shown(table, column))
    same = (table.best != MISSING) & (table.best == table.worst)
    yield Mistake(
        "worst",
        np.flatnonzero(same),
        lambda row: f"'{table.text('worst', row)}' is both best and worst.",
        lambda _: "Correct one of the two, or empty both if the answer is not known.",
    )


def _anchor(table: Encoded) -> Iterator[Mistake]:
    if table.anchor is None:
        return
    yield Mistake(
        ANCHOR,
        np.flatnonzero(filled(table.cells.frame[ANCHOR]) & (table.anchor == MISSING)),
        lambda row: f"'{table.text(ANCHOR, row)}' is no answer to how many of the items shown matter.",
        lambda _: "Write all, some or none, or leave the cell empty where nobody was asked.",
    )


def _not_shown(table: Encoded, column: str) -> Callable[[int], str]:
    def what(row: int) -> str:
        shown = ", ".join(f"'{item}'" for item in _shown(table, row))
        return f"'{table.text(column, row)}' is not among the shown items ({shown})."

    return what


def _nearest_shown(table: Encoded, column: str) -> Callable[[int], str]:
    def mend(row: int) -> str:
        given, shown = table.text(column, row), _shown(table, row)
        if given.strip().upper() in {"NA", "N/A", "NULL", "NONE", "NAN", "."}:
            return "If it stands for 'no answer', leave the cell empty."
        same = [item for item in shown if item.strip().casefold() == given.strip().casefold()]
        close = same or get_close_matches(given, shown, n=1)
        return f"Did you mean '{close[0]}'?" if close else "Write the id of an item as it stands in item_1, item_2, …."

    return mend


def _shown(table: Encoded, row: int) -> list[str]:
    return [table.items[item] for item in table.shown[row] if item != MISSING]


def _task_twice(table: Encoded) -> Iterator[Mistake]:
    """The second showing of a task may carry the task's own number: then `repeat_of` tells the two apart."""
    task, repeat = table.whole("task"), table.whole("repeat_of")
    known = (table.respondent != MISSING) & (task > 0)
    rows = slice(None) if known.all() else np.flatnonzero(known)
    columns, sizes = [table.respondent[rows], task[rows]], [len(table.respondents), int(task.max(initial=0)) + 1]
    if "repeat_of" in table.number:
        columns, sizes = [*columns, (repeat == task)[rows]], [*sizes, 2]
    if all_different(columns, sizes):
        return
    number, different = number_rows(columns, sizes)
    first = first_of_each(number, different)[number]
    later = np.flatnonzero(first != np.arange(first.size))
    place = np.arange(table.size)[rows]
    twice = place[later]
    earlier = dict(zip(twice.tolist(), place[first[later]].tolist(), strict=True))

    def what(row: int) -> str:
        who = table.respondents[table.respondent[row]]
        return f"respondent '{who}' has task {task[row]} twice (first in row {table.cells.rows[earlier[row]]})."

    yield Mistake(
        "task",
        twice,
        what,
        lambda _: "Keep one of the two; if it was shown again on purpose, write the task's number in 'repeat_of'.",
    )


def _repeats(table: Encoded) -> Iterator[Mistake]:
    task, repeat = table.whole("task"), table.whole("repeat_of")
    rows = np.flatnonzero((repeat > 0) & (table.respondent != MISSING))
    if not rows.size:
        return
    twin = _twins(table, task, repeat, rows)
    yield _never_seen(table, repeat, rows[twin == MISSING])
    rows, twin = rows[twin != MISSING], twin[twin != MISSING]
    alike = (np.sort(table.shown[rows], axis=1) == np.sort(table.shown[twin], axis=1)).all(axis=1)
    yield Mistake(
        "repeat_of",
        rows[~alike],
        _about_twin(table, dict(zip(rows.tolist(), twin.tolist(), strict=True)), "shows other items than task"),
        lambda _: "A repeat shows the same items; correct the items or the number.",
    )
    order = table.whole("shown_order")
    early = (order[rows] > 0) & (order[twin] > 0) & (order[rows] < order[twin])
    yield Mistake(
        "repeat_of",
        rows[early],
        _about_twin(table, dict(zip(rows.tolist(), twin.tolist(), strict=True)), "was shown before task"),
        lambda _: "'repeat_of' marks the copy that was shown second: move it to the other row.",
    )


def _twins(table: Encoded, task: IntArray, repeat: IntArray, rows: IntArray) -> IntArray:
    """For each repeat the row it repeats, or MISSING."""
    firsts = np.flatnonzero((repeat == 0) & (table.respondent != MISSING) & (task > 0))
    number, different = number_rows(
        [table.respondent[np.append(firsts, rows)], np.append(task[firsts], repeat[rows])],
        [len(table.respondents), int(max(task.max(), repeat.max())) + 1],
    )
    place = np.full(different, MISSING, dtype=np.int64)
    place[number[: firsts.size][::-1]] = firsts[::-1]  # of several the first stays
    return place[number[firsts.size :]]


def _never_seen(table: Encoded, repeat: IntArray, rows: IntArray) -> Mistake:
    def what(row: int) -> str:
        who = table.respondents[table.respondent[row]]
        return f"this repeats task {repeat[row]}, of which respondent '{who}' has no row."

    return Mistake(
        "repeat_of", rows, what, lambda _: "Write the number of a task this respondent saw, or empty the cell."
    )


def _about_twin(table: Encoded, twin: dict[int, int], words: str) -> Callable[[int], str]:
    task = table.whole("task")
    return lambda row: f"the repeat {words} {task[twin[row]]} in row {table.cells.rows[twin[row]]}."


def _constant_covariates(table: Encoded) -> Iterator[Mistake]:
    """What describes a respondent is the same in all rows of that respondent; an empty cell contradicts nothing."""
    for column in table.covariates:
        if column != _LANGUAGE:
            yield _varying(table, column, numbered(table.cells.frame[column])[0])
    if "weight" in table.number:
        weight = table.number["weight"]
        _, different = np.unique(weight, return_inverse=True)
        yield _varying(table, "weight", np.where(np.isfinite(weight), different, MISSING))


def _varying(table: Encoded, column: str, value: Whole) -> Mistake:
    first = first_filled(table, value)
    before = first[table.respondent]
    differs = (value != MISSING) & (table.respondent != MISSING) & (value != value[before])

    def what(row: int) -> str:
        who, earlier = table.respondents[table.respondent[row]], int(before[row])
        said = table.text(column, earlier)
        return (
            f"'{table.text(column, row)}' here, but '{said}' in row {table.cells.rows[earlier]} "
            f"for the same respondent '{who}'."
        )

    return Mistake(
        column,
        np.flatnonzero(differs),
        what,
        lambda _: (
            "A column that is not of the choice table describes the respondent; if this one describes tasks, "
            "leave it out."
        ),
    )


def first_filled(table: Encoded, value: Whole) -> IntArray:
    """For each respondent the first row in which a column is filled in, or MISSING.

    One entry more than there are respondents: the last serves rows whose respondent is empty.
    """
    first = np.full(len(table.respondents) + 1, MISSING, dtype=np.int64)
    rows = np.flatnonzero((value != MISSING) & (table.respondent != MISSING))[::-1]
    first[table.respondent[rows]] = rows
    return first


def first_of_its_kind(keys: IntArray) -> IntArray:
    """For each row of keys the first row that is equal to it."""
    _, first, kind = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return first[kind.reshape(-1)]


def _not_a(table: Encoded, column: str, wanted: str) -> Callable[[int], str]:
    def what(row: int) -> str:
        given = table.text(column, row)
        return f"'{given}' is not {wanted}." if given.strip() else "the cell is empty."

    return what


def _decimal_advice(_: int) -> str:
    return "Write plain digits with a point for decimals, or leave the cell empty."


RULES_WITHIN = (_respondent, _whole_numbers, _seconds, _weight, _gaps, _item_twice, _picks, _anchor)
RULES_BETWEEN = (_task_twice, _repeats, _constant_covariates)

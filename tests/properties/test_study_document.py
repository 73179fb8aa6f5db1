"""A slip of the hand in a study document: it is still a study, or the mistake is named. Never a traceback."""

import json

from hypothesis import given
from hypothesis import strategies as st

from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.records.errors import Problem, StudyError

LINES = template_text("blank").splitlines()
SLIPS = st.sampled_from(
    [":", " ", "\t", "- ", "'", '"', "#", "&", "*", "{", "}", "[", "]", "|", "%", "é", "0", "\x07", "!!x "]
)
PLACES = st.integers(0, len(LINES) - 1)


def is_study_or_named(text: str) -> None:
    assert all(problem.where.startswith("study.yaml") and problem.what for problem in problems_of(text))


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        parse_study(text, "study.yaml")
    except StudyError as error:
        return error.problems
    return ()


@given(st.lists(st.tuples(PLACES, st.integers(0, 60), SLIPS), min_size=1, max_size=3))
def test_signs_typed_by_accident(slips: list[tuple[int, int, str]]) -> None:
    lines = list(LINES)
    for line, column, typed in slips:
        lines[line] = lines[line][:column] + typed + lines[line][column:]
    is_study_or_named("\n".join(lines))


@given(st.lists(PLACES, min_size=1, max_size=4), st.lists(st.tuples(PLACES, PLACES), max_size=2))
def test_lines_lost_and_moved(lost: list[int], moved: list[tuple[int, int]]) -> None:
    lines = [line for number, line in enumerate(LINES) if number not in lost]
    for source, target in moved:
        lines.insert(target, lines[source % len(lines)])
    is_study_or_named("\n".join(lines))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("abé:# ", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "label", "en", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = [line.split(":")[0] for line in LINES if line and line[0].isalpha()]


@given(st.sampled_from(FIELDS), VALUES)
def test_a_field_with_anything_in_it(field: str, value: object) -> None:
    start = next(place for place, line in enumerate(LINES) if line.startswith(f"{field}:"))
    rest = [place for place in range(start + 1, len(LINES)) if LINES[place][:1].isalpha()]
    end = rest[0] if rest else len(LINES)
    is_study_or_named("\n".join([*LINES[:start], f"{field}: {json.dumps(value)}", *LINES[end:]]))


TYPES = ("single", "multiple", "number", "text", "scale", "ranking", "date", "country", "information")
LIMITS = st.sampled_from([0, 1, 2.5, 3, 12, -4, 1e308, float("inf"), "2020", "2020-02-30", "2020-05", "x", None, True])
OPTIONS = st.lists(st.sampled_from([{"id": "a", "label": "A"}, {"id": "b", "label": "B"}, {"id": "1"}]), max_size=3)
DETAILS = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES)},
    optional={
        "required": st.booleans(),
        "smallest": LIMITS,
        "largest": LIMITS,
        "earliest": LIMITS,
        "latest": LIMITS,
        "precision": st.sampled_from(["day", "month", "year", "hour"]),
        "top": LIMITS,
        "first_listed": st.lists(st.sampled_from(["CA", "UK", "XX"]), max_size=2),
        "scale": st.sampled_from(
            [{"low": "a", "high": "b"}, {"low": "a"}, "a", {"low": "a", "high": "b", "points": [{}]}]
        ),
        "options": OPTIONS,
    },
)
COMPARED = st.tuples(
    st.sampled_from(["equals", "is_not", "at_least", "at_most", "ranked_first", "any_of", "at_least_chosen"]), LIMITS
)


@given(DETAILS, COMPARED)
def test_a_question_with_anything_in_it(details: dict[str, object], compared: tuple[str, object]) -> None:
    first = {"id": "first", "text": "What?", **details}
    second = {
        "id": "second",
        "type": "text",
        "text": "And?",
        "show_if": {"question": "first", compared[0]: compared[1]},
    }
    text = "\n".join([*LINES, "demographics: " + json.dumps([first, second]).replace("Infinity", ".inf")])
    is_study_or_named(text)

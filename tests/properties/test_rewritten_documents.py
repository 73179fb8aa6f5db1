"""Whatever a study document is to say instead, its text says it, and what was not touched stays byte for byte."""

import copy
import json
from contextlib import suppress
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.files.rewriting import rewritten
from commonground.files.study import parse_study
from commonground.files.study_edits import edited
from commonground.files.templates import template_text
from commonground.files.yaml_lines import load
from commonground.files.yaml_writing import in_lines
from commonground.records.errors import StudyError

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12) | st.sampled_from(
    ["yes", "a: b", "# no", "- x", "'", '"', "é\xa0!", "two\nlines", " end ", "1", "null", "{", "\x85", "\u2028"]
)
SINGLES = TEXTS | st.integers(-99, 99) | st.booleans() | st.none() | st.floats(-9, 9, allow_nan=False)
NAMES = st.sampled_from(["id", "title", "en", "fr", "options", "label", "a b", "no"])
VALUES = st.recursive(
    SINGLES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)


@given(DOCUMENTS, DOCUMENTS, st.sampled_from(["lines", "json", "indented json", "windows"]))
@settings(max_examples=40, deadline=None)
def test_any_document_becomes_any_other(before: dict[str, Any], after: dict[str, Any], hand: str) -> None:
    text = {
        "lines": lambda: in_lines(before, 0) + "\n",
        "json": lambda: as_json(before),
        "indented json": lambda: as_json(before, indent=2),
        "windows": lambda: in_lines(before, 0, "\r\n") + "\r\n",
    }[hand]()
    assert load(rewritten(text, after), "it").values == after


def as_json(values: object, indent: int | None = None) -> str:
    """JSON as YAML reads it: these two signs are ends of lines there."""
    text = json.dumps(values, ensure_ascii=False, indent=indent)
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028")


@cache
def template() -> tuple[str, dict[str, Any]]:
    text = template_text("partner-priorities").partition("# ── Consent")[0]
    return text, load(text, "study.yaml").values


LISTS = ("items", "groups")


@given(st.data())
@settings(max_examples=6, deadline=None)
def test_moving_and_removing_touches_nothing_else(data: st.DataObject) -> None:
    text, values = template()
    changed = copy.deepcopy(values)
    name = data.draw(st.sampled_from(LISTS))
    entries = changed[name]
    taken = entries.pop(data.draw(st.integers(0, len(entries) - 1)))
    if data.draw(st.booleans()):
        entries.insert(data.draw(st.integers(0, len(entries))), taken)
    found = rewritten(text, changed)
    assert load(found, "it").values == changed
    assert touched(text, found) <= lines_of(values, name)


@given(st.data())
@settings(max_examples=6, deadline=None)
def test_a_new_word_changes_one_line(data: st.DataObject) -> None:
    text, values = template()
    changed = copy.deepcopy(values)
    name = data.draw(st.sampled_from(LISTS))
    entry = data.draw(st.sampled_from(changed[name]))
    field = data.draw(
        st.sampled_from([key for key, value in entry.items() if isinstance(value, dict) and "fr" in value])
    )
    entry[field]["fr"] = data.draw(TEXTS)
    found = rewritten(text, changed)
    assert load(found, "it").values == changed
    assert touched(text, found) <= 1


def touched(before: str, after: str) -> int:
    """How many lines of a text are not in the other one."""
    blocks = SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False).get_matching_blocks()
    return len(before.splitlines()) - sum(block.size for block in blocks)


def lines_of(values: dict[str, Any], name: str) -> int:
    """At most so many lines an entry of this list has, or all entries before it."""
    return len(json.dumps(values[name], indent=1).splitlines())


def test_comments_stay_where_they_belong() -> None:
    text = """\
# top
title: # ADAPT
  en: "One"   # first
  fr: Un

# about the list
items: # here
  # a comment of the list

  - id: a   # the first
    label: A
  # about b
  - {id: b, label: B}

  # about c
  - id: c
    help: >-
      long
      text
    # inside
    label: C
# the end
last: 1
"""
    values = load(text, "it").values
    first, second, third = values["items"]
    values["items"] = [third, first, {"id": "new", "label": "New"}]
    del second
    values["title"] = "Uno"
    assert (
        rewritten(text, values)
        == """\
# top
title: Uno # ADAPT

# about the list
items: # here
  # a comment of the list

  # about c
  - id: c
    help: >-
      long
      text
    # inside
    label: C
  - id: a   # the first
    label: A
  - {id: new, label: New}
# the end
last: 1
"""
    )


def test_references_are_told_and_nothing_is_lost() -> None:
    with pytest.raises(StudyError, match="cannot be changed by a form"):
        rewritten("a: &x {id: one}\nb: *x\n", {"a": {"id": "two"}, "b": {"id": "one"}})


SMALL = template_text("blank")
PATHS = st.sampled_from(
    [
        ("title",), ("minutes",), ("items",), ("items", 2), ("items", 7), ("items", 0, "label"), ("items", 0, "id"),
        ("groups", 0), ("consent", "sections", 1), ("design", "per_task"), ("thanks",), ("background",),
        ("background", 0), ("glossary",), ("worked_example",), ("analysis", "added", "to"),
    ]
)  # fmt: skip


@given(st.dictionaries(PATHS, VALUES, min_size=1, max_size=2))
@settings(max_examples=12, deadline=None)
def test_an_edit_gives_a_study_or_says_why_not(changes: dict[Any, Any]) -> None:
    expected = (
        (StudyError,) if len(changes) == 1 else (StudyError, TypeError, IndexError)
    )  # one change can undo another
    with suppress(*expected):
        parse_study(edited(SMALL, changes))

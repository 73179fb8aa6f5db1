"""Study documents: every mistake is named with its line, its place in plain words, and its mend."""

from pathlib import Path

import pytest

from commonground.files.study import parse_study, read_study, study_hash
from commonground.records.errors import DataError, StudyError

STUDY = """\
# A small study
id: small
title: {en: Hello, fr: Bonjour}
languages: [en, fr]
frame:
  question: What matters?
items:
  - {id: a, label: A, short_label: A}
  - {id: b, label: B, short_label: B}
  - {id: c, label: C, short_label: C}
  - id: d
    label: D
    short_label: D
groups:
  - {id: HP, label: Health, short_label: HP}
consent:
  version: "1"
  sections: [Text]
  agreement: I agree
background:
  - id: role
    type: single
    text: Which?
    options:
      - {id: x, label: X}
      - {id: y, label: Y}
design: {per_task: 3}
task_explanation: Choose
thanks: Thanks
"""


def refusal(text: str) -> list[str]:
    with pytest.raises(StudyError) as caught:
        parse_study(text, "study.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_valid_document_is_read() -> None:
    document = parse_study(STUDY)
    assert document.study.id == "small"
    assert document.text == STUDY
    assert document.lines.line(("items", 3, "label")) == 12
    assert document.lines.line(("items", 3, "definition")) == 11


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("items:", "itms:", "study.yaml, line 7, itms: there is no field 'itms' here. Did you mean 'items'?"),
        ("items:", "itms:", "study.yaml, line 1: the field 'items' is missing."),
        ("label: D\n    short", "labl: D\n    short", "line 12, item 4 (d), labl: there is no field 'labl' here."),
        ('version: "1"', "version: 1", "line 17, consent, version: '1' is not a text. Put it between quotation marks"),
        ("- id: d", "- id: a", "line 11, item 4 (a), id: item id 'a' is used twice."),
        ("- id: d", "- id: été 2", "line 11, item 4 (été 2), id: 'été 2' cannot be an id."),
        ("per_task: 3", "per_task: 30", "line 27, design, per_task: '30' is too large. It must be at most 10."),
        ("per_task: 3", "per_task: 5", "line 27, design, per_task: a task of 5 items is larger than the list of 4."),
        ("per_task: 3", "per_task: many", "line 27, design, per_task: 'many' is not a whole number."),
        ("type: single", "type: singel", "line 22, background question 1 (role), type: 'singel' is none of"),
        ("type: single", "type: singel", "Did you mean 'single'?"),
        ("type: single", "type: text", "question 'role' of type 'text' takes no options."),
        ("label: D\n", "label: 12\n", "line 12, item 4 (d), label: '12' is not a text."),
        ("label: D\n", "label:\n", "line 12, item 4 (d), label: nothing stands here."),
        ("label: D\n", "label: {en: D, fr: ' '}\n", "line 12, item 4 (d), label: the text for 'fr' is empty."),
        ("thanks: Thanks\n", "thanks: [a, b]\n", "one text should stand here, not a list."),
        ("{id: y, label: Y}", "{id: x, label: Y}", "option 2 (x), id: question 'role' has the option 'x' twice."),
        ("      - {id: y, label: Y}\n", "", "question 'role' needs at least two options."),
        ("consent:", "consent: yes\nmore:", "line 16, consent: fields should stand here (version, sections"),
        ("items:", "items: none\nmore:", "line 7, items: a list should stand here, not 'none'."),
        ("  - {id: c, label: C, short_label: C}\n", "", "line 7, items: there are 3 here, but at least 4 are needed."),
    ],
)
def test_a_mistake_names_line_and_mend(before: str, after: str, expected: str) -> None:
    assert before in STUDY
    problems = refusal(STUDY.replace(before, after, 1))
    assert any(expected in problem for problem in problems), problems


def test_a_broken_item_is_not_also_called_missing() -> None:
    assert len(refusal(STUDY.replace("- id: d", "- id: 1 d"))) == 1


def test_every_mistake_between_parts_is_told_with_its_mend() -> None:
    rules = "\ngroup_rules:\n  - {group: HX, when: {question: role, equals: z}}\n"
    assert [problem.split(": ", 1)[1] for problem in refusal(STUDY.replace("- id: d", "- id: a", 1) + rules)] == [
        "item id 'a' is used twice. Give each an id of its own.",
        "group_rules names the partner group 'HX', which does not exist. Did you mean 'HP'? There are: HP.",
        "rule for group 'HX' looks for the option 'z', which question 'role' does not have. There are: x, y.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "mend"),
    [
        ("per_task: 3", "per_task: 5", "Show fewer per task, or add items."),
        ("type: single", "type: text", "Remove 'options', or choose the type single, multiple or ranking."),
        ("      - {id: y, label: Y}\n", "", "Add options, or choose the type text or number."),
        ("label: D\n", "label: {en: D, fr: ' '}\n", "Write it, or remove the line."),
        ("{id: y, label: Y}", "{id: x, label: Y}", "Give each an id of its own."),
        ("format_version: 1", "format_version: 2", "Write 1."),
        ("label: D\n", 'label: "D "e\n', "Use other quotation marks inside the text, such as “ ”"),
    ],
)
def test_no_mistake_is_without_a_mend(before: str, after: str, mend: str) -> None:
    text = STUDY if "format_version" in STUDY else f"format_version: 1\n{STUDY.lstrip()}"
    assert before in text
    assert any(mend in problem for problem in refusal(text.replace(before, after, 1)))


def test_a_question_that_no_number_answers_is_refused() -> None:
    asked = "background:\n  - {id: years, type: number, text: Years?, smallest: 70, largest: 0}\n"
    (problem,) = refusal(STUDY.replace("background:\n", asked, 1))
    assert "no number is at least 70 and at most 0. Exchange 'smallest' and 'largest'" in problem


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "{group: HX, when: {question: role, equals: x}}",
            "group rule 1 (HX), group: group_rules names the partner group",
        ),
        (
            "{group: HP, when: {question: role, equals: z}}",
            "when, equals: rule for group 'HP' looks for the option 'z'",
        ),
        (
            "{group: HP, when: {question: rule, equals: z}}",
            "when, question: rule for group 'HP' looks at the question 'rule'",
        ),
        ("{group: HP, when: {question: role, equal: x}}", "when, equal: there is no field 'equal' here. Did you mean"),
        ("{group: HP, when: {question: role}}", "group rule 1 (HP), when: give a question and exactly one comparison"),
    ],
)
def test_a_mistake_between_parts_stands_at_the_part_that_names_the_other(rule: str, expected: str) -> None:
    problems = refusal(f"{STUDY}group_rules:\n  - {rule}\n")
    assert any(expected in problem and "study.yaml, line 31" in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("label: D\n", "label: D: e\n", "line 12: a colon stands where no field name can be."),
        ("    label: D\n", "\tlabel: D\n", "line 12: a tab stands here. Indent with spaces only."),
        ("label: D\n", "label: 'D\n", "line 12: a quotation mark is opened here and never closed."),
        ("    label: D\n", "   label: D\n", "line 12: the indentation does not fit the lines above."),
        (
            "label: D\n",
            "label: D\n    label: E\n",
            "line 13: the field 'label' stands here a second time (first on line 12).",
        ),
        ("    label: D\n", "    label D\n", "line 13: a field name has no colon after it."),
        ("label: D\n", "label: @D\n", "line 12: the text begins with a sign that means something else in YAML."),
        ("label: D\n", 'label: "D\\e é \\q"\n', "line 12: a backslash stands between double quotation marks."),
        ("label: D\n", "label: *D\n", "line 12: '*' begins a reference"),
        ("label: D\n", "label: D\n---\nid: b\n", "a second document begins here"),
    ],
)
def test_broken_yaml_is_explained(before: str, after: str, expected: str) -> None:
    (problem,) = refusal(STUDY.replace(before, after, 1))
    assert expected in problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the study document is empty."),
        ("# only a comment\n", "the study document is empty."),
        ("- a\n- b\n", "the document is not a list of fields"),
        ("just words\n", "the document is not a list of fields"),
        ("a: \x07\n", "cannot be read as YAML"),
    ],
)
def test_what_is_no_study_document(text: str, expected: str) -> None:
    assert expected in refusal(text)[0]


def test_references_that_multiply_are_refused() -> None:
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    assert "far too large" in refusal(text)[0]


def test_the_hash_is_of_what_the_study_says() -> None:
    plain = parse_study(STUDY).hash
    assert parse_study(STUDY.replace("# A small study", "# Another comment")).hash == plain
    assert parse_study(STUDY.replace("per_task: 3", "per_task: 3, versions: 1")).hash == plain
    assert parse_study(STUDY.replace("label: D", 'label: "D"')).hash == plain
    assert parse_study(STUDY.replace("thanks: Thanks", "thanks: Thank you")).hash != plain
    assert study_hash(parse_study(STUDY).study) == plain


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_bytes(b"\xef\xbb\xbf" + STUDY.encode())
    assert read_study(tmp_path).study == read_study(tmp_path / "study.yaml").study
    with pytest.raises(DataError, match="there is no such file"):
        read_study(tmp_path / "other.yaml")
    (tmp_path / "study.yaml").write_bytes(STUDY.replace("Thanks", "Thé").encode("latin-1"))
    with pytest.raises(StudyError, match="line 29: a letter is not UTF-8 text"):
        read_study(tmp_path)

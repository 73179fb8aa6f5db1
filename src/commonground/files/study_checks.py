"""What a valid study document may still get wrong: languages, groups nobody can join, a design nobody can build."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from commonground.design.audit import audit
from commonground.design.planned import planned_design
from commonground.files.possible_answers import possible_answers
from commonground.files.study import StudyDocument
from commonground.files.study_words import in_words
from commonground.files.yaml_lines import Path
from commonground.records.design import Design
from commonground.records.errors import Problem
from commonground.records.respondents import FIXED_COLUMNS
from commonground.records.study import DesignPlan, Study
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.survey.conditions import holds

FOUR_LINES = 120
"""Letters of an item's label that take about four lines on a phone of 320 px."""

TABLE_WIDTH = 40
"""Letters of a short label that fit beside the bars of a figure."""

_TRANSLATED = ("en", "fr")
_OWN_COLUMNS = frozenset({"respondent", *FIXED_COLUMNS})
_MOST_COMBINATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found: errors that keep a study from being fielded or analysed, and warnings to think about."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(self.errors + other.errors, self.warnings + other.warnings)


def check_study(document: StudyDocument) -> Findings:
    """Look for what validation alone cannot see.

    Examples
    --------
    >>> from commonground.files.study import parse_study
    >>> from commonground.files.templates import template_text
    >>> check_study(parse_study(template_text("blank"))).errors
    ()
    """
    errors = [*_groups_without_rule(document), *_repeat_too_far(document), *_names_of_columns(document)]
    warnings = [
        *missing_languages(document),
        *_unknown_languages(document),
        *_untranslated(document),
        *_translations_not_told(document),
        *_rules_never_first(document),
        *_answers_without_group(document),
        *_optional_deciders(document),
        *_long_labels(document),
        *_twin_labels(document),
        *left_to_adapt(document),
        *_unbalanced(document),
    ]
    return Findings(tuple(errors), tuple(warnings))


def design_of(study: Study) -> Design:
    """The design a study plans, built once: several checks look at it."""
    return _planned(study.design, tuple(item.id for item in study.items))


@cache
def _planned(plan: DesignPlan, items: tuple[str, ...]) -> Design:
    return planned_design(plan, items)


def at(document: StudyDocument, path: Path, what: str, mend: str = "") -> Problem:
    """A problem with the line and the part of the document in which it stands."""
    line = document.lines.line(path)
    part = in_words(path, document.lines)
    return Problem(what, f"{document.name}, line {line}" + (f", {part}" if part else ""), mend)


def texts_of(part: Any, path: Path = ()) -> Iterator[tuple[Path, Words]]:
    """Every text that people read, and where it stands."""
    if isinstance(part, Words):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts_of(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for place, inner in enumerate(part):
            yield from texts_of(inner, (*path, place))


def missing_languages(document: StudyDocument) -> Iterator[Problem]:
    """Texts that lack one of the study's languages."""
    for path, words in texts_of(document.study):
        written = set(words.languages())
        missing = [language for language in document.study.languages if language not in written]
        if missing and EVERY_LANGUAGE not in written:
            what = f"this text has no {' or '.join(repr(one) for one in missing)}; people read '{next(iter(written))}'."
            yield at(document, path, what, "Translate it, or take the language out of 'languages'.")


def _unknown_languages(document: StudyDocument) -> Iterator[Problem]:
    known = {*document.study.languages, EVERY_LANGUAGE}
    extra: Counter[str] = Counter()
    first: dict[str, Path] = {}
    for path, words in texts_of(document.study):
        own = path in document.lines.numbers  # defaults speak more languages than a study may
        for language in set(words.languages()) - known if own else ():
            extra[language] += 1
            first.setdefault(language, path)
    for language, times in extra.items():
        texts = "1 text is" if times == 1 else f"{times} texts are"
        what = f"{texts} written in '{language}', which nobody sees."
        yield at(document, first[language], what, f"Add '{language}' to 'languages', or remove it.")


def _untranslated(document: StudyDocument) -> Iterator[Problem]:
    for place, language in enumerate(document.study.languages):
        if language.split("-")[0] not in _TRANSLATED:
            what = f"the buttons and notices of the pages exist in English and French, not in '{language}'."
            yield at(document, ("languages", place), what, "Your own texts are shown; the rest is in English.")


def _translations_not_told(document: StudyDocument) -> Iterator[Problem]:
    told = {one.language for one in document.study.translations}
    for place, language in enumerate(document.study.languages[1:], start=1):
        if language not in told:
            what = f"nothing says who translated the texts into '{language}', and how that was checked."
            mend = f"Add 'translations: [{{language: {language}, translated_by: …, checked: forward_back}}]'."
            yield at(document, ("languages", place), what, mend)
    for place, one in enumerate(document.study.translations):
        if one.language not in document.study.languages:
            what = f"this tells of a translation into '{one.language}', which nobody can choose."
            yield at(document, ("translations", place, "language"), what, f"Add '{one.language}' to 'languages'.")


def _names_of_columns(document: StudyDocument) -> Iterator[Problem]:
    """Question ids that are columns of the respondents table already: one would overwrite the other."""
    for part in ("background", "quality_questions", "demographics"):
        for place, question in enumerate(getattr(document.study, part)):
            if question.id in _OWN_COLUMNS:
                what = f"the respondents table has a column '{question.id}' of its own."
                yield at(
                    document, (part, place, "id"), what, f"Call the question otherwise, such as '{question.id}_said'."
                )


def _groups_without_rule(document: StudyDocument) -> Iterator[Problem]:
    study = document.study
    led = {rule.group for rule in study.group_rules}
    if len(study.groups) == 1 and not led:
        return
    for place, group in enumerate(study.groups):
        if group.id not in led:
            what = "no group rule leads here, so nobody can belong to this group."
            yield at(document, ("groups", place), what, "Add a rule to 'group_rules', or remove the group.")


def _repeat_too_far(document: StudyDocument) -> Iterator[Problem]:
    plan = document.study.design
    tasks = design_of(document.study).tasks
    if plan.repeat.count and plan.repeat.distance > tasks:
        what = f"with {tasks} tasks none can be repeated {plan.repeat.distance} tasks later."
        yield at(document, ("design", "repeat", "distance"), what, f"Write at most {tasks}.")


def _rules_never_first(document: StudyDocument) -> Iterator[Problem]:
    study = document.study
    reached = _reached(study)
    if reached is None:
        return
    for place, rule in enumerate(study.group_rules):
        if place not in reached:
            what = "no eligible person reaches this rule: those it means are taken by an earlier rule or turned away."
            yield at(
                document,
                ("group_rules", place),
                what,
                f"Look at the rules above, and at who is eligible for '{rule.group}'.",
            )


def _answers_without_group(document: StudyDocument) -> Iterator[Problem]:
    reached = _reached(document.study)
    if reached is not None and None in reached:
        said = reached[None]
        named = ", ".join(f"{question} = {_said(value)}" for question, value in said.items())
        what = f"some eligible people belong to no partner group, such as with {named}."
        mend = "Add a rule for them, or an eligibility rule that turns them away with a message."
        yield at(document, ("group_rules",), what, mend)


def _said(value: object) -> str:
    return "+".join(value) or "nothing" if isinstance(value, tuple) else str(value)


def _reached(study: Study) -> dict[int | None, Mapping[str, object]] | None:
    """Which rule is the first to hold for some eligible person, with the answers of one; None as key: no rule holds.

    All combinations of answers to the questions that decide are tried; None if there are too many.
    """
    if not study.group_rules:
        return {}
    conditions = [rule.when for rule in study.group_rules] + [rule.requires for rule in study.eligibility]
    asked = set().union(*(condition.questions() for condition in conditions))
    questions = [question for question in study.background if question.id in asked]
    choices = [possible_answers(question, conditions) for question in questions]
    combinations = 1
    for choice in choices:
        combinations *= len(choice)
    if combinations > _MOST_COMBINATIONS:
        return None
    found: dict[int | None, Mapping[str, object]] = {}
    for values in itertools.product(*choices):
        answers = {question.id: value for question, value in zip(questions, values, strict=True)}
        if all(holds(rule.requires, answers) for rule in study.eligibility):
            first = next((place for place, rule in enumerate(study.group_rules) if holds(rule.when, answers)), None)
            found.setdefault(first, answers)
    return found


def _optional_deciders(document: StudyDocument) -> Iterator[Problem]:
    study = document.study
    rules = [rule.when for rule in study.group_rules] + [rule.requires for rule in study.eligibility]
    deciding = set[str]().union(*(rule.questions() for rule in rules))
    for place, question in enumerate(study.background):
        if question.id in deciding and not question.required:
            what = "this question decides who takes part or in which group, but may be left empty."
            yield at(document, ("background", place), what, "Write 'required: true'.")


def _long_labels(document: StudyDocument) -> Iterator[Problem]:
    for place, item in enumerate(document.study.items):
        for field, limit, where in (
            ("label", FOUR_LINES, "more than four lines on a phone"),
            ("short_label", TABLE_WIDTH, "too long for a table or a figure"),
        ):
            for language, text in getattr(item, field).root.items():
                if len(text) > limit:
                    named = "" if language == EVERY_LANGUAGE else f" in '{language}'"
                    what = f"the text{named} has {len(text)} letters: {where}."
                    yield at(document, ("items", place, field), what, f"Keep it under {limit}.")


def _twin_labels(document: StudyDocument) -> Iterator[Problem]:
    for field in ("label", "short_label"):
        seen: dict[tuple[str, str], str] = {}
        for place, item in enumerate(document.study.items):
            for language, text in getattr(item, field).root.items():
                key = (language, " ".join(text.casefold().split()))
                if key in seen:
                    what = f"this reads the same as the {field.replace('_', ' ')} of item '{seen[key]}'."
                    yield at(document, ("items", place, field), what, "People must be able to tell items apart.")
                seen.setdefault(key, item.id)


def left_to_adapt(document: StudyDocument) -> Iterator[Problem]:
    """Addresses of a template that nobody reads."""
    left = [path for path, value in document.lines.scalars() if isinstance(value, str) and "@example.org" in value]
    if left:
        others = ", ".join(str(document.lines.line(path)) for path in left[1:])
        also = f" (also line{'s' if len(left) > 2 else ''} {others})" if others else ""
        yield at(
            document,
            left[0],
            f"this is still the template's address{also}.",
            "Write the address of a person who answers.",
        )


def _unbalanced(document: StudyDocument) -> Iterator[Problem]:
    design = design_of(document.study)
    if not audit(design).balanced:
        for note in design.notes:
            yield at(document, ("design",), note, "'commonground design --items N --list' shows the balanced designs.")

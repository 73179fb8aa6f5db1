"""Rules about earlier answers: a small form of comparisons, and the same rule as a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from commonground.records.questions import CHOOSING, NOT_APPLICABLE, Condition, Question, QuestionType
from commonground.records.study import Study
from commonground.web.look.templatetags.look import said

LISTS = frozenset({"any_of", "none_of"})
_T = QuestionType


@dataclass
class Row:
    """One comparison as typed: a question, how it is compared, and with what."""

    question: Question
    comparison: str = ""
    values: list[str] = field(default_factory=list)
    value: str = ""

    @property
    def name_words(self) -> str:
        """The question, short enough for a heading."""
        return short(said(self.question.text))

    @property
    def comparisons(self) -> list[tuple[str, str]]:
        """How this question can be compared."""
        return comparisons_of(self.question)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be ticked: the options of a choice."""
        return [(option.id, said(option.label)) for option in self.question.all_options()]

    @property
    def asks_number(self) -> bool:
        """Whether a number or a date is typed beside the options, or instead of them."""
        return not self.options or self.question.type == _T.MULTIPLE

    @property
    def value_label(self) -> str:
        """What is typed."""
        match self.question.type:
            case _T.DATE:
                return _("Date, such as 2026-05-31")
            case _T.COUNTRY:
                return _("Countries, by their two letters, such as CA, FR")
            case _T.MULTIPLE | _T.RANKING:
                return _("How many, where options are counted")
            case _T.TEXT | _T.LONG_TEXT:
                return _("Text")
            case _:
                return _("Number")

    def condition(self) -> dict[str, Any] | None:
        """The comparison as the study document writes it; None where something is missing."""
        given = self.values if self.options and self.comparison != "at_least_chosen" else self._typed()
        if not self.comparison or not given:
            return None
        if self.comparison in LISTS:
            alone = {"any_of": "equals", "none_of": "is_not"}[self.comparison]
            if self.question.type in {_T.SINGLE, _T.COUNTRY} and len(given) == 1:
                return {"question": self.question.id, alone: given[0]}
            return {"question": self.question.id, self.comparison: given}
        return {"question": self.question.id, self.comparison: given[0]}

    def _typed(self) -> list[Any]:
        text = self.value.strip()
        if self.question.type == _T.COUNTRY:
            return [code.strip().upper() for code in text.replace(";", ",").split(",") if code.strip()]
        if self.question.type in {_T.TEXT, _T.LONG_TEXT} or (self.question.type == _T.DATE and "-" in text):
            return [text] if text else []
        if text == NOT_APPLICABLE:
            return [text]
        try:
            number = float(text.replace(",", ".").replace(" ", ""))
        except ValueError:
            return [text] if text else []
        return [int(number) if number.is_integer() else number]


@dataclass
class RuleForm:
    """Comparisons joined by “and” or “or”. `kept` is a rule too deep for this form, kept as it is."""

    askable: Sequence[Question]
    rows: list[Row] = field(default_factory=list)
    join: str = "all"
    kept: Any = None
    was_kept: bool = False
    before: Any = None
    problems: list[str] = field(default_factory=list)
    is_needed: bool = False

    def filled(self, condition: Any) -> "RuleForm":
        """The form with a rule of the document in it."""
        self.before = condition
        if condition is None:
            return self
        known = {question.id: question for question in self.askable}
        joined = next((name for name in ("all", "any") if name in condition), "")
        parts = condition[joined] if joined else [condition]
        rows = [_row(part, known) for part in parts]
        if any(row is None for row in rows):
            self.kept = condition
        else:
            self.rows, self.join = [row for row in rows if row is not None], joined or "all"
        return self

    def sent(self, data: QueryDict, before: Any = None) -> "RuleForm":
        """The form as it was typed. Rows about questions that are not there any more are left out."""
        self.filled(before)
        if self.kept is not None and "rule.replace" not in data:
            return self
        self.was_kept, self.kept = self.kept is not None, None
        known = {question.id: question for question in self.askable}
        count = data.get("rule.n", "")
        self.join = "any" if data.get("rule.join") == "any" else "all"
        self.rows = [
            Row(
                known[data.get(f"rule.{place}.question", "")],
                data.get(f"rule.{place}.comparison", ""),
                data.getlist(f"rule.{place}.values"),
                data.get(f"rule.{place}.value", ""),
            )
            for place in range(min(int(count), 50) if count.isdigit() else 0)
            if data.get(f"rule.{place}.question") in known
        ]
        return self

    def rearranged(self, do: str, data: QueryDict) -> bool:
        """Add a comparison with the chosen question, or take one away, as a button asks."""
        if do == "add:rule":
            chosen = next((one for one in self.askable if one.id == data.get("rule.new")), None)
            self.rows += [Row(chosen)] if chosen else []
            return True
        if do.startswith("drop:rule:") and do[10:].isdigit() and int(do[10:]) < len(self.rows):
            del self.rows[int(do[10:])]
            return True
        if do == "replace:rule":
            self.was_kept, self.kept = True, None
            return True
        return False

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The questions a rule can look at."""
        return [(question.id, short(said(question.text))) for question in self.askable]

    def read(self) -> Any:
        """The rule as the document writes it; None where there is none. What is missing is noted in `problems`."""
        if self.kept is not None:
            return self.kept
        found = [row.condition() for row in self.rows]
        self.problems = [
            _("The rule about “%(question)s” is not complete yet.") % {"question": short(said(row.question.text))}
            for row, condition in zip(self.rows, found, strict=True)
            if condition is None
        ]
        if self.is_needed and not found:
            self.problems.append(_("A rule needs at least one comparison."))
        if not found or self.problems:
            return None
        rule = found[0] if len(found) == 1 else {self.join: found}
        return self.before if self._says_the_same(rule) else rule

    def _says_the_same(self, rule: Any) -> bool:
        """Whether nothing was changed: then the document keeps the hand it is written in."""
        if self.before is None:
            return False
        before = RuleForm(self.askable).filled(self.before)
        if before.kept is not None or (len(before.rows) > 1 and before.join != self.join):
            return False
        return [row.condition() for row in before.rows] == [row.condition() for row in self.rows] and bool(rule)


def comparisons_of(question: Question) -> list[tuple[str, str]]:
    """How a question can be compared, and what that is called."""
    equal = [("equals", _("is exactly")), ("is_not", _("is anything but"))]
    own = {
        _T.SINGLE: [("any_of", _("is one of the ticked answers")), ("none_of", _("is none of the ticked answers"))],
        _T.MULTIPLE: [
            ("any_of", _("at least one of the ticked answers is chosen")),
            ("none_of", _("none of the ticked answers is chosen")),
            ("equals", _("only the ticked answer is chosen")),
            ("at_least_chosen", _("at least so many answers are chosen")),
        ],
        _T.RANKING: [
            ("ranked_first", _("the ticked answer has the first place")),
            ("any_of", _("at least one of the ticked answers has a place")),
            ("none_of", _("none of the ticked answers has a place")),
        ],
        _T.COUNTRY: [("any_of", _("is one of")), ("none_of", _("is none of"))],
        _T.DATE: [("at_least", _("is not before")), ("at_most", _("is not after")), *equal],
        _T.TEXT: equal,
        _T.LONG_TEXT: equal,
    }
    return own.get(question.type, [("at_least", _("is at least")), ("at_most", _("is at most")), *equal])


def rule_words(study: Study, condition: Condition | None) -> str:
    """A rule as a sentence.

    Rules inside rules stand between brackets.
    """
    if condition is None:
        return ""
    if condition.all is not None or condition.any is not None:
        parts = condition.all or condition.any or ()
        joined = f" {_('and')} " if condition.all is not None else f" {_('or')} "
        return joined.join(
            f"({rule_words(study, one)})" if one.question is None else rule_words(study, one) for one in parts
        )
    question = next((one for one in study.all_questions() if one.id == condition.question), None)
    if question is None:
        return condition.question or ""
    return f"{_quoted(short(said(question.text)))} {_compared(question, condition)}"


def kept_words(study: Study, form: RuleForm) -> str:
    """The rule that a form cannot show, as a sentence."""
    return rule_words(study, Condition.model_validate(form.kept)) if form.kept is not None else ""


def short(text: str) -> str:
    """A text that names its question without filling the page."""
    return Truncator(text).chars(60)


def _compared(question: Question, condition: Condition) -> str:
    names = {option.id: said(option.label) for option in question.all_options()}
    comparison, wanted = next(_comparisons(condition))
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    told = f" {_('or')} ".join(_quoted(names[one]) if one in names else _plain(one) for one in values)
    match comparison:
        case "equals" | "any_of":
            return _("is %(answers)s") % {"answers": told}
        case "is_not" | "none_of":
            return _("is not %(answers)s") % {"answers": told}
        case "at_least":
            return _("is at least %(answers)s") % {"answers": told}
        case "at_most":
            return _("is at most %(answers)s") % {"answers": told}
        case "ranked_first":
            return _("has %(answers)s in the first place") % {"answers": told}
        case _:
            return _("has at least %(answers)s answers chosen") % {"answers": told}


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _comparisons(condition: Condition) -> Iterator[tuple[str, Any]]:
    for name in ("equals", "is_not", "any_of", "none_of", "at_least", "at_most", "at_least_chosen", "ranked_first"):
        value = getattr(condition, name)
        if value is not None:
            yield name, value


def _row(part: Mapping[str, Any], known: Mapping[str, Question]) -> Row | None:
    """A comparison of the document as a row; None where this form has no row like it."""
    question = known.get(str(part.get("question")))
    names = [name for name in part if name != "question"]
    if question is None or len(names) != 1:
        return None
    name, value = names[0], part[names[0]]
    is_list = {"equals": "any_of", "is_not": "none_of"}
    if name in is_list and question.type in {_T.SINGLE, _T.COUNTRY}:
        name, value = is_list[name], [value]
    if name not in dict(comparisons_of(question)):
        return None
    values = [str(one) for one in value] if isinstance(value, list) else [_plain(value)]
    if question.type in CHOOSING or question.type == _T.RANKING:
        return Row(question, name, values) if name != "at_least_chosen" else Row(question, name, value=values[0])
    return Row(question, name, value=", ".join(values))

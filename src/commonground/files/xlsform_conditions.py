"""The simple conditions of an XLSForm (`relevant`, `constraint`) as conditions and limits of a study document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commonground.records.questions import Question, QuestionType

_TOKEN = re.compile(
    r"\s*(?:\$\{\s*(?P<name>[^}]+?)\s*\}|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign>>=|<=|!=|=|>|<|\(|\)|,|\.(?!\d))|(?P<word>[A-Za-z][\w-]*))"
)
_TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "=", "!=": "!="}
_DEEPEST = 40

Condition = dict[str, object]
"""A condition as a study document writes it."""


class NotSimpleError(ValueError):
    """An expression that a study document cannot say; the message says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken over: as it became, the new ids of its options by their old names, and its kind of numbers."""

    question: Question
    options: Mapping[str, str]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def condition_of(expression: str, asked: Mapping[str, Asked]) -> Condition:
    """The condition that an expression of the column `relevant` stands for.

    Parameters
    ----------
    expression : str
        Comparisons of `${question}` with an option, a number or a date, `selected(…)`, `not(…)`, joined by and / or.
    asked : mapping of name to Asked
        The questions before this one, by the names they have in the form.

    Raises
    ------
    NotSimpleError
        If it says anything else.

    Examples
    --------
    >>> age = Asked(Question(id="age", type="number", text="How old?"), {}, is_whole=True)
    >>> condition_of("${age} > 17 and ${age} <= 99", {"age": age})
    {'all': [{'question': 'age', 'at_least': 18}, {'question': 'age', 'at_most': 99}]}
    """
    reader = _Reader(list(_tokens(expression)), asked)
    found = reader.either(0)
    if reader.tokens:
        raise NotSimpleError(f"'{reader.tokens[0].text}' stands where it should end")
    return found


@dataclass(frozen=True, slots=True)
class Limits:
    """What a `constraint` allows: numbers or dates, ends included."""

    smallest: str | None = None
    largest: str | None = None


def limits_of(expression: str, *, is_whole: bool) -> Limits:
    """The smallest and largest answer that an expression of the column `constraint` allows.

    Raises
    ------
    NotSimpleError
        If it says anything but that the answer `.` lies between numbers or dates.

    Examples
    --------
    >>> limits_of(". > 0 and . <= 120", is_whole=True)
    Limits(smallest='1', largest='120')
    """
    tokens = list(_tokens(expression))
    smallest = largest = None
    while tokens:
        sign, limit = _one_limit(tokens)
        if sign in {">", "<"}:
            limit = _next_whole(limit, 1 if sign == ">" else -1, is_whole=is_whole)
        if sign in {">", ">=", "="}:
            smallest = limit
        if sign in {"<", "<=", "="}:
            largest = limit
        if tokens and _take(tokens).text.lower() != "and":
            raise NotSimpleError("only limits joined by 'and' can be taken over")
    return Limits(smallest, largest)


def _one_limit(tokens: list[_Token]) -> tuple[str, str]:
    left, sign, right = _operand(tokens), _take(tokens), _operand(tokens)
    if left.text != "." and right.text == ".":
        left, right, sign = right, left, _Token("sign", _TURNED.get(sign.text, ""))
    if left.text != "." or sign.text not in _TURNED or sign.text == "!=" or right.kind not in {"number", "date"}:
        raise NotSimpleError("only comparisons of the answer '.' with a number or a date can be taken over")
    return sign.text, right.text


def _next_whole(limit: str, step: int, *, is_whole: bool) -> str:
    if not is_whole or "." in limit or not limit.lstrip("-").isdigit():
        raise NotSimpleError("limits that the answer may not reach itself exist only for whole numbers")
    return str(int(limit) + step)


def _tokens(expression: str) -> Iterator[_Token]:
    place = 0
    text = expression.strip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise NotSimpleError(f"'{text[place : place + 20]}' cannot be read")
        kind = found.lastgroup or ""
        yield _Token("text" if kind in {"single", "double"} else kind, found[kind])
        place = found.end()


def _take(tokens: list[_Token]) -> _Token:
    if not tokens:
        raise NotSimpleError("it ends too early")
    return tokens.pop(0)


def _operand(tokens: list[_Token]) -> _Token:
    """A question, a text, a number, or a date written as date('…')."""
    token = _take(tokens)
    if token.kind == "word" and token.text.lower() == "date":
        opened, date, closed = _take(tokens), _take(tokens), _take(tokens)
        if (opened.text, date.kind, closed.text) == ("(", "text", ")"):
            return _Token("date", date.text)
    if token.kind == "word":
        raise NotSimpleError(f"'{token.text}' has no counterpart here")
    return token


@dataclass(slots=True)
class _Reader:
    """Reads an expression from the left; each method takes what belongs to it."""

    tokens: list[_Token]
    asked: Mapping[str, Asked]

    def either(self, depth: int) -> Condition:
        """Parts joined by `or`."""
        if depth > _DEEPEST:
            raise NotSimpleError("it has too many brackets in each other")
        parts = [self.both(depth)]
        while self._next("or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else {"any": parts}

    def both(self, depth: int) -> Condition:
        """Parts joined by `and`."""
        parts = [self.single(depth)]
        while self._next("and"):
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else {"all": parts}

    def single(self, depth: int) -> Condition:
        """A comparison, or an expression in brackets."""
        if self._next("("):
            return self._closed(self.either(depth + 1))
        if self._next("not"):
            self._expect("(")
            return _negated(self._closed(self.either(depth + 1)))
        if self._next("selected"):
            return self._selected()
        left, sign, right = _operand(self.tokens), _take(self.tokens), _operand(self.tokens)
        if left.kind != "name" and right.kind == "name":
            left, right, sign = right, left, _Token("sign", _TURNED.get(sign.text, ""))
        if left.kind != "name" or right.kind == "name" or sign.text not in _TURNED:
            raise NotSimpleError("only comparisons of one question with one value can be taken over")
        return _comparison(self._of(left.text), sign.text, right)

    def _selected(self) -> Condition:
        self._expect("(")
        name = _take(self.tokens)
        self._expect(",")
        option = _take(self.tokens)
        if name.kind != "name":
            raise NotSimpleError("'selected' must look at a question")
        one = self._of(name.text)
        return self._closed({"question": one.question.id, "any_of": [_option(one, option.text)]})

    def _closed(self, condition: Condition) -> Condition:
        self._expect(")")
        return condition

    def _next(self, text: str) -> bool:
        """Whether this comes next; then it is taken."""
        if self.tokens and self.tokens[0].kind in {"word", "sign"} and self.tokens[0].text.lower() == text:
            self.tokens.pop(0)
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._next(text):
            raise NotSimpleError(f"'{text}' is missing")

    def _of(self, name: str) -> Asked:
        if name not in self.asked:
            raise NotSimpleError(f"the question '{name}' is not asked before it, or was not taken over")
        return self.asked[name]


def _comparison(one: Asked, sign: str, value: _Token) -> Condition:
    question, name = one.question, one.question.id
    if value.text == "":
        raise NotSimpleError("whether a question was answered at all cannot be asked")
    if question.type in {QuestionType.SINGLE, QuestionType.MULTIPLE} and sign in {"=", "!="}:
        return {"question": name, "equals" if sign == "=" else "is_not": _option(one, value.text)}
    if question.type == QuestionType.NUMBER:
        return {"question": name, **_limit(one, sign, value)}
    if question.type == QuestionType.DATE and value.kind in {"date", "text"} and sign in {"=", "!=", ">=", "<="}:
        return {"question": name, _WORDS[sign]: value.text}
    if question.type in {QuestionType.TEXT, QuestionType.LONG_TEXT} and sign in {"=", "!="}:
        return {"question": name, _WORDS[sign]: value.text}
    raise _refused(question, sign)


_WORDS = {"=": "equals", "!=": "is_not", ">=": "at_least", "<=": "at_most"}


def _refused(question: Question, sign: str) -> NotSimpleError:
    return NotSimpleError(f"'{sign}' cannot be asked of the {question.type} '{question.id}'")


def _limit(one: Asked, sign: str, value: _Token) -> Condition:
    try:
        number = float(value.text)
    except ValueError:
        raise _refused(one.question, f"{sign} {value.text}") from None
    if sign in {">", "<"}:
        step = 1 if sign == ">" else -1
        number = float(_next_whole(value.text, step, is_whole=one.is_whole))
        sign = f"{sign}="
    return {_WORDS[sign]: int(number) if number.is_integer() else number}


def _option(one: Asked, name: str) -> str:
    if name not in one.options:
        raise NotSimpleError(f"the question '{one.question.id}' has no option '{name}'")
    return one.options[name]


def _negated(condition: Condition) -> Condition:
    """The opposite of a single comparison with options; of anything else it is not simple."""
    opposite = {"any_of": "none_of", "none_of": "any_of", "equals": "is_not", "is_not": "equals"}
    for field, other in opposite.items():
        if field in condition:
            return {"question": condition["question"], other: condition[field]}
    raise NotSimpleError("'not' is taken over only around one comparison with an option")


def joined(conditions: Sequence[Condition]) -> Condition | None:
    """Conditions that all must hold, as one; None where there are none."""
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else {"all": list(conditions)}

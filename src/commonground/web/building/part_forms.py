"""Forms for parts of a study document: what is asked, what was typed, and the plain values that come of it.

A text has an input for each language of the study. A list has a row for each entry; adding, moving and taking away
rows are buttons that send the form, so nothing needs a script and nothing typed is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from commonground.records.errors import Problem
from commonground.records.words import EVERY_LANGUAGE
from commonground.web.building.language_names import language_name

_IS_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}").fullmatch

Raw = dict[str, list[str]]
"""What stands in inputs: name to the values sent."""


class Kind(StrEnum):
    """What an input is for."""

    WORDS = "words"
    """A line in each language."""
    LONG_WORDS = "long_words"
    """Several lines in each language."""
    LINE = "line"
    CODE = "code"
    """An id, as tables use it."""
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    MANY = "many"
    HIDDEN = "hidden"

    @property
    def is_words(self) -> bool:
        """Whether it is asked in each language."""
        return self in {Kind.WORDS, Kind.LONG_WORDS}


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a form asks for. `choices` are pairs of value and label."""

    name: str
    label: str
    kind: Kind = Kind.WORDS
    help: str = ""
    is_needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A list in a form: `one` is what a single entry is called, `least` how many empty rows a new form shows."""

    name: str
    label: str
    one: str
    asks: tuple[Ask, ...]
    help: str = ""
    add: str = ""
    least: int = 0
    can_paste: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """One control as its template shows it."""

    name: str
    value: str
    language: str = ""

    @property
    def language_name(self) -> str:
        """The language in its own words."""
        return language_name(self.language) if self.language else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something asked, with what stands there and what is wrong with it."""

    ask: Ask
    name: str
    inputs: tuple[Input, ...]
    chosen: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_for_all: bool = False
    """Whether one text stands for every language."""

    @property
    def first(self) -> str:
        """The id of the control a list of problems links to."""
        return f"{self.inputs[0].name}-{self.ask.choices[0][0]}" if self.ask.kind == Kind.MANY else self.inputs[0].name

    @property
    def described_by(self) -> str:
        """Ids of the help and the problem."""
        parts = [f"{self.name}-help"] * bool(self.ask.help) + [f"{self.name}-problem"] * bool(self.problems)
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a list as its template shows it; `number` counts from 1."""

    rows: Rows
    place: int
    shown: tuple[Shown, ...]
    is_last: bool

    @property
    def number(self) -> int:
        """Its place as people count."""
        return self.place + 1


@dataclass
class PartForm:
    """What is asked, and what stands in it."""

    asks: tuple[Ask, ...]
    lists: tuple[Rows, ...]
    languages: tuple[str, ...]
    raw: Raw = field(default_factory=dict)
    rows: dict[str, list[Raw]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    """What is wrong and belongs to no single input."""

    def filled(self, values: Mapping[str, Any]) -> "PartForm":
        """The form with plain values in it."""
        raw = self._raw(self.asks, values)
        rows = {rows.name: [self._raw(rows.asks, row) for row in values.get(rows.name) or ()] for rows in self.lists}
        for one in self.lists:
            rows[one.name] += [{}] * (one.least - len(rows[one.name]))
        return replace(self, raw=raw, rows=rows)

    def sent(self, data: QueryDict) -> "PartForm":
        """The form with what was typed in it."""
        raw = self._sent(self.asks, data, "")
        rows = {
            rows.name: [self._sent(rows.asks, data, f"{rows.name}.{place}.") for place in range(_count(data, rows))]
            for rows in self.lists
        }
        return replace(self, raw=raw, rows=rows)

    def rearranged(self, do: str, data: QueryDict) -> bool:
        """Add, move or take away a row as a button asks; whether it was such a button."""
        what, _sign, which = do.partition(":")
        name, _sign, number = which.partition(":")
        rows = self.rows.get(name)
        if rows is None:
            return False
        place = int(number) if number.isdigit() else -1
        if what == "add":
            rows += [{}] * (len(rows) < MOST_ROWS)
        elif what == "paste":
            self._paste(name, data.get(f"{name}.pasted", ""))
        elif what == "drop" and 0 <= place < len(rows):
            del rows[place]
        elif what in {"up", "down"} and 0 <= place < len(rows):
            rows.insert(max(place + (1 if what == "down" else -1), 0), rows.pop(place))
        else:
            return False
        return True

    def read(self) -> dict[str, Any]:
        """The plain values; what is missing or no number is noted in `errors`. Rows without any words are left out."""
        self.errors = {}
        values = {ask.name: self._value(ask, self.raw, "") for ask in self.asks}
        for rows in self.lists:
            values[rows.name] = [
                {ask.name: self._value(ask, row, f"{rows.name}.{place}.") for ask in rows.asks}
                for place, row in enumerate(self.rows[rows.name])
                if _says_something(rows.asks, row)
            ]
        return values

    def note(self, problems: Sequence[Problem]) -> None:
        """Put what the whole document cannot be beside the inputs it is about."""
        for problem in problems:
            about = problem.where.rpartition(",")[2].strip().rpartition(".")[2]
            name = next((ask.name for ask in self.asks if ask.name == about), "")
            said = f"{problem.what} {problem.mend}".strip()
            if name:
                self.errors.setdefault(name, []).append(said)
            else:
                place = problem.where.partition(", ")[2].partition(", ")[2] or problem.where
                self.problems.append(f"{place}: {said}" if place and not place.startswith("study.yaml") else said)

    @property
    def all_errors(self) -> list[tuple[str, str]]:
        """Every mistake with the control it is about, for the summary on top."""
        shown = [*self.shown(), *(one for rows in self.lists for row in self.shown_rows(rows) for one in row.shown)]
        found = [(one.first, f"{one.ask.label}: {problem}") for one in shown for problem in one.problems]
        return [*(("", problem) for problem in self.problems), *found]

    def shown(self) -> list[Shown]:
        """Everything asked once, as it stands."""
        return [self._shown(ask, self.raw, "") for ask in self.asks]

    def field(self, name: str) -> Shown | None:
        """One thing asked, as it stands."""
        return next((one for one in self.shown() if one.ask.name == name), None)

    def shown_lists(self) -> list[tuple[Rows, list[ShownRow]]]:
        """Every list with its rows."""
        return [(rows, self.shown_rows(rows)) for rows in self.lists]

    def shown_rows(self, rows: Rows) -> list[ShownRow]:
        """The rows of a list, as they stand."""
        raws = self.rows.get(rows.name, [])
        return [
            ShownRow(
                rows,
                place,
                tuple(self._shown(ask, raw, f"{rows.name}.{place}.") for ask in rows.asks),
                is_last=place == len(raws) - 1,
            )
            for place, raw in enumerate(raws)
        ]

    def _names(self, ask: Ask) -> list[tuple[str, str]]:
        """The inputs of something asked: name and language."""
        if ask.kind.is_words:
            return [(f"{ask.name}.{language}", language) for language in self.languages]
        return [(ask.name, "")]

    def _raw(self, asks: Sequence[Ask], values: Mapping[str, Any]) -> Raw:
        raw: Raw = {}
        for ask in asks:
            value = values.get(ask.name)
            if ask.kind.is_words:
                raw |= {f"{ask.name}.{code}": [text] for code, text in texts_of(value, self.languages).items()}
                raw[f"{ask.name}.{EVERY_LANGUAGE}"] = ["yes"] * isinstance(value, str)
            else:
                raw[ask.name] = list(_raw_values(value))
        return raw

    def _sent(self, asks: Sequence[Ask], data: QueryDict, prefix: str) -> Raw:
        names = [name for ask in asks for name, _language in self._names(ask)]
        return {name: [_lines(one) for one in data.getlist(prefix + name)] for name in names}

    def _shown(self, ask: Ask, raw: Raw, prefix: str) -> Shown:
        inputs = tuple(
            Input(prefix + name, (raw.get(name) or [""])[0], language) for name, language in self._names(ask)
        )
        problems = tuple(self.errors.get(prefix + ask.name, ()))
        is_for_all = bool(raw.get(f"{ask.name}.{EVERY_LANGUAGE}"))
        return Shown(ask, prefix + ask.name, inputs, tuple(raw.get(ask.name, ())), problems, is_for_all)

    def _value(self, ask: Ask, raw: Raw, prefix: str) -> Any:
        texts = {language: (raw.get(name) or [""])[0].strip() for name, language in self._names(ask)}
        text = texts.get("", "")
        if ask.is_needed and not any(texts.values()) and not raw.get(ask.name):
            self.errors.setdefault(prefix + ask.name, []).append(_("This is still empty."))
        if ask.kind.is_words:
            return {language: said for language, said in texts.items() if said}
        if ask.kind == Kind.CODE:
            self._check_code(prefix + ask.name, text)
        return self._plain_value(ask, raw, prefix, text)

    def _plain_value(self, ask: Ask, raw: Raw, prefix: str, text: str) -> Any:
        match ask.kind:
            case Kind.NUMBER:
                return self._number(prefix + ask.name, text)
            case Kind.FLAG:
                return bool(raw.get(ask.name))
            case Kind.MANY:
                known = {value for value, _label in ask.choices}
                return [one for one in raw.get(ask.name, ()) if one in known]
            case _:
                return text

    def _check_code(self, name: str, text: str) -> None:
        if text and not _IS_ID(text):
            said = _("Begin with a letter, then letters without accents, digits, - or _; at most 64 of them.")
            self.errors.setdefault(name, []).append(said)

    def _number(self, name: str, text: str) -> int | float | None:
        try:
            value = float(text.replace(",", ".").replace(" ", "")) if text else None
        except ValueError:
            value = float("nan")
        if value is None:
            return None
        if not abs(value) < 1e12:  # also false for what is no number
            self.errors.setdefault(name, []).append(_("Please write a number, for example 12."))
            return None
        return int(value) if value.is_integer() else value

    def _paste(self, name: str, text: str) -> None:
        """A row for each line; what stands there and says nothing makes room."""
        rows = next(one for one in self.lists if one.name == name)
        words = next(ask for ask in rows.asks if ask.kind.is_words)
        kept = [row for row in self.rows[name] if _says_something(rows.asks, row)]
        lines = [line.strip() for line in _lines(text).splitlines() if line.strip()]
        if len(kept) + len(lines) > MOST_ROWS:
            said = _("These are more than %(most)s rows, so the lines were not added. Bring so many as a document.")
            self.problems.append(said % {"most": MOST_ROWS})
            return
        self.rows[name] = kept + [{f"{words.name}.{self.languages[0]}": [line]} for line in lines]


def texts_of(value: Any, languages: Sequence[str]) -> dict[str, str]:
    """The text for each input; a text for every language stands in the first one.

    Examples
    --------
    >>> texts_of("Yes", ["en", "fr"]), texts_of({"fr": "Oui"}, ["en", "fr"])
    ({'en': 'Yes'}, {'fr': 'Oui'})
    """
    if isinstance(value, Mapping):
        first = {languages[0]: str(value[EVERY_LANGUAGE])} if EVERY_LANGUAGE in value else {}
        return first | {str(language): str(text) for language, text in value.items() if language != EVERY_LANGUAGE}
    return {languages[0]: str(value)} if value is not None else {}


def words_of(texts: Mapping[str, str], before: Any, languages: Sequence[str]) -> Any:
    """The plain value for texts by language; None where there is none.

    A text that served every language goes on to do so until it is written in a second one. Languages the study does
    not list any more keep what they had.

    Examples
    --------
    >>> words_of({"en": "Yes"}, "No", ["en", "fr"]), words_of({"en": "Yes"}, None, ["en", "fr"])
    ('Yes', {'en': 'Yes'})
    >>> words_of({"en": "Yes"}, {"de": "Ja", "fr": "Oui"}, ["en", "fr"])
    {'de': 'Ja', 'en': 'Yes'}
    """
    if isinstance(before, Mapping):
        if before.get(EVERY_LANGUAGE) == texts.get(languages[0]) and languages[0] not in before:
            texts = {code: text for code, text in texts.items() if code != languages[0]}
        kept = {code: texts.get(code, "") if code in languages else text for code, text in before.items()}
        return {code: text for code, text in {**kept, **texts}.items() if text} or None
    if not texts:
        return None
    is_plain = len(languages) == 1 or isinstance(before, str)
    return texts[languages[0]] if is_plain and list(texts) == [languages[0]] else dict(texts)


def _raw_values(value: Any) -> Iterator[str]:
    match value:
        case None | False:
            return
        case True:
            yield "yes"
        case list() | tuple():
            yield from (str(one) for one in value)
        case float():
            yield f"{value:g}"
        case _:
            yield str(value)


def _says_something(asks: Sequence[Ask], row: Raw) -> bool:
    """Whether anything but a tick or what is hidden stands in a row."""
    silent = {ask.name for ask in asks if ask.kind in {Kind.FLAG, Kind.HIDDEN, Kind.CHOICE}}
    return any(text.strip() for name, texts in row.items() if name not in silent for text in texts)


def _count(data: QueryDict, rows: Rows) -> int:
    count = data.get(f"{rows.name}.n", "")
    return min(int(count), MOST_ROWS) if count.isdigit() else 0


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


MOST_ROWS = 300
"""Rows a form can have; more come as a document."""

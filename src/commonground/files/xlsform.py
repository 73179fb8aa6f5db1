"""A questionnaire written as XLSForm, as questions of a study document, and a list of what could not be taken over.

XLSForm is how ODK, KoboToolbox and others write questionnaires: a sheet `survey` with a row a question, a sheet
`choices` with the options, and `settings`. The reference is https://xlsform.org/en/ref-table/.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from commonground.files.study_edits import plain
from commonground.files.xlsform_conditions import Asked, Condition, NotSimpleError, condition_of, joined, limits_of
from commonground.files.xlsform_sheets import Row, Sheets, read_sheets
from commonground.files.xlsform_texts import Names, Texts, fitting_options, texts_of
from commonground.records.errors import Problem
from commonground.records.questions import Question, QuestionType
from commonground.records.words import Words

_TYPES = {
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
    "integer": QuestionType.NUMBER,
    "int": QuestionType.NUMBER,
    "decimal": QuestionType.NUMBER,
    "range": QuestionType.NUMBER,
    "note": QuestionType.INFORMATION,
    "date": QuestionType.DATE,
    "select_one": QuestionType.SINGLE,
    "select_multiple": QuestionType.MULTIPLE,
    "rank": QuestionType.RANKING,
}
_KEPT_COLUMNS = frozenset({"type", "name", "label", "hint", "required", "relevant", "constraint"})
_WITHOUT_LOSS = frozenset({"required_message", "constraint_message", "parameters", "appearance"})
"""Columns that are looked at, or replaced by words of our own."""

_WHAT_IT_DID = {
    "calculation": "a calculated value",
    "default": "an answer filled in beforehand",
    "choice_filter": "options that depend on an earlier answer: all of them are shown",
    "read_only": "that the answer cannot be changed",
    "readonly": "that the answer cannot be changed",
    "repeat_count": "how often it is repeated",
    "guidance_hint": "a hint for interviewers",
    "trigger": "what starts a calculation",
}
_ATTACHED = ("media", "image", "audio", "video", "big-image", "body", "bind", "instance")
_KNOWN = {
    "survey": _KEPT_COLUMNS | _WITHOUT_LOSS | frozenset(_WHAT_IT_DID) | {"relevance", "disabled"},
    "choices": frozenset({"list_name", "list", "name", "value", "label"}),
    "settings": frozenset({"form_title", "form_id", "id_string", "version", "default_language"}),
}
_OTHER = Words({"en": "Other", "fr": "Autre"})
_WHICH = Words({"en": "Which other?", "fr": "Laquelle ou lequel?"})
_YES = frozenset({"yes", "true", "true()", "1", "oui"})
_NO = frozenset({"", "no", "false", "false()", "0", "non"})


@dataclass(frozen=True, slots=True)
class Imported:
    """What a form held.

    Parameters
    ----------
    questions : tuple of Question
        In their order, groups dissolved; conditions of a group stand at each of its questions.
    languages : tuple of str
        Codes of the languages it is written in, its own one first; empty where it does not say.
    title : str
    left_out : tuple of Problem
        Everything that could not be taken over, with sheet, row and name.
    """

    questions: tuple[Question, ...]
    languages: tuple[str, ...]
    title: str
    left_out: tuple[Problem, ...]

    def as_written(self) -> list[dict[str, Any]]:
        """The questions as a study document writes them."""
        return [{field: plain(value) for field, value in _spelled(question).items()} for question in self.questions]


def _spelled(question: Question) -> dict[str, Any]:
    said = _as_people_write(question.model_dump(mode="json", exclude_defaults=True))
    words = {name: getattr(question, name) for name in said if isinstance(getattr(question, name), Words)}
    options = {
        "options": [
            {**one.model_dump(mode="json", exclude_defaults=True), "label": one.label} for one in question.options
        ]
    }
    return {**said, **words, **(options if question.options else {})}


def _as_people_write(value: Any) -> Any:
    """Whole numbers without a point."""
    if isinstance(value, dict):
        return {name: _as_people_write(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_people_write(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_xlsform(path: Path) -> Imported:
    """Read a questionnaire from a workbook, or from a folder with survey.csv, choices.csv and settings.csv.

    Nothing disappears without being told: what a study document cannot say is in `left_out`, each row by its name.

    Raises
    ------
    DataError
        If the file cannot be read as an XLSForm.
    MissingLibraryError
        If it is a workbook and the extra `xlsx` is not installed.
    """
    return questions_of(read_sheets(path))


def questions_of(sheets: Sheets) -> Imported:
    """The questions of a form whose sheets were read."""
    form = _Form(sheets, texts_of(sheets))
    for row in sheets.survey:
        form.take(row)
    form.close()
    title = next((row.get("form_title") for row in sheets.settings), "")
    return Imported(tuple(form.questions), form.texts.languages(), title, tuple(form.left_out))


@dataclass(slots=True)
class _Form:
    """The form as far as it was read."""

    sheets: Sheets
    texts: Texts
    questions: list[Question] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    around: list[Condition | None] = field(default_factory=list)
    repeats: int = 0

    def __post_init__(self) -> None:
        for column in self.texts.unknown:
            what = f"the column '{column}' is not taken over: its language cannot be told."
            mend = "Write its code, as in 'label::French (fr)'."
            self.left_out.append(Problem(what, "survey and choices, row 1", mend))
        for sheet, rows in (
            ("survey", self.sheets.survey),
            ("choices", self.sheets.choices),
            ("settings", self.sheets.settings),
        ):
            columns = dict.fromkeys(column.partition("::")[0] for row in rows for column in row.cells)
            for column in columns:
                if column not in _KNOWN[sheet] and not (sheet == "survey" and column.startswith(_ATTACHED)):
                    self.left_out.append(Problem(f"the column '{column}' is not taken over.", f"{sheet}, row 1"))

    def take(self, row: Row) -> None:
        """One row of the sheet `survey`."""
        kind = row.get("type").replace("_", " ").casefold().split()
        if kind[:1] == ["begin"]:
            self._open(row, kind[1:2] == ["repeat"])
        elif kind[:1] == ["end"]:
            self._shut(row, kind[1:2] == ["repeat"])
        elif self.repeats and kind:
            self._skip(row, "it is asked several times in a repeated group.", "Ask it once, or in a study of its own.")
        elif row.get("disabled").casefold() in _YES - {""}:
            self._skip(row, "it is switched off in the form.")
        elif row.get("type"):
            self._question(row)
        elif row.cells:
            self._skip(row, "it has no type.", "Say in the column 'type' how it is answered.")

    def close(self) -> None:
        """After the last row."""
        if self.around or self.repeats:
            self.left_out.append(Problem("a group begins and never ends.", "survey", "Look at 'begin group' rows."))

    def _skip(self, row: Row, why: str, mend: str = "") -> None:
        self._tell(row, f"not taken over: {why}", mend)

    def _tell(self, row: Row, what: str, mend: str = "", sheet: str = "survey") -> None:
        name = f" ({row.get('name')})" if row.get("name") else ""
        self.left_out.append(Problem(what, f"{sheet}, row {row.number}{name}", mend))

    def _open(self, row: Row, is_repeat: bool) -> None:
        if is_repeat or self.repeats:
            self.repeats += 1
            self._skip(row, "repeated groups have no counterpart.", "Ask its questions once.")
            return
        condition = self._relevant(row)
        heading = self.texts.words(row, "label")
        if heading is not None:
            self._add(row, {"type": "information", "text": heading}, condition)
        self.around.append(condition)
        self._unread(row)

    def _shut(self, row: Row, is_repeat: bool) -> None:
        if self.repeats:
            self.repeats -= 1
        elif self.around and not is_repeat:
            self.around.pop()
        else:
            self._skip(row, "it ends a group that never began.")

    def _question(self, row: Row) -> None:
        word, _, rest = row.get("type").partition(" ")
        kind = _TYPES.get(word.casefold())
        if kind is None:
            self._skip(row, f"the type '{row.get('type')}' has no counterpart.", _INSTEAD.get(word.casefold(), ""))
            return
        text = self.texts.words(row, "label")
        if text is None:
            self._skip(row, "it has no label that people could read.", "Write one.")
            return
        said: dict[str, Any] = {"type": kind, "text": text, "help": self.texts.words(row, "hint")}
        if kind != QuestionType.INFORMATION:
            said["required"] = self._required(row)
        options = self._options(row, rest.split()) if kind in _WITH_OPTIONS else {}
        said |= {"options": self._listed(rest.split(), options)} if options else {}
        said |= self._details(row, kind, word.casefold())
        question = self._add(row, said, self._relevant(row))
        if question is not None:
            self.asked[row.get("name")] = Asked(question, options, is_whole=word.casefold() in {"integer", "int"})
            self._other(row, question, rest.split())
        self._unread(row)

    def _add(self, row: Row, said: Mapping[str, Any], condition: Condition | None) -> Question | None:
        """Validate a question and take it; where that fails, say why."""
        name = row.get("name")
        conditions = [one for one in (*self.around, condition) if one is not None]
        wanted = self.names.fitting(name or "text")
        try:
            question = Question.model_validate({"id": wanted, **said, "show_if": joined(conditions)})
        except ValidationError as error:
            self.names.taken.discard(wanted)
            self._skip(row, f"{str(error.errors()[0]['msg']).removeprefix('Value error, ')}.")
            return None
        if name and wanted != name:
            self._tell(row, f"is called '{wanted}' here, because '{name}' cannot be an id or was taken.")
        self.questions.append(question)
        return question

    def _required(self, row: Row) -> bool:
        given = row.get("required").casefold()
        if given not in _YES | _NO:
            self._tell(row, f"that an answer is needed only if '{row.get('required')}' is not taken over.")
        return given in _YES

    def _relevant(self, row: Row) -> Condition | None:
        expression = row.get("relevant", "relevance")
        if not expression:
            return None
        try:
            return condition_of(expression, self.asked)
        except NotSimpleError as error:
            what = f"is asked of everybody: the condition '{expression}' is not taken over, because {error}."
            self._tell(row, what, "Write it as 'show_if', or leave the question out.")
            return None

    def _listed(self, lists: Sequence[str], options: Mapping[str, str]) -> list[dict[str, Any]]:
        rows = [row for row in self.sheets.choices if row.get("list_name", "list") == lists[0]]
        found = [
            {
                "id": options[row.get("name", "value")],
                "label": self.texts.words(row, "label") or row.get("name", "value"),
            }
            for row in rows
        ]
        return [*found, {"id": options["other"], "label": _OTHER}] if _has_other(lists) else found

    def _options(self, row: Row, lists: Sequence[str]) -> dict[str, str]:
        """The new ids of the options of a list, by their names."""
        if not lists:
            self._tell(row, "names no list of options.", "Write the list behind the type, as in 'select_one colours'.")
            return {}
        rows = [one for one in self.sheets.choices if one.get("list_name", "list") == lists[0]]
        nameless = [one for one in rows if not one.get("name", "value")]
        for one in nameless:
            self._tell(one, "an option without a name is not taken over.", "Write its name.", "choices")
        names = [one.get("name", "value") for one in rows if one not in nameless]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice or not names:
            reason = f"holds '{twice[0]}' twice" if twice else "does not exist"
            self._tell(row, f"the list '{lists[0]}' {reason}.", "Correct the sheet 'choices'.")
            return {}
        options = fitting_options([*names, *(["other"] if _has_other(lists) and "other" not in names else [])])
        renamed = [f"'{old}' is '{new}'" for old, new in options.items() if old != new]
        if renamed:
            self._tell(row, f"options have other ids here: {', '.join(renamed)}.")
        return options

    def _other(self, row: Row, question: Question, lists: Sequence[str]) -> None:
        """The text that `or_other` asks for."""
        if _has_other(lists) and any(option.id == "other" for option in question.options):
            condition: Condition = {"question": question.id, "any_of": ["other"]}
            other = Row(row.number, {"name": f"{row.get('name')}_other"})
            self._add(other, {"type": "text", "text": _WHICH}, condition)

    def _details(self, row: Row, kind: QuestionType, word: str) -> dict[str, Any]:
        """Limits and looks that belong to the type."""
        found: dict[str, Any] = {}
        looks = row.get("appearance").casefold().split()
        if kind == QuestionType.TEXT and "multiline" in looks:
            found["type"] = QuestionType.LONG_TEXT
        if kind == QuestionType.DATE:
            found["precision"] = "year" if "year" in looks else "month" if "month-year" in looks else "day"
        if word == "integer":
            self._tell(row, "takes numbers with decimals, too: whole numbers cannot be demanded.")
        if word == "range":
            found |= _range_of(row)
            self._tell(row, "is a field for a number here, not a slider.")
        left = [look for look in looks if look not in {"multiline", "year", "month-year", "minimal"}]
        if left:
            self._tell(row, f"the appearance '{' '.join(left)}' is not taken over.")
        if row.get("parameters") and word != "range":
            self._tell(row, f"the parameters '{row.get('parameters')}' are not taken over.")
        return found | self._limits(row, kind, word, found)

    def _limits(self, row: Row, kind: QuestionType, word: str, said: Mapping[str, Any]) -> dict[str, Any]:
        expression = row.get("constraint")
        if not expression:
            return {}
        smallest, largest = _LIMITS.get(kind, ("", ""))
        reason = f"a {kind} has no limits"
        if smallest:
            try:
                limits = limits_of(expression, is_whole=word in {"integer", "int"})
            except NotSimpleError as error:
                reason = str(error)
            else:
                letters = _LETTERS.get(str(said.get("precision")))
                ends = {smallest: limits.smallest, largest: limits.largest}
                return {name: limit[:letters] for name, limit in ends.items() if limit}
        self._tell(row, f"the constraint '{expression}' is not taken over, because {reason}.")
        return {}

    def _unread(self, row: Row) -> None:
        """Columns that say something about this row and have no counterpart."""
        for head in dict.fromkeys(column.partition("::")[0] for column in row.cells):
            if head in _WHAT_IT_DID:
                self._tell(row, f"the column '{head}' is not taken over: {_WHAT_IT_DID[head]}.")
            elif head.startswith(_ATTACHED):
                self._tell(row, f"the column '{head}' is not taken over: pictures, sound and other attachments.")
        if any("${" in text for column, text in row.cells.items() if column.startswith(("label", "hint"))):
            self._tell(row, "its text repeats an earlier answer, which is shown as it stands.", "Reword it.")


_LETTERS = {"year": 4, "month": 7}
"""How much of a limit a date is compared with that is no whole day."""

_LIMITS = {QuestionType.NUMBER: ("smallest", "largest"), QuestionType.DATE: ("earliest", "latest")}
_WITH_OPTIONS = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.RANKING})
_INSTEAD = {
    "acknowledge": "Ask it as a single choice with two options.",
    "select_one_from_file": "Write the options into the sheet 'choices'.",
    "select_multiple_from_file": "Write the options into the sheet 'choices'.",
    "datetime": "Ask for a date.",
    "calculate": "Do it in the analysis.",
}


def _has_other(lists: Sequence[str]) -> bool:
    return "or_other" in lists[1:]


def _range_of(row: Row) -> dict[str, str]:
    """The ends of a slider, from its parameters `start=… end=… step=…`."""
    given = dict(_settings(row.get("parameters")))
    ends = {"smallest": given.get("start", "0"), "largest": given.get("end", "10")}
    return {name: end for name, end in ends.items() if end}


def _settings(parameters: str) -> Iterator[tuple[str, str]]:
    for part in parameters.replace(",", " ").replace(";", " ").split():
        name, equals, value = part.partition("=")
        if equals:
            yield name.casefold(), value

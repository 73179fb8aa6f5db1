"""The questionnaire as participants meet it, and the form of each question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.records.errors import StudyError
from commonground.records.questions import Question, QuestionType
from commonground.records.study import Study as StudyRecord
from commonground.survey.portions import portions
from commonground.web.building.conditions import RuleForm, kept_words, rule_words
from commonground.web.building.parts import Refusal, part_context, refuse
from commonground.web.building.question_forms import (
    copy_of,
    form_values,
    kind_name,
    kinds,
    obstacles,
    question_form,
    question_of,
    renamed_options,
    with_renamed,
)
from commonground.web.building.saving import Values, save_part, values_of
from commonground.web.look.templatetags.look import said
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

SECTIONS = ("background", "quality_questions", "demographics")
"""The lists of questions of a study, in the order people meet them."""

MOST_OPTIONS = 6
"""Options named on a card; the others are counted."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question as the questionnaire shows it to its owners."""

    question: Question
    kind: str
    rule: str
    groups: str
    options: tuple[str, ...]
    more: int
    page: int
    begins_page: bool
    is_first: bool
    is_last: bool


@needs(Permission.VIEW)
@never_cache
@require_GET
def questionnaire(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The whole questionnaire, part by part."""
    del public_id
    record = request.study.record()
    context = part_context(request) | {
        "record": record,
        "background": cards(record, record.background),
        "quality": cards(record, record.quality_questions),
        "demographics": cards(record, record.demographics),
        "rules": [(rule, rule_words(record, rule.requires)) for rule in record.eligibility],
        "group_rules": [(record.group(rule.group), rule_words(record, rule.when)) for rule in record.group_rules],
        "questions": sum(question.type != QuestionType.INFORMATION for question in record.all_questions()),
    }
    return render(request, "building/questionnaire.html", context)


def cards(record: StudyRecord, questions: tuple[Question, ...]) -> list[Card]:
    """The cards of a list of questions, page by page."""
    found: list[Card] = []
    for number, portion in enumerate(portions(record, questions), start=1):
        for question in portion:
            options = tuple(said(option.label) for option in question.options)
            found.append(
                Card(
                    question,
                    kind_name(question.type.value),
                    rule_words(record, question.show_if),
                    ", ".join(said(record.group(group).label) for group in question.groups),
                    options[:MOST_OPTIONS],
                    max(len(question.all_options()) - MOST_OPTIONS, 0),
                    number,
                    begins_page=question is portion[0],
                    is_first=question is questions[0],
                    is_last=question is questions[-1],
                )
            )
    return found


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new_question(request: OwnerRequest, public_id: str, section: str) -> HttpResponse:
    """Choose a kind, then write the question; it comes behind the one that `after` names, or last."""
    del public_id
    if section not in SECTIONS:
        raise Http404
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    after = request.GET.get("after", "")
    if kind not in {word for word, _name, _when in kinds()}:
        context = part_context(request) | {"kinds": kinds(), "section": section, "after": after}
        return render(request, "building/question_kinds.html", context)
    return _edited(request, _Edit(request, section, kind, {}, after=after))


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def question(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """The form of one question."""
    del public_id
    values = values_of(request.study)
    section, place = find_question(values, name)
    before = values[section][place] if section else {}
    kind = request.POST.get("kind") or before.get("type", "")
    if not kind:  # gone meanwhile: whoever has just written it keeps what they wrote
        raise Http404
    return _edited(request, _Edit(request, section or SECTIONS[0], kind, before, name=name))


@needs(Permission.EDIT)
@require_POST
def move_question(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """Move a question up or down, or make a copy of it below."""
    del public_id
    do = request.POST.get("do", "")
    copied: list[str] = []

    def change(values: Values) -> None:
        section, place = find_question(values, name)
        if not section:
            return
        listed = values[section]
        if do == "copy":
            copied.append(_put_copy(values, section, place))
        elif do in {"up", "down"}:
            listed.insert(max(place + (1 if do == "down" else -1), 0), listed.pop(place))

    note = {"up": _("question moved"), "down": _("question moved"), "copy": _("question copied")}.get(do, "")
    return _back(request, change, note, anchor=lambda: f"q-{copied[0] if copied else name}")


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def remove_question(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """Ask once, then take a question out; the document before stays among the versions."""
    del public_id
    if not find_question(values_of(request.study), name)[0]:
        raise Http404
    asked = next(one for one in request.study.record().all_questions() if one.id == name)
    if request.method == "GET":
        return render(request, "building/question_remove.html", part_context(request) | {"question": asked})

    def change(values: Values) -> None:
        where, at = find_question(values, name)
        if where:
            del values[where][at]
            if not values[where]:
                del values[where]

    done = _("The question is gone. The document before is among the versions.")
    return _back(request, change, _("question removed"), anchor=lambda: "main", done=done)


def find_question(values: Values, name: str) -> tuple[str, int]:
    """In which list a question stands, and where; an empty name where it stands nowhere."""
    for section in SECTIONS:
        for place, one in enumerate(values.get(section) or ()):
            if one.get("id") == name:
                return section, place
    return "", 0


def _put_copy(values: Values, section: str, place: int) -> str:
    taken = [one["id"] for name in SECTIONS for one in values.get(name) or ()]
    copied = copy_of(values[section][place], taken)
    values[section].insert(place + 1, copied)
    return str(copied["id"])


def _back(
    request: OwnerRequest, change: Callable[[Values], None], note: str, *, anchor: Callable[[], str], done: str = ""
) -> HttpResponse:
    """Change the order of questions and go back to them; a message says what stood in the way."""
    study = request.study
    try:
        save_part(
            study=study,
            actor=request.user,
            base=study.document_hash,
            part=lambda _values: None,
            change=change,
            note=note,
        )
    except StudyError as error:
        for problem in error.problems:
            messages.warning(request, f"{problem.what} {problem.mend}".strip())
    else:
        if done:
            messages.success(request, done)
    return redirect(f"{reverse('building:questionnaire', args=[study.public_id])}#{anchor()}")


class _Edit:
    """One question being written: its form, its rule, and where it goes; `name` is the id it had when it was opened."""

    def __init__(
        self, request: HttpRequest, section: str, kind: str, before: dict[str, Any], *, after: str = "", name: str = ""
    ) -> None:
        study: Any = request.study  # type: ignore[attr-defined]  # an OwnerRequest
        self.record: StudyRecord = study.record()
        self.section, self.kind, self.before, self.after, self.old = section, kind, before, after, name
        self.form = question_form(kind, self.record)
        self.rule = RuleForm(asked_before(self.record, section, before.get("id", ""), after))

    def filled(self) -> None:
        """Show the question as the document has it."""
        self.form = self.form.filled(form_values(self.before))
        self.rule.filled(self.before.get("show_if"))

    def sent(self, data: Any) -> None:
        """Show the question as it was typed."""
        self.form = self.form.sent(data)
        self.rule.sent(data, self.before.get("show_if"))

    def rearranged(self, do: str, data: Any) -> bool:
        """Whether a button only asked for another row, or another kind."""
        if do == "kind":
            return True
        return self.form.rearranged(do, data) or self.rule.rearranged(do, data)

    def read(self) -> Callable[[Values], None]:
        """The change this question makes; what is missing is noted in the form."""
        values, rule = self.form.read(), self.rule.read()
        others = [one.id for one in self.record.all_questions() if one.id != self.old]
        self.form.problems += [*obstacles(values, self.kind, others), *self.rule.problems]
        return lambda document: self._put(document, values, rule)

    def _put(self, document: Values, values: dict[str, Any], rule: Any) -> None:
        old = self.old
        taken = [one["id"] for name in SECTIONS for one in document.get(name) or () if one["id"] != old]
        made = question_of(values, self.kind, self.before, self.record.languages, taken)
        if rule is None:
            made.pop("show_if", None)
        else:
            made["show_if"] = rule
        self.name = made["id"]
        section, place = find_question(document, old) if old else ("", 0)
        if section:
            document[section][place] = made
            _rename(document, old, made["id"], renamed_options(values.get("options", ())))
        else:
            listed = document.setdefault(self.section, [])
            at = next((place + 1 for place, one in enumerate(listed) if one["id"] == self.after), len(listed))
            listed.insert(at, made)


def asked_before(record: StudyRecord, section: str, name: str, after: str) -> list[Question]:
    """The questions a rule of this one can look at: those that come before it and have an answer."""
    found: list[Question] = []
    for one in SECTIONS:
        for question in getattr(record, one):
            if question.id == name:
                return found
            if question.type != QuestionType.INFORMATION:
                found.append(question)
            if question.id == after:
                return found
        if one == section and not name:
            return found
    return found


def _rename(document: Values, old: str, new: str, options: dict[str, str]) -> None:
    """Let every rule follow a question, and its options, to their new names."""
    if old == new and not options:
        return
    for section in SECTIONS:
        for one in document.get(section) or ():
            if "show_if" in one:
                one["show_if"] = with_renamed(one["show_if"], old, new, options)
    illogical = (document.get("screening") or {}).get("illogical") or ()
    rules = [*((rule, "requires") for rule in document.get("eligibility") or ())]
    rules += [(rule, "when") for rule in (*(document.get("group_rules") or ()), *illogical)]
    for rule, field in rules:
        rule[field] = with_renamed(rule[field], old, new, options)


def _edited(request: OwnerRequest, edit: _Edit) -> HttpResponse:
    if request.method == "GET":
        edit.filled()
        return _page(request, edit)
    edit.sent(request.POST)
    if edit.rearranged(request.POST.get("do", ""), request.POST):
        return _page(request, edit)
    change = edit.read()
    if edit.form.errors or edit.form.problems:
        return _page(request, edit, status=422)
    old = edit.old
    try:
        save_part(
            study=request.study,
            actor=request.user,
            base=request.POST.get("base", ""),
            part=lambda values: _one(values, old) if old else None,
            change=change,
            note=_("question “%(question)s”") % {"question": old or edit.section},
        )
    except StudyError as error:
        refusal = refuse(edit.form, error)
        return _page(request, edit, status=refusal.status, refusal=refusal)
    messages.success(request, _("The question is saved."))
    return redirect(f"{reverse('building:questionnaire', args=[request.study.public_id])}#q-{edit.name}")


def _one(values: Values, name: str) -> Any:
    section, place = find_question(values, name)
    return values[section][place] if section else None


def _page(request: OwnerRequest, edit: _Edit, *, status: int = 200, refusal: Refusal | None = None) -> HttpResponse:
    form = edit.form
    context = part_context(request, refusal) | {
        "form": form,
        "rule": edit.rule,
        "kept_words": kept_words(edit.record, edit.rule),
        "kind": edit.kind,
        "kind_name": kind_name(edit.kind),
        "kinds": kinds(),
        "is_new": not edit.before,
        "title": said(_text(edit)) if edit.before else _("New question"),
        "name": edit.before.get("id", ""),
        "errors": form.all_errors,
        "asks": [one for one in form.shown() if one.ask.name not in {"id", "groups", "required"}],
        "flags": [one for one in (form.field("required"),) if one],
        "groups": form.field("groups"),
        "id": form.field("id"),
        "not_saved": request.method == "POST" and status == 200,  # a button that only asked for a row
    }
    return render(request, "building/question.html", context, status=status)


def _text(edit: _Edit) -> Any:
    return next((one.text for one in edit.record.all_questions() if one.id == edit.before.get("id")), None)

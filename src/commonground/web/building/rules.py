"""Who can take part, and who belongs to which partner group: rules about the first questions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.records.errors import StudyError
from commonground.records.questions import QuestionType
from commonground.records.study import Study as StudyRecord
from commonground.web.building.conditions import RuleForm, kept_words, rule_words
from commonground.web.building.part_forms import Ask, Kind, PartForm, words_of
from commonground.web.building.parts import Refusal, part_context, refuse
from commonground.web.building.saving import Values, save_part, values_of
from commonground.web.look.templatetags.look import said
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

HOLDS = {"eligibility": "requires", "group_rules": "when"}
"""The lists of rules, and the field in which each keeps its condition."""


@needs(Permission.VIEW)
@never_cache
@require_GET
def rules(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Both lists of rules, in the order in which they are looked at."""
    del public_id
    record = request.study.record()
    context = part_context(request) | {
        "record": record,
        "eligibility": [(rule, rule_words(record, rule.requires)) for rule in record.eligibility],
        "group_rules": [(record.group(rule.group), rule_words(record, rule.when)) for rule in record.group_rules],
        "can_ask": any(question.type != QuestionType.INFORMATION for question in record.background),
    }
    return render(request, "building/rules.html", context)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def rule(request: OwnerRequest, public_id: str, kind: str, place: int) -> HttpResponse:
    """The form of one rule; place 0 is a new one, others count from 1."""
    del public_id
    if kind not in HOLDS:
        raise Http404
    record, listed = request.study.record(), values_of(request.study).get(kind) or []
    if place > len(listed) and request.method == "GET":
        raise Http404
    before = listed[place - 1] if 0 < place <= len(listed) else {}
    form = PartForm(_asks(kind, record), (), record.languages)
    askable = [question for question in record.background if question.type != QuestionType.INFORMATION]
    condition = RuleForm(askable, is_needed=True)
    if request.method == "GET":
        condition.filled(before.get(HOLDS[kind]))
        return _page(request, kind, place, form.filled(before), condition)
    form, condition = form.sent(request.POST), condition.sent(request.POST, before.get(HOLDS[kind]))
    if condition.rearranged(request.POST.get("do", ""), request.POST):
        return _page(request, kind, place, form, condition)
    read, holds = form.read(), condition.read()
    form.problems += condition.problems
    if form.errors or form.problems:
        return _page(request, kind, place, form, condition, status=422)

    def change(values: Values) -> None:
        listed = values.setdefault(kind, [])
        made = {**before, **_made(kind, read, before, record), HOLDS[kind]: holds}
        if place:
            listed[place - 1] = made
        else:
            listed.append(made)

    try:
        _save(request, kind, change, request.POST.get("base", ""))
    except StudyError as error:
        refusal = refuse(form, error)
        return _page(request, kind, place, form, condition, status=refusal.status, refusal=refusal)
    messages.success(request, _("The rule is saved."))
    return redirect("building:rules", request.study.public_id)


@needs(Permission.EDIT)
@require_POST
def move_rule(request: OwnerRequest, public_id: str, kind: str, place: int) -> HttpResponse:
    """Move a rule up or down, or take it out."""
    del public_id
    if kind not in HOLDS:
        raise Http404
    do = request.POST.get("do", "")

    def change(values: Values) -> None:
        listed = values.get(kind) or []
        if not 0 < place <= len(listed):
            return
        if do == "drop":
            del listed[place - 1]
            if not listed:
                values.pop(kind)
        elif do in {"up", "down"}:
            listed.insert(max(place - 1 + (1 if do == "down" else -1), 0), listed.pop(place - 1))

    try:
        _save(request, kind, change, request.POST.get("base", ""))
    except StudyError as error:
        for problem in error.problems:
            messages.warning(request, f"{problem.what} {problem.mend}".strip())
    return redirect(f"{reverse('building:rules', args=[request.study.public_id])}#{kind}")


def _save(request: OwnerRequest, kind: str, change: Callable[[Values], None], base: str) -> None:
    save_part(
        study=request.study,
        actor=request.user,
        base=base,
        part=lambda values: values.get(kind),
        change=change,
        note=_("rules"),
    )


def _asks(kind: str, record: StudyRecord) -> tuple[Ask, ...]:
    if kind == "group_rules":
        groups = tuple((group.id, said(group.label)) for group in record.groups)
        return (Ask("group", _("Partner group"), Kind.CHOICE, is_needed=True, choices=groups),)
    help_ = _("A short code, such as under-18. It is counted; nobody who takes part sees it.")
    return (
        Ask("message", _("What people read who cannot take part"), Kind.LONG_WORDS, is_needed=True),
        Ask("reason", _("Reason code"), Kind.CODE, help_, is_needed=True),
    )


def _made(kind: str, read: dict[str, Any], before: dict[str, Any], record: StudyRecord) -> dict[str, Any]:
    if kind == "group_rules":
        return {"group": read["group"]}
    return {"reason": read["reason"], "message": words_of(read["message"], before.get("message"), record.languages)}


def _page(
    request: OwnerRequest,
    kind: str,
    place: int,
    form: PartForm,
    condition: RuleForm,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = part_context(request, refusal) | {
        "kind": kind,
        "place": place,
        "form": form,
        "rule": condition,
        "kept_words": kept_words(request.study.record(), condition),
        "errors": form.all_errors,
        "not_saved": request.method == "POST" and status == 200,
    }
    return render(request, "building/rule.html", context, status=status)

"""The list a partnership weighs: the starter list, changed, or its own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.records.study import Item
from commonground.web.partnerships import actions, starters
from commonground.web.partnerships.forms import ListForm
from commonground.web.partnerships.models import Round
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def the_list(request: LeadRequest, partnership: str) -> HttpResponse:
    """Read the list as partners will; change it as one text, while nobody is being asked."""
    del partnership
    it, language = request.partnership, get_language() or "en"
    is_fixed = it.round is not None and it.round.stage == Round.Stage.ASKING
    if request.POST.get("starter") and not is_fixed:
        return _changed(request, starters.starter_items(), starters.QUESTION.model_dump())
    before = it.records()
    initial = {"question": it.frame.question.in_language(language), "items": starters.as_lines(before, language)}
    form = ListForm(request.POST or None, initial=initial)
    if form.is_valid() and not is_fixed:
        items = starters.read_items(form.cleaned_data["items"], before, language)
        question = starters.reworded(it.frame.question, form.cleaned_data["question"], language)
        return _changed(request, items, question.model_dump())
    found = {
        "partnership": it,
        "form": form,
        "items": before,
        "is_fixed": is_fixed,
        "is_starter": starters.is_starter(before),
    }
    return render(request, "partnerships/list.html", found, status=422 if form.errors else 200)


def _changed(request: LeadRequest, items: tuple[Item, ...], question: dict[str, str]) -> HttpResponse:
    actions.change_list(partnership=request.partnership, actor=request.user, items=items, question=question)
    messages.success(request, _("The list is saved."))
    return redirect("partnerships:list", request.partnership.public_id)

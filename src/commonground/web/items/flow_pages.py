"""The flow of the items as picture and table, the files, and the way into the study document."""

from dataclasses import astuple

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.development.flow import Stage, StageKind, flow
from commonground.records.errors import StudyError
from commonground.web.items.drawing import drawn
from commonground.web.items.exports import CSV, everything
from commonground.web.items.into_document import bring_in, differences
from commonground.web.items.standing import development_of
from commonground.web.items.wording import round_name, stage_name
from commonground.web.look.templatetags.look import Column
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def flow_page(request: OwnerRequest, public_id: str) -> HttpResponse:
    """How many items there were at each stage, and what became of them."""
    del public_id
    now = development_of(request.study)
    found = flow(now)
    names = {one.number: round_name(one) for one in now.rounds}
    heads = (
        _("before"), _("added"), _("made by merging"), _("made by splitting"), _("merged"), _("split"), _("removed"),
        _("kept"), _("revised"), _("after"),
    )  # fmt: skip
    context = {
        "study": request.study,
        "flow": found,
        "drawing": drawn(found),
        "listed": len(now.order),
        "columns": [Column(label=_("Stage")), *(Column(label=one, number=True) for one in heads)],
        "rows": [(_stage(one, names), *(number or "–" for number in astuple(one)[3:])) for one in found.stages],
    }
    return render(request, "items/flow.html", context)


def _stage(stage: Stage, names: dict[int, str]) -> str:
    if stage.kind is not StageKind.ROUND:
        return stage_name(stage.kind, stage.round)
    return _("Round %(number)s: %(name)s") % {"number": stage.round, "name": names[stage.round]}


@needs(Permission.EDIT)
@require_GET
def file(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """One of the tables, or everything as JSON."""
    named = {"Content-Disposition": f'attachment; filename="{public_id}-{name}"', "Cache-Control": "no-store"}
    if name == "items.json":
        return JsonResponse(everything(request.study), headers=named, json_dumps_params={"ensure_ascii": False})
    if name not in CSV:
        raise Http404
    return HttpResponse(CSV[name](request.study), content_type="text/csv; charset=utf-8", headers=named)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def to_document(request: OwnerRequest, public_id: str) -> HttpResponse:
    """What bringing the list into the study document would change, and the button that does it."""
    study, now = request.study, development_of(request.study)
    problems: tuple[object, ...] = ()
    if request.method == "POST":
        try:
            bring_in(study=study, actor=request.user, note=_("Items from item development"))
        except StudyError as error:
            problems = error.problems
        else:
            messages.success(request, _("The items of the list are the items of the study now."))
            return redirect("items:list", public_id)
    context = {
        "study": study,
        "differences": differences(study, now),
        "has_list": bool(now.order),
        "open_round": now.open_round,
        "problems": problems,
    }
    return render(request, "items/to_document.html", context, status=422 if problems else 200)

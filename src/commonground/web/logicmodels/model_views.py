"""The logic model: its picture and table, its parts one by one, its earlier states, and the guide made of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.files.logic_models.reading import logic_model_text
from commonground.logicmodel.drawing import draw_model
from commonground.logicmodel.guide import focus_group_guide
from commonground.logicmodel.model import LogicModel
from commonground.logicmodel.reflections import account
from commonground.logicmodel.snapshots import changes
from commonground.records.errors import StudyError
from commonground.web.logicmodels import actions, editing
from commonground.web.logicmodels.forms import BoxForm, LinkForm, MechanismForm, SnapshotForm
from commonground.web.logicmodels.models import ModelDocument
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def model(request: LeadRequest, partnership: str) -> HttpResponse:
    """The model as a picture, with its table, what was seen of each mechanism, and what to talk about."""
    it = request.partnership
    if request.method == "POST":
        actions.begin_model(partnership=it, actor=request.user, from_example="example" in request.POST)
        return redirect("logicmodels:model", partnership)
    document = actions.model_of(it)
    if document is None:
        return render(request, "logicmodels/begin.html", {"partnership": it})
    record = document.record
    seen = [one.as_record() for one in document.reflections.all()]
    found = {
        "partnership": it,
        "model": record,
        "drawn": draw_model(record, get_language() or "en"),
        "texts": {one.id: one.text for one in record.boxes},
        "accounts": [(one, account(one.id, seen)) for one in record.mechanisms],
        "loose": [one for one in record.boxes if one.id in record.loose_ends()],
        "snapshots": document.snapshots.all(),
        "snapshot_form": SnapshotForm(),
    }
    return render(request, "logicmodels/model.html", found)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def box(request: LeadRequest, partnership: str, part: str = "") -> HttpResponse:
    """A box more, or one with other words, or gone."""
    del partnership
    document = _document(request)
    here = next((one for one in document.record.boxes if one.id == part), None)
    if part and here is None:
        raise Http404
    initial = {"column": here.column, "text": here.text.in_language(get_language() or "en")} if here else None
    form = BoxForm(request.POST or None, initial=initial)
    if "remove" in request.POST:
        return _changed(request, document, editing.without(document.record, part))
    if form.is_valid():
        return _changed(request, document, editing.with_box(document.record, number=part, **form.cleaned_data))
    return _part_page(request, form, _("A box"), may_remove=here is not None)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: LeadRequest, partnership: str) -> HttpResponse:
    """A link more, or one with another mechanism, or gone."""
    del partnership
    document = _document(request)
    form = LinkForm(request.POST or None, model=document.record, initial=request.GET.dict())
    if form.is_valid():
        said = form.cleaned_data
        try:
            if "remove" in request.POST:
                changed = editing.without_link(document.record, said["start"], said["end"])
            else:
                changed = editing.with_link(document.record, **said)
        except StudyError as error:
            form.add_error(None, str(error))
        else:
            return _changed(request, document, changed)
    return _part_page(request, form, _("A link"), may_remove="start" in request.GET)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def mechanism(request: LeadRequest, partnership: str, part: str = "") -> HttpResponse:
    """A mechanism more, or one with other words, or gone."""
    del partnership
    document, language = _document(request), get_language() or "en"
    here = next((one for one in document.record.mechanisms if one.id == part), None)
    if part and here is None:
        raise Http404
    initial = (
        {
            "name": here.name.in_language(language),
            "assumption": here.assumption.in_language(language),
            "effect": here.effect.in_language(language) if here.effect else "",
        }
        if here
        else None
    )
    form = MechanismForm(request.POST or None, initial=initial)
    if "remove" in request.POST:
        return _changed(request, document, editing.without(document.record, part))
    if form.is_valid():
        return _changed(request, document, editing.with_mechanism(document.record, number=part, **form.cleaned_data))
    return _part_page(request, form, _("A mechanism"), may_remove=here is not None)


@needs(Permission.EDIT)
@require_POST
def keep(request: LeadRequest, partnership: str) -> HttpResponse:
    """Keep the model as it is today."""
    form = SnapshotForm(request.POST)
    if form.is_valid():
        note, today = form.cleaned_data["note"], timezone.localdate()
        actions.keep_snapshot(document=_document(request), note=note, actor=request.user, today=today)
        messages.success(request, _("The model of today is kept."))
    return redirect("logicmodels:model", partnership)


@needs(Permission.VIEW)
@never_cache
@require_GET
def snapshot(request: LeadRequest, partnership: str, number: int) -> HttpResponse:
    """An earlier state, and what has changed since."""
    del partnership
    document, language = _document(request), get_language() or "en"
    kept = get_object_or_404(document.snapshots, pk=number)
    found = {
        "partnership": request.partnership,
        "snapshot": kept,
        "model": kept.record,
        "drawn": draw_model(kept.record, language),
        "changes": changes(kept.record, document.record, language=language),
    }
    return render(request, "logicmodels/snapshot.html", found)


@needs(Permission.VIEW)
@require_GET
def guide(request: LeadRequest, partnership: str) -> HttpResponse:
    """A guide for a focus group, made from the mechanisms."""
    del partnership
    document = _document(request)
    parts = focus_group_guide(document.record)
    return render(request, "logicmodels/guide.html", {"partnership": request.partnership, "parts": parts})


@needs(Permission.VIEW)
@require_GET
def download(request: LeadRequest, partnership: str) -> HttpResponse:
    """The model with its reflections as a document that can be read back."""
    del partnership
    document = _document(request)
    text = logic_model_text(document.record, [one.as_record() for one in document.reflections.all()])
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="logic-model.yaml"'},
    )


def _document(request: LeadRequest) -> ModelDocument:
    return get_object_or_404(ModelDocument, partnership=request.partnership)


def _changed(request: LeadRequest, document: ModelDocument, changed: LogicModel) -> HttpResponse:
    actions.change_model(document=document, model=changed, actor=request.user)
    return redirect("logicmodels:model", request.partnership.public_id)


def _part_page(request: LeadRequest, form: object, title: str, *, may_remove: bool) -> HttpResponse:
    found = {"partnership": request.partnership, "form": form, "title": title, "may_remove": may_remove}
    return render(request, "logicmodels/part.html", found, status=422 if request.method == "POST" else 200)

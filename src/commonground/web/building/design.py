"""The page of the design: what it is, others it could be, and one of the study's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.design.audit import Fitness, audit
from commonground.files.designs import design_csv
from commonground.files.study_edits import edited
from commonground.records.design import Design
from commonground.records.errors import CommonGroundError, DataError
from commonground.records.study import Study as StudyRecord
from commonground.web.building import design_words as words
from commonground.web.building.design_forms import NumbersForm, OwnDesignForm
from commonground.web.building.design_jobs import ask_for_weighing, found_in, last_weighing, people_planned
from commonground.web.building.design_matrix import matrix_of, pair_rows, position_rows
from commonground.web.building.design_offers import SECONDS_PER_ITEM, Offer, Weighed, minutes_of, offers
from commonground.web.building.design_own import as_document, design_from_table
from commonground.web.building.models import DesignJob
from commonground.web.look.templatetags.look import Column, said
from commonground.web.studies.actions import change_document
from commonground.web.studies.designs import design_of
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

Changes = dict[tuple[str | int, ...], object]


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def design(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The design there is, and those there could be; choosing one changes the study document."""
    del public_id
    form = NumbersForm(request.POST if "numbers" in request.POST else None, study=request.study)
    if request.method == "POST":
        chosen = _chosen(request, form)
        if chosen is not None:
            return _taken(request, chosen, _("Another design"))
    study, record = request.study, request.study.record()
    context = described(design_of(study), record) | {
        "study": study,
        "record": record,
        "offers": _offers(study, record),
        "job": last_weighing(study),
        "people": people_planned(record),
        "form": form,
        "own": record.design.own is not None,
        "seconds": SECONDS_PER_ITEM,
        "may_choose": study.launched_at is None and study.locked_at is None,
    }
    return render(request, "building/design.html", context, status=422 if form.errors else 200)


def described(built: Design, record: StudyRecord) -> dict[str, object]:
    """Everything a page says of one design."""
    found, names = audit(built), [said(item.short_label) for item in record.items]
    numbers = [Column(label=str(number), number=True) for number in range(1, built.items + 1)]
    places = [Column(label=str(place), number=True) for place in range(1, built.per_task + 1)]
    return {
        "design": built,
        "found": found,
        "summary": words.summary(built, found, repeated=record.design.repeat.count),
        "status": words.status_words(found.status.value),
        "notice": words.NOTICE[found.status.value],
        "reasons": words.reasons(found),
        "is_usable": found.status is not Fitness.UNUSABLE,
        "matrix": matrix_of(built),
        "matrix_words": words.matrix_words(built, found),
        "pair_columns": [Column(label=_("Item")), Column(label=_("shown"), number=True), *numbers],
        "pair_rows": list(pair_rows(built, names)) if matrix_of(built) else [],
        "position_words": words.position_words(found),
        "position_columns": [Column(label=_("Item")), *places],
        "position_rows": list(position_rows(built, names)),
        "names": names,
    }


def _chosen(request: HttpRequest, form: NumbersForm) -> Changes | None:
    """What a sent form asks for; None where it has to be shown again."""
    record = form.study.record()
    offer = next((one for one in offers(len(record.items)) if one.id == request.POST.get("offer")), None)
    if offer is not None:
        return _plan(offer.per_task, offer.tasks)
    if not form.is_valid():
        return None
    numbers = form.cleaned_data
    return _plan(numbers["per_task"], numbers["tasks"], numbers["versions"], numbers["seed"]) | {
        ("design", "repeat", "count"): int(numbers["repeat"])
    }


def _plan(per_task: int, tasks: int | None, versions: int = 1, seed: int | None = None) -> Changes:
    plan: Changes = {
        ("design", "per_task"): per_task,
        ("design", "tasks"): tasks,
        ("design", "versions"): versions,
        ("design", "own"): None,
    }
    return plan if seed is None else plan | {("design", "seed"): seed}


def _taken(request: OwnerRequest, changes: Changes, note: str) -> HttpResponse:
    """Change the document, or say why not."""
    study = request.study
    try:
        text = edited(study.document, changes)
        change_document(
            study=study, text=text, name="study.yaml", actor=request.user, note=note, based_on=study.document_hash
        )
    except CommonGroundError as error:
        messages.warning(request, str(error))
    else:
        messages.success(
            request,
            _("The design is chosen. Look whether your texts still name the right number of tasks and minutes."),
        )
    return redirect("building:design", study.public_id)


def _offers(study: Study, record: StudyRecord) -> list[dict[str, object]]:
    """Designs on offer, with what is known of each."""
    found, plan, built = found_in(last_weighing(study)), record.design, design_of(study)
    current = None if plan.own is not None or plan.versions > 1 else f"{built.per_task}x{built.tasks}"
    return [_offer(one, found.get(one.id), record, is_current=one.id == current) for one in offers(len(record.items))]


def _offer(offer: Offer, found: Weighed | None, record: StudyRecord, *, is_current: bool) -> dict[str, object]:
    minutes = minutes_of(offer.tasks, offer.per_task, repeated=record.design.repeat.count)
    return {
        "id": offer.id,
        "title": _("%(tasks)d tasks of %(per_task)d") % {"tasks": offer.tasks, "per_task": offer.per_task},
        "kind": _("balanced") if offer.balanced else _("nearly balanced"),
        "minutes": ngettext("about %(number)d minute", "about %(number)d minutes", minutes) % {"number": minutes},
        "items": words.times_words(found.item_times) if found else _roughly(offer, len(record.items)),
        "pairs": words.times_words(found.pair_times) if found else "",
        "half_width": found.half_width if found else None,
        "status": words.status_words(found.status) if found else "",
        "is_current": is_current,
    }


def _roughly(offer: Offer, items: int) -> str:
    fewest, rest = divmod(offer.tasks * offer.per_task, items)
    return words.times_words((fewest, fewest + bool(rest)))


@needs(Permission.EDIT)
@require_POST
def weigh(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Ask for what every design on offer would give, and go where it can be watched."""
    del public_id
    return redirect(ask_for_weighing(request.study))


@needs(Permission.VIEW)
@never_cache
@require_GET
def job(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """How far the work is. Can be left and found again."""
    del public_id
    found = get_object_or_404(DesignJob, study=request.study, pk=number)
    part = request.headers.get("X-Part") == "status"
    template = "building/design_job_status.html" if part else "building/design_job.html"
    return render(request, template, {"study": request.study, "job": found})


@needs(Permission.VIEW)
@never_cache
@require_GET
def table(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The design as a table: one row a task."""
    content = design_csv(design_of(request.study), [item.id for item in request.study.record().items])
    disposition = f'attachment; filename="{public_id}-design.csv"'
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def own(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Bring a design made elsewhere: it is read and judged first, and used only when that is said again."""
    del public_id
    study, record = request.study, request.study.record()
    form = OwnDesignForm(request.POST, request.FILES) if request.method == "POST" else OwnDesignForm()
    context: dict[str, object] = {"study": study, "record": record, "form": form}
    if study.launched_at is not None:
        messages.warning(request, _("The study has been launched: its design stays as it is."))
        return redirect("building:design", study.public_id)
    if request.method == "POST" and form.is_valid():
        try:
            brought = design_from_table(form.cleaned_data["content"], form.cleaned_data["name"], record)
        except DataError as error:
            context["problems"] = error.problems
        else:
            found = described(brought, record)
            if "use" in request.POST and found["is_usable"]:
                return _taken(request, as_document(brought, record), _("A design made elsewhere"))
            context |= found | {
                "table": form.cleaned_data["content"].decode("utf-8-sig"),
                "name": form.cleaned_data["name"],
            }
    return render(
        request, "building/design_own.html", context, status=422 if form.errors or "problems" in context else 200
    )

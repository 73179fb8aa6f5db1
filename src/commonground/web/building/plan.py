"""The page of the analysis plan: written before anyone answers, frozen at launch, then with a log of departures."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.files.deviations import deviations_csv
from commonground.files.study import plan_hash
from commonground.files.study_edits import edited
from commonground.records.errors import StudyError
from commonground.web.building.plan_forms import DeviationForm, PlanForm
from commonground.web.building.plan_words import as_text, plan_sections
from commonground.web.look.templatetags.look import said
from commonground.web.studies.actions import DocumentChangedError, change_document
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Deviation, Study
from commonground.web.studies.planning import add_deviation, launched_plan_hash, plan_log
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

CHANGED = gettext_lazy(
    "Somebody else has changed the study document meanwhile. What you wrote is still here: look whether it holds, and "
    "save it again."
)


@needs(Permission.VIEW)
@never_cache
@require_GET
def plan(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The plan in words, its hash, and after launch how the study departed from it."""
    del public_id
    study, record = request.study, request.study.record()
    launched = launched_plan_hash(study)
    context = {
        "study": study,
        "record": record,
        "sections": plan_sections(record),
        "hash": plan_hash(record),
        "launched_plan": launched,
        "is_kept": launched == plan_hash(record),
        "deviations": study.deviations.all(),
        "may_change": study.launched_at is None and study.locked_at is None,
    }
    return render(request, "building/plan.html", context)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Write the plan, until the launch."""
    study = request.study
    if study.launched_at is not None:
        messages.warning(request, _("The study has been launched: its plan stays as it is. Enter a departure instead."))
        return redirect("building:plan", public_id)
    form = PlanForm(request.POST if request.method == "POST" else None, record=study.record())
    if request.method == "POST" and form.is_valid():
        try:
            text = edited(study.document, form.changes())
            change_document(
                study=study,
                text=text,
                name="study.yaml",
                actor=request.user,
                note=_("Analysis plan"),
                based_on=request.POST.get("base", ""),
            )
        except DocumentChangedError:
            form.add_error(None, CHANGED)
        except StudyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The plan is saved."))
            return redirect("building:plan", public_id)
    return render(
        request, "building/plan_change.html", {"study": study, "form": form}, status=422 if form.errors else 200
    )


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def depart(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Enter a departure from the plan. It is kept as it is written."""
    study = request.study
    if study.launched_at is None:
        messages.warning(request, _("Until the launch the plan itself can be changed."))
        return redirect("building:plan", public_id)
    form = DeviationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said_here = form.cleaned_data
        add_deviation(
            study=study,
            actor=request.user,
            part=Deviation.Part(said_here["part"]),
            changed=said_here["changed"],
            reason=said_here["reason"].strip(),
            data_seen=Deviation.Seen(said_here["data_seen"]),
        )
        messages.success(request, _("The departure is entered. It will be in every report from now on."))
        return redirect("building:plan", public_id)
    context = {"study": study, "form": form}
    return render(request, "building/plan_depart.html", context, status=422 if form.errors else 200)


@needs(Permission.VIEW)
@never_cache
@require_GET
def text(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The plan as a plain text, to be filed or registered."""
    study, record = request.study, request.study.record()
    title = _("Analysis plan: %(study)s") % {"study": said(record.title)}
    content = as_text(record, title, _facts(study))
    return _file(content, f"{public_id}-plan.md", "text/markdown; charset=utf-8")


@needs(Permission.VIEW)
@never_cache
@require_GET
def departures(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The log of departures as a table."""
    content = deviations_csv(plan_log(request.study).deviations)
    return _file(content, f"{public_id}-deviations.csv", "text/csv; charset=utf-8")


def _facts(study: Study) -> dict[str, str]:
    facts = {
        _("SHA-256 of the plan"): plan_hash(study.record()),
        _("SHA-256 of the study document"): study.document_hash,
    }
    if study.launched_at is not None:
        facts[_("Frozen at the launch")] = f"{date_format(study.launched_at, 'j F Y, H:i')} UTC"
    return facts


def _file(content: str, name: str, media_type: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})

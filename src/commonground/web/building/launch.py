"""The launch: everything it depends on, one list; then the freeze, once it is said twice."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.files.study import plan_hash
from commonground.web.building.launch_points import ADVICE, DONE, MUST, Point, checked, launch_points
from commonground.web.building.launching import NotReadyToLaunchError, launch_study, look_around
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


class LaunchForm(forms.Form):
    """Saying that it is meant."""

    sure = forms.BooleanField(
        label=gettext_lazy(
            "I have read this list, and I know that items, questions, design and plan cannot change any more."
        )
    )


@needs(Permission.VIEW, writing=Permission.FIELD)
@never_cache
@require_http_methods(["GET", "POST"])
def launch(request: OwnerRequest, public_id: str) -> HttpResponse:
    """What is still to do before people answer, and the launch."""
    study = request.study
    form = LaunchForm(request.POST if request.method == "POST" else None)
    if study.kind == Study.Kind.PUBLISHED:
        return redirect(study)
    if request.method == "POST" and form.is_valid():
        try:
            launch_study(study=study, actor=request.user, today=timezone.now().date())
        except (NotReadyToLaunchError, StudyIsLockedError):
            messages.warning(request, _("The study was not launched: something has to be mended first."))
            return redirect("building:launch", public_id)
        messages.success(request, _("The study is open. Whoever has the link can take part."))
        return redirect(study)
    points = launch_points(study.record(), checked(study.document), look_around(study, timezone.now().date()))
    context = {
        "study": study,
        "form": form,
        "kinds": [
            (kind, title, [_shown(point, study) for point in points if point.state == kind])
            for kind, title in ((MUST, _("To be mended first")), (ADVICE, _("Worth a look")), (DONE, _("In order")))
        ],
        "must": sum(point.state == MUST for point in points),
        "advice": sum(point.state == ADVICE for point in points),
        "plan_hash": plan_hash(study.record()),
    }
    return render(request, "building/launch.html", context, status=422 if form.errors else 200)


def _shown(point: Point, study: Study) -> dict[str, object]:
    return {"title": point.title, "words": point.words, "more": point.more, "url": _address(point, study)}


def _address(point: Point, study: Study) -> str:
    """Where a point can be mended."""
    if point.page == "workspaces:members":
        return reverse(point.page, args=[study.workspace.slug]) if study.workspace else ""
    return reverse(point.page, args=[study.public_id, *filter(None, [point.part])])

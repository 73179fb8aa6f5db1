"""The queue: one case at a time, its signs, and a person's decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.screening.agreement import agreement
from commonground.screening.decisions import State, Verdict
from commonground.screening.records import Stage
from commonground.web.look.templatetags.look import Column
from commonground.web.respond.models import Session
from commonground.web.screening.actions import NotYoursToDecideError, decide
from commonground.web.screening.forms import DecisionForm
from commonground.web.screening.standing import StageStanding, Standing, standing_of
from commonground.web.screening.wording import shown, verdict_words
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.SCREEN)
@never_cache
@require_http_methods(["GET", "POST"])
def queue(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The next case that waits for this person."""
    del public_id
    form = DecisionForm(request.POST) if request.method == "POST" else DecisionForm()
    if request.method == "POST" and form.is_valid():
        return _decided(request, form)
    return _show(request, form)


def _decided(request: OwnerRequest, form: DecisionForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        decide(
            study=request.study,
            respondent=request.POST.get("case", ""),
            reviewer=request.user,
            stage=_stage_sent(request),
            verdict=Verdict(given["verdict"]),
            reason="" if given["verdict"] == Verdict.UNSURE else given["reason"],
            note=given["note"],
        )
    except (NotYoursToDecideError, StudyIsLockedError):
        messages.warning(request, _("This case does not wait for your decision any more. Nothing was changed."))
    else:
        messages.success(request, _("Your decision is saved."))
    return redirect("screening:queue", request.study.public_id)


def _stage_sent(request: OwnerRequest) -> Stage:
    return Stage.CHOICES if request.POST.get("stage") == str(Stage.CHOICES.value) else Stage.APART


def _show(request: OwnerRequest, form: DecisionForm) -> HttpResponse:
    standing = standing_of(request.study)
    todo = [] if request.study.locked_at else standing.todo(request.user)
    done = standing.done(request.user)
    context = {"study": request.study, "standing": standing, "done": done, "all": done + len(todo), "form": form}
    if todo:
        stage, respondent = next((one for one in todo if one[1] == request.POST.get("case")), todo[0])
        context |= {
            "stage": stage.stage,
            "case": Session.objects.of(request.study).get(respondent=respondent),
            "signs": [shown(sign) for sign in stage.signs[respondent]],
            "verdicts": [(one.value, verdict_words(one, stage.stage)) for one in Verdict],
        }
    return render(request, "screening/queue.html", context, status=422 if form.is_bound else 200)


@needs(Permission.SCREEN)
@never_cache
@require_GET
def progress(request: OwnerRequest, public_id: str) -> HttpResponse:
    """How far everybody is, and how far two people agree, once all have decided."""
    del public_id
    standing = standing_of(request.study)
    stages = [_stage_context(one) for one in (standing.first, standing.second) if one is not None]
    context = {
        "study": request.study,
        "standing": standing,
        "stages": stages,
        "done": standing.done(request.user),
        "left": len(standing.todo(request.user)),
        "second_is_shut": _why_shut(request, standing),
    }
    return render(request, "screening/progress.html", context)


def _why_shut(request: OwnerRequest, standing: Standing) -> str:
    if standing.second is not None:
        return ""
    if request.study.is_open or request.study.launched_at is None:
        return _("They can be seen once the study is closed and every case of stage 1 is settled.")
    return _("They can be seen once every case of stage 1 is settled.")


def _stage_context(stage: StageStanding) -> dict[str, object]:
    """Counts of states; agreement only when nobody can decide any more, because it would tell what others decided."""
    context: dict[str, object] = {
        "number": stage.stage.value,
        "cases": len(stage.outcomes),
        "columns": (Column(label=_("What became of cases")), Column(label=_("cases"), number=True)),
        "rows": [(_STATES[state](), stage.count(state)) for state in State],
    }
    if stage.count(State.WAITING) or not stage.outcomes:
        return context | {"rows": _open_rows(stage)}
    found = agreement([one.record() for one in stage.decisions], stage=stage.stage)
    return context | {"agreement": found, "pairs": [one for one in found.pairs if one.cases]}


def _open_rows(stage: StageStanding) -> list[tuple[str, int]]:
    """While people decide, only how many cases wait: anything more would tell what somebody else decided."""
    waiting = stage.count(State.WAITING)
    return [(_("Enough people have decided"), len(stage.outcomes) - waiting), (_("Waiting for a decision"), waiting)]


_STATES = {
    State.KEPT: lambda: _("Kept"),
    State.EXCLUDED: lambda: _("Excluded"),
    State.DISPUTED: lambda: _("To be settled"),
    State.WAITING: lambda: _("Waiting for a decision"),
}

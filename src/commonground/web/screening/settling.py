"""Cases on which people differ, settled by a third person or by both; and cases looked at again after an appeal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.screening.decisions import State, Verdict
from commonground.screening.records import Stage
from commonground.web.screening.actions import NotYoursToDecideError, may_settle, settle_case
from commonground.web.screening.forms import SettlingForm
from commonground.web.screening.models import Adjudication
from commonground.web.screening.standing import StageStanding, Standing, standing_of
from commonground.web.screening.wording import reason_words, shown, verdict_words
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.SCREEN)
@never_cache
@require_GET
def disputed(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The cases that wait to be settled, and those that were excluded."""
    del public_id
    standing = standing_of(request.study)
    stages = [
        {"number": one.stage.value, "disputed": _in(one, State.DISPUTED), "excluded": _in(one, State.EXCLUDED)}
        for one in _stages(standing)
    ]
    appeal = request.study.record().screening.appeal
    context = {"study": request.study, "stages": stages, "appeal": appeal}
    return render(request, "screening/disputed.html", context)


@needs(Permission.SCREEN)
@never_cache
@require_http_methods(["GET", "POST"])
def settle(request: OwnerRequest, public_id: str, stage: int, respondent: str) -> HttpResponse:
    """One case with everybody's decisions; open only once enough people have decided."""
    at_stage = standing_of(request.study).stage(stage) if stage in set(Stage) else None
    if at_stage is None or not may_settle(at_stage.outcomes.get(respondent)) or request.study.locked_at:
        return redirect("screening:disputed", public_id)
    form = SettlingForm(request.POST) if request.method == "POST" else SettlingForm()
    if request.method == "POST" and form.is_valid() and _settled(request, form, at_stage, respondent):
        return redirect("screening:disputed", public_id)
    decisions = at_stage.of(respondent)
    rulings = Adjudication.objects.filter(session__study=request.study, session__respondent=respondent, stage=stage)
    context = {
        "study": request.study,
        "form": form,
        "stage": at_stage.stage,
        "respondent": respondent,
        "is_disputed": at_stage.outcomes[respondent].state is State.DISPUTED,
        "took_part": request.user.pk in {one.reviewer_id for one in decisions},
        "signs": [shown(sign) for sign in at_stage.signs.get(respondent, ())],
        "decisions": [_told(one.reviewer, one.verdict, one.reason, one.note, stage) for one in decisions],
        "rulings": [_told(one.by, one.verdict, one.reason, one.note, stage) for one in rulings.select_related("by")],
        "verdicts": [(one.value, verdict_words(one, stage)) for one in (Verdict.KEEP, Verdict.EXCLUDE)],
    }
    return render(request, "screening/settle.html", context, status=422 if form.is_bound else 200)


def _settled(request: OwnerRequest, form: SettlingForm, at_stage: StageStanding, respondent: str) -> bool:
    given = form.cleaned_data
    try:
        settle_case(
            study=request.study,
            respondent=respondent,
            by=request.user,
            stage=at_stage.stage,
            verdict=Verdict(given["verdict"]),
            reason=given["reason"],
            note=given["note"],
            together=given["together"],
        )
    except NotYoursToDecideError:
        form.add_error("together", _("Tick this only if you are one of the two and both of you settled it."))
        return False
    except StudyIsLockedError:
        messages.warning(request, _("The data are locked. Nothing was changed."))
        return True
    messages.success(request, _("The case is settled."))
    return True


def _stages(standing: Standing) -> list[StageStanding]:
    return [one for one in (standing.first, standing.second) if one is not None]


def _in(stage: StageStanding, state: State) -> list[dict[str, str]]:
    found = [one for one in stage.outcomes.values() if one.state is state]
    return [{"respondent": one.respondent, "reason": reason_words(one.reason)} for one in found]


def _told(who: object, verdict: str, reason: str, note: str, stage: int) -> dict[str, str]:
    return {
        "who": str(who),
        "verdict": verdict_words(verdict, stage),
        "reason": reason_words(reason) if reason else "",
        "note": note,
    }

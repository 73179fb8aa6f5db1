"""A round: asking, closing, opening the results."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from commonground.web.partnerships import rounds
from commonground.web.partnerships.actions import RoundIsOverError
from commonground.web.partnerships.again import second_look_of
from commonground.web.partnerships.models import Round
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.partnerships.results import as_table, results_of
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.EDIT)
@require_POST
def change(request: LeadRequest, partnership: str) -> HttpResponse:
    """One step on, or, before anything was shown, one back."""
    del partnership
    it, today = request.partnership, timezone.localdate()
    try:
        match request.POST.get("to"):
            case "ask":
                kind = Round.Kind.AGAIN if it.round else Round.Kind.START
                rounds.begin_round(partnership=it, actor=request.user, kind=kind, closes_on=it.meets_on, today=today)
            case "close":
                rounds.close_round(partnership=it, actor=request.user, today=today)
            case "reopen":
                rounds.reopen_round(partnership=it, actor=request.user)
            case "late":
                counted = rounds.count_late(partnership=it, actor=request.user)
                said = (
                    _("The results are made again.") if counted else _("Too few have answered late to count them in.")
                )
                messages.success(request, said)
                return redirect("partnerships:results", it.public_id)
            case "open":
                rounds.open_results(partnership=it, actor=request.user, today=today)
                return redirect("partnerships:results", it.public_id)
            case _:
                pass
    except rounds.NotTheHolderError:
        messages.warning(request, _("Only the facilitator can do this."))
    except RoundIsOverError:
        messages.warning(request, _("This was done already, perhaps in another window."))
    return redirect(it)


@needs(Permission.VIEW)
@require_GET
def table(request: LeadRequest, partnership: str) -> HttpResponse:
    """What was shown, as a table: nothing else ever leaves."""
    del partnership
    one = request.partnership.round
    found = results_of(one) if one is not None and one.stage == Round.Stage.OPEN else None
    if one is None or found is None:
        return redirect(request.partnership)
    return HttpResponse(
        as_table(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="results.csv"'},
    )


@needs(Permission.VIEW)
@never_cache
@require_GET
def results(request: LeadRequest, partnership: str) -> HttpResponse:
    """The same results that partners see, once they are open."""
    del partnership
    it = request.partnership
    if it.round is None or it.round.stage != Round.Stage.OPEN:
        return redirect(it)
    found = {
        "partnership": it,
        "results": results_of(it.round),
        "second": second_look_of(it.round),
        "may_hold": rounds.may_hold(it, request.user),
    }
    return render(request, "partnerships/results_for_lead.html", found)

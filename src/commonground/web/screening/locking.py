"""The lock: what will be frozen, what is still to do, and what was locked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.report.flow import recruitment
from commonground.screening.decisions import State
from commonground.web.look.templatetags.look import said
from commonground.web.respond.export import respondent_table
from commonground.web.screening.actions import NotReadyToLockError, lock_study
from commonground.web.screening.forms import LockForm
from commonground.web.screening.standing import OPEN, Standing, standing_of
from commonground.web.screening.tables import decided_table, is_whole, seal_of
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.DATA)
@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Freeze the data after a typed word; afterwards tell what was frozen, and whether it still is."""
    study, word = request.study, request.study.record().id
    form = LockForm(request.POST, word=word) if request.method == "POST" else LockForm(word=word)
    if request.method == "POST" and form.is_valid():
        try:
            lock_study(study=study, actor=request.user)
        except (NotReadyToLockError, StudyIsLockedError):
            messages.warning(request, _("Nothing was locked: something is still to be done first."))
        else:
            messages.success(request, _("The data are locked. From now on nothing about them changes."))
        return redirect("screening:lock", public_id)
    standing = standing_of(study)
    context = {"study": study, "form": form, "word": word, "standing": standing, **_flow(study, standing)}
    context |= {
        "todo": _todo(study, standing),
        "excluded": standing.first.count(State.EXCLUDED),
        "kept": standing.complete - standing.first.count(State.EXCLUDED),
        "left_out": 0 if standing.second is None else standing.second.count(State.EXCLUDED),
        "second_open": 0 if standing.second is None else standing.second.count(*OPEN),
    }
    if study.locked_at is not None:
        seal = seal_of(study)
        context |= {"seal": seal, "is_whole": is_whole(study, seal)}
    return render(request, "screening/lock.html", context, status=422 if form.is_bound else 200)


def _flow(study: Study, standing: Standing) -> dict[str, object]:
    """The flow chart in words: each stage people reached, and who went no further."""
    labels = {group.id: said(group.label) for group in study.record().groups}
    kept = standing.complete - standing.first.count(State.EXCLUDED)
    flow = recruitment(decided_table(respondent_table(study), standing), labels, kept)
    return {"flow": flow}


def _todo(study: Study, standing: Standing) -> list[str]:
    found: list[str] = []
    if study.launched_at is None:
        return [_("The study has not been launched: there is nothing to lock yet.")]
    if study.is_open:
        found.append(_("Close the study, so that nobody is in the middle of it."))
    if waiting := standing.first.count(*OPEN):
        words = ngettext(
            "%(number)d case of stage 1 waits to be decided or settled.",
            "%(number)d cases of stage 1 wait to be decided or settled.",
            waiting,
        )
        found.append(words % {"number": waiting})
    return found

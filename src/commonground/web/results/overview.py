"""The owner's page of one study."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from commonground.web.items.where import where
from commonground.web.results.attention import attention
from commonground.web.results.downloads import offered
from commonground.web.results.monitor import watch
from commonground.web.results.steps import next_action
from commonground.web.results.summaries import design_words, people_table
from commonground.web.results.tallies import tally_of
from commonground.web.results.where import facts_of, steps_shown
from commonground.web.studies.actions import set_open
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def overview(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Where the study stands, its link, its counts, its files and its reports."""
    del public_id
    study = request.study
    reports = list(study.reports.all()[:5])
    context = {"study": study, "record": study.record(), "files": offered(study), "reports": reports}
    if study.kind == Study.Kind.PUBLISHED:
        return render(request, "results/published.html", context)
    monitor = watch(study.record(), tally_of(study, today=timezone.now().date()))
    facts = facts_of(study, complete=monitor.complete)
    context |= {
        "monitor": monitor,
        "people": people_table(monitor),
        "design_words": design_words(study),
        "attention": attention(study, monitor),
        "steps": steps_shown(study, request.role, facts),
        "next": next_action(facts).value,
        "item_words": where(study) if not facts.launched else None,
    }
    return render(request, "results/overview.html", context)


@needs(Permission.FIELD)
@require_POST
def open_or_close(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Open the collection of answers again or close it; the first opening is the launch, on a page of its own."""
    del public_id
    opening = request.POST.get("to") == "open"
    if opening and request.study.launched_at is None and request.study.kind != Study.Kind.PUBLISHED:
        return redirect("building:launch", request.study.public_id)
    if request.study.locked_at is not None:
        messages.warning(request, _("The data of this study are locked: it cannot be opened or closed any more."))
    elif request.study.kind != Study.Kind.PUBLISHED:
        set_open(request.study, is_open=opening, actor=request.user)
        messages.success(
            request,
            _("The study is open. Whoever has the link can take part.")
            if opening
            else _("The study is closed. Nobody new can take part; everything answered so far is kept."),
        )
    return redirect(request.study)

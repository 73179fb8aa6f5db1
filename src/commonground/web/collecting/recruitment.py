"""The recruitment log and its table."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.files.text_tables import text_csv
from commonground.records.rounding import percent
from commonground.web.collecting.actions import remove_outreach, save_outreach, state_count
from commonground.web.collecting.forms import OutreachForm, StatedCountForm
from commonground.web.collecting.models import Outcome, Outreach, StatedCount
from commonground.web.collecting.tally import Check, KindTally, RecruitmentTally, recruitment_tally
from commonground.web.look.templatetags.look import Column
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

COLUMNS = ("kind", "name", "channel", "contacted_on", "outcome", "replied_on", "reply")


@needs(Permission.VIEW, writing=Permission.FIELD)
@never_cache
@require_http_methods(["GET", "POST"])
def log(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Everything that was asked, its table, and a form for the next."""
    del public_id
    was_sent = request.method == "POST"
    form = OutreachForm(request.POST if was_sent else None, instance=Outreach(study=request.study))
    if was_sent and form.is_valid():
        save_outreach(outreach=form.save(commit=False), actor=request.user)
        return redirect("collecting:recruitment", request.study.public_id)
    tally = tally_of(request.study)
    context = {
        "study": request.study, "form": form, "entries": Outreach.objects.filter(study=request.study), "tally": tally,
        "columns": _columns(), "rows": [_row(one) for one in tally.kinds],
        "checks": [check_words(one) for one in tally.checks],
        "has_stated": StatedCount.objects.filter(study=request.study).exists(),
    }  # fmt: skip
    return render(request, "collecting/recruitment.html", context, status=422 if was_sent else 200)


@needs(Permission.FIELD)
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: OwnerRequest, public_id: str, entry: int) -> HttpResponse:
    """Change an entry, or take it out."""
    outreach = get_object_or_404(Outreach, study=request.study, pk=entry)
    if "remove" in request.POST:
        remove_outreach(outreach=outreach, actor=request.user)
        return redirect("collecting:recruitment", public_id)
    was_sent = request.method == "POST"
    form = OutreachForm(request.POST if was_sent else None, instance=outreach)
    if was_sent and form.is_valid():
        save_outreach(outreach=form.save(commit=False), actor=request.user)
        return redirect("collecting:recruitment", public_id)
    context = {"study": request.study, "form": form}
    return render(request, "collecting/outreach.html", context, status=422 if was_sent else 200)


@needs(Permission.VIEW, writing=Permission.FIELD)
@never_cache
@require_http_methods(["GET", "POST"])
def state(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Numbers somebody will write in a report, to be held against the log."""
    was_sent = request.method == "POST"
    form = StatedCountForm(request.POST if was_sent else None)
    if was_sent and form.is_valid():
        state_count(study=request.study, actor=request.user, **form.cleaned_data)
        return redirect("collecting:stated", public_id)
    stated = [(one.get_kind_display(), one.get_outcome_display() if one.outcome else _("asked in all"), one.number)
              for one in StatedCount.objects.filter(study=request.study)]  # fmt: skip
    columns = (Column(label=_("Kind")), Column(label=_("What became of it")), Column(label=_("stated"), number=True))
    checks = [check_words(one) for one in tally_of(request.study).checks]
    context = {"study": request.study, "form": form, "rows": stated, "columns": columns, "checks": checks}
    return render(request, "collecting/stated.html", context, status=422 if was_sent else 200)


@needs(Permission.FIELD)
@never_cache
@require_GET
def download(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The log as a table."""
    entries = list(Outreach.objects.filter(study=request.study).values_list(*COLUMNS))
    columns = {name: [str(row[place] or "") for row in entries] for place, name in enumerate(COLUMNS)}
    return HttpResponse(
        text_csv(columns),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{public_id}-recruitment.csv"'},
    )


def tally_of(study: Study) -> RecruitmentTally:
    """The table of a study's log."""
    stated = {(one.kind, one.outcome): one.number for one in StatedCount.objects.filter(study=study)}
    return recruitment_tally(Outreach.objects.filter(study=study).values_list("kind", "outcome"), stated)


def check_words(check: Check) -> str:
    """What does not add up, in a sentence."""
    numbers = {
        "kind": check.kind.label, "stated": number_format(check.stated), "computed": number_format(check.computed),
        "outcome": Outcome(check.outcome).label if check.outcome else _("asked in all"),
    }  # fmt: skip
    if check.of_stated:
        return _("%(kind)s: %(stated)s are stated in all, but the stated parts add up to %(computed)s.") % numbers
    return _("%(kind)s, %(outcome)s: %(stated)s are stated, and the log holds %(computed)s.") % numbers


def _columns() -> tuple[Column, ...]:
    headings = (_("asked"), *(outcome.label for outcome in Outcome))
    return (Column(label=_("Kind")), *(Column(label=str(label), number=True) for label in headings))


def _row(one: KindTally) -> tuple[object, ...]:
    return (one.kind.label, one.asked, *(_number_and_share(one, outcome) for outcome in Outcome.values))


def _number_and_share(one: KindTally, outcome: str) -> str:
    number = one.outcomes[outcome]
    return _("%(number)s (%(share)s %%)") % {"number": number, "share": percent(number, one.asked)} if number else "0"

"""The lead's pages of the agreement: what was written down, put in order, put before everybody."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.partnership.agreement import Version, line_changes
from commonground.web.partnerships import agreements
from commonground.web.partnerships.agreement_forms import LineForm, LinesForm, ReviewForm, new_line_id
from commonground.web.partnerships.models import AgreementVersion
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.partnerships.wording import by_section
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def agreement(request: LeadRequest, partnership: str, number: int = 0) -> HttpResponse:
    """A version of the agreement, the last one where none is named, with everybody's marks."""
    del partnership
    versions = list(request.partnership.agreement_versions.all())
    kept = next((one for one in versions if one.number == number), versions[-1] if versions and not number else None)
    if number and kept is None:
        raise Http404
    shown = _shown(kept, versions) if kept else {}
    found = {"partnership": request.partnership, "kept": kept, "versions": versions, **shown}
    return render(request, "partnerships/agreement.html", found)


@needs(Permission.VIEW)
@never_cache
@require_GET
def printed(request: LeadRequest, partnership: str) -> HttpResponse:
    """The version that stands, as a plain page to print."""
    versions = list(request.partnership.agreement_versions.all())
    if not versions:
        return redirect("partnerships:agreement", partnership)
    found = {"partnership": request.partnership, "kept": versions[-1], **_shown(versions[-1], versions)}
    return render(request, "partnerships/agreement_print.html", found)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def draft(request: LeadRequest, partnership: str) -> HttpResponse:
    """The next version in the making: lines from the talk, changed, added, taken out."""
    it = request.partnership
    if request.method == "GET":
        lines = agreements.drafted(it)
        standing = agreements.last_version(it)
        form = LinesForm(initial=[LineForm.initial_of(line) for line in lines], prefix="line")
        review = ReviewForm(initial={"review_on": standing.review_on if standing else None})
        return _draft_page(request, form, review)
    form, review = LinesForm(request.POST, prefix="line"), ReviewForm(request.POST)
    if "more" in request.POST:
        return _draft_page(request, LinesForm(initial=form.as_sent(), prefix="line", more=True), review)
    if form.is_valid() and review.is_valid():
        known = {line.id: line for line in agreements.drafted(it)}
        lines = tuple(one.line(known, new_line_id(place)) for place, one in enumerate(form.forms) if one.has_text())
        is_new = agreements.put_before_everybody(
            partnership=it,
            lines=lines,
            review_on=review.cleaned_data["review_on"],
            actor=request.user,
            today=timezone.localdate(),
        )
        said = _("The agreement is before everybody now.") if is_new else _("Nothing was changed.")
        messages.success(request, said)
        return redirect("partnerships:agreement", partnership)
    return _draft_page(request, form, review, status=422)


def _draft_page(request: LeadRequest, form: LinesForm, review: ReviewForm, *, status: int = 200) -> HttpResponse:
    found = {"partnership": request.partnership, "form": form, "review": review}
    return render(request, "partnerships/draft.html", found, status=status)


def _shown(kept: AgreementVersion, versions: list[AgreementVersion]) -> dict[str, object]:
    version = agreements.version_of(kept)
    earlier = next((one for one in reversed(versions) if one.number < kept.number), None)
    before: Version | None = agreements.version_of(earlier) if earlier else None
    return {
        "sections": by_section(version.lines),
        "acceptance": agreements.acceptance_of(kept),
        "changes": line_changes(before, version) if before else (),
        "is_last": kept == versions[-1],
    }

"""A partner's pages: what I say of myself, what I think, and what the others may know of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonground.web.capabilities import actions
from commonground.web.capabilities.forms import self_forms
from commonground.web.look.templatetags.look import problems_title
from commonground.web.partnerships.visits import Visit, visiting


@require_http_methods(["GET", "POST"])
@visiting
def myself(request: HttpRequest, visit: Visit, area: str = "") -> HttpResponse:
    """One area of the framework: levels and wishes, or, for attitudes, questions to think about."""
    profile = actions.profile_of(visit.partnership)
    if profile is None or not profile.is_asking:
        return redirect("partnerships_public:here", visit.partnership.public_id)
    framework = profile.framework
    areas = list(framework.areas)
    here = next((one for one in areas if one.id == area), areas[0])
    reflective = [one.id for one in areas if one.reflective]
    sent = request.POST if request.method == "POST" else None
    forms = self_forms(framework.in_area(here.id), reflective, actions.said_by(visit, profile), sent)
    if sent is not None and all(form.is_valid() for _one, form in forms):
        said = {one.id: form.said(visit.partner.name) for one, form in forms}
        actions.say(visit=visit, profile=profile, said=said)
        after = areas[areas.index(here) + 1 :]
        if after:
            return redirect("capabilities_public:area", visit.partnership.public_id, after[0].id)
        return redirect("capabilities_public:done", visit.partnership.public_id)
    found = {
        "visit": visit,
        "partnership": visit.partnership,
        "area": here,
        "number": areas.index(here) + 1,
        "total": len(areas),
        "progress_words": _("Part %(number)s of %(total)s") % {"number": areas.index(here) + 1, "total": len(areas)},
        "forms": forms,
        "errors_title": problems_title(1),
    }
    return render(request, "capabilities/myself.html", found, status=200 if sent is None else 422)


@require_http_methods(["GET"])
@visiting
def done(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What happens with what was said."""
    return render(request, "capabilities/done.html", {"visit": visit, "partnership": visit.partnership})

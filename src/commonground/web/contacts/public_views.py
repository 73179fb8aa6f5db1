"""Leaving contact details: two addresses, of which only the first knows the participant's cookie.

`/s/<study>/details/` makes the pass and hands it over in a cookie for `/contacts/<study>/`, where the cookie of the
answers is not sent. So no request holds both, and no address that a server may log holds a pass.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.records.fielding import Wish
from commonground.records.sessions import Status
from commonground.web.contacts.actions import is_spent, leave_details
from commonground.web.contacts.forms import DetailsForm
from commonground.web.contacts.throttle import OPEN_ENTRIES
from commonground.web.contacts.vault import ContactsKeyError, open_vault
from commonground.web.contacts.wishes import Offer, is_open_to_all, offers, open_wishes
from commonground.web.look.templatetags.look import problems_title
from commonground.web.respond.visits import Visit, visit_of
from commonground.web.studies.models import Study

PASS_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at the page of details: what they can wish for, and the pass they came with, if any."""

    visit: Visit
    wishes: tuple[Wish, ...]
    pass_text: str = ""

    def offers(self, ticked: list[str]) -> list[Offer]:
        """The boxes to tick."""
        return offers(self.visit.study, self.wishes, ticked)


@never_cache
@require_POST
def hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the thanks page to the page of details, with a pass that says no more than that somebody finished."""
    study = get_object_or_404(Study, public_id=public_id)
    visit = visit_of(request, study)
    session = visit.session
    if session is None or session.is_pilot or session.status != Status.COMPLETE:
        return redirect("respond:enter", public_id)
    try:
        text = open_vault().pass_for(visit.code, study=public_id)
    except ContactsKeyError:
        with translation.override(visit.language):
            return _private(_render(request, visit, "contacts/not_now.html", status=503))
    response = redirect(f"{reverse('contacts_public:leave', args=[public_id])}?language={visit.language}")
    response.set_cookie(
        _cookie(study), text, max_age=PASS_SECONDS, path=reverse("contacts_public:leave", args=[public_id]),
        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@never_cache
@sensitive_post_parameters("reach", "name")
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where details are written. Without a pass only the draw is offered, and only where it is open to all."""
    study = get_object_or_404(Study, public_id=public_id)
    visit = replace(visit_of(request, study), session=None, code="")
    with translation.override(visit.language):
        try:
            return _private(_at_the_page(request, visit))
        except ContactsKeyError:
            return _private(_render(request, visit, "contacts/not_now.html", status=503))


@never_cache
@require_GET
def done(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a person reads who has left details."""
    visit = replace(visit_of(request, get_object_or_404(Study, public_id=public_id)), session=None, code="")
    with translation.override(visit.language):
        return _private(_render(request, visit, "contacts/done.html"))


def _at_the_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    guest = _guest(request, visit)
    if not guest.wishes:
        return _render(request, visit, "contacts/nothing.html", came_with_pass=bool(guest.pass_text))
    if guest.pass_text and is_spent(study=visit.study, pass_text=guest.pass_text):
        return _render(request, visit, "contacts/already.html")
    if request.method == "GET" or "language" in request.POST:
        form = DetailsForm(initial=request.POST.dict())
        return _ask(request, guest, form, ticked=request.POST.getlist("wish"))
    return _sent(request, guest)


def _guest(request: HttpRequest, visit: Visit) -> Guest:
    study, today = visit.study, timezone.now().date()
    text = request.COOKIES.get(_cookie(study), "")
    if text and open_vault().is_own_pass(text, study=study.public_id):
        return Guest(visit, open_wishes(study, today=today), text)
    return Guest(visit, (Wish.DRAW,) if is_open_to_all(study, today=today) else ())


def _sent(request: HttpRequest, guest: Guest) -> HttpResponse:
    form, ticked = DetailsForm(request.POST), request.POST.getlist("wish")
    wishes = [wish for wish in guest.wishes if wish.value in ticked]
    if not wishes or not form.is_valid():
        return _ask(request, guest, form, ticked=ticked, unticked=not wishes, status=422)
    study, is_program = guest.visit.study, bool(form.cleaned_data["website"])
    if not guest.pass_text and OPEN_ENTRIES.holds(request, timezone.now()):
        return _render(request, guest.visit, "contacts/wait.html", status=429)
    if not is_program and not leave_details(
        study=study, wishes=wishes, details=form.details, pass_text=guest.pass_text
    ):
        return _render(request, guest.visit, "contacts/already.html")
    if not guest.pass_text:
        OPEN_ENTRIES.note(request, timezone.now())
    response = redirect(f"{reverse('contacts_public:done', args=[study.public_id])}?language={guest.visit.language}")
    response.delete_cookie(_cookie(study), path=reverse("contacts_public:leave", args=[study.public_id]))
    return response


def _ask(
    request: HttpRequest,
    guest: Guest,
    form: DetailsForm,
    *,
    ticked: list[str],
    unticked: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown = guest.offers(ticked)
    nothing_ticked = translation.gettext("Please tick at least one of these, or close this page.") if unticked else ""
    errors = [(f"wish-{shown[0].wish}", nothing_ticked)] if unticked else []
    errors += [(form["reach"].id_for_label, str(message)) for message in form.errors.get("reach", [])]
    contacts = guest.visit.record.fielding.contacts
    return _render(
        request, guest.visit, "contacts/leave.html", status=status, form=form, offers=shown, problem=nothing_ticked,
        has_pass=bool(guest.pass_text), deleted_on=contacts.deleted_on, errors=errors,
        errors_title=problems_title(len(errors)),
    )  # fmt: skip


def _render(request: HttpRequest, visit: Visit, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    everything = {"visit": visit, "study": visit.record, "public_id": visit.study.public_id, **context}
    return render(request, template, everything, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _cookie(study: Study) -> str:
    return f"commonground_pass_{study.public_id}"

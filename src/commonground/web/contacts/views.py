"""The lists of contact details and the draw, for those who may see them.

While a study is open the lists stay shut: whoever could watch them grow would see who came when. They are opened once,
by a button, and from then on nobody can leave details, so that closing and opening a study again shows nobody's entry.
"""

import csv
import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from commonground.files.guard import guarded
from commonground.records.errors import RequestError
from commonground.records.fielding import Wish
from commonground.web.contacts.actions import (
    draw_one_more,
    draw_winners,
    open_lists,
    read_entries,
    remove_address,
    remove_entry,
)
from commonground.web.contacts.forms import DrawForm, RemovalForm
from commonground.web.contacts.models import Drawing, Entry
from commonground.web.contacts.vault import ContactsKeyError, Details
from commonground.web.contacts.wishes import are_lists_open, draw_words, wish_name
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@dataclass(frozen=True, slots=True)
class List:
    """One list on the page: how many are on it, and who, once it may be read."""

    wish: Wish
    name: str
    number: int
    people: list[tuple[Entry, Details]]


@needs(Permission.CONTACTS)
@never_cache
@require_GET
def contacts(request: OwnerRequest, public_id: str) -> HttpResponse:
    """How many left details for what; the lists once the study is closed; the draw and the day of deletion."""
    return _page(request, public_id)


@needs(Permission.CONTACTS)
@require_POST
def draw(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Draw the winners, once."""
    form = DrawForm(request.POST)
    if not form.is_valid():
        return _page(request, public_id, problem=_("The number is longer than 64 characters."))
    try:
        found = draw_winners(
            study=request.study, actor=request.user, today=timezone.now().date(), seed=form.cleaned_data["seed"]
        )
    except RequestError as error:
        return _page(request, public_id, problem=str(error))
    words = ngettext("%(winners)s winner was drawn.", "%(winners)s winners were drawn.", found.prizes)
    messages.success(request, words % {"winners": found.prizes})
    return redirect("contacts:contacts", public_id)


@needs(Permission.CONTACTS)
@require_POST
def open_for_reading(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Open the lists, once and for good."""
    try:
        open_lists(study=request.study, actor=request.user)
    except RequestError as error:
        return _page(request, public_id, problem=str(error))
    messages.success(request, _("The lists are open. Nobody can leave details any more."))
    return redirect("contacts:contacts", public_id)


@needs(Permission.CONTACTS)
@require_POST
def draw_more(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Let the next on the list step in for a winner who cannot be reached."""
    if not Drawing.objects.filter(study=public_id).exists():
        return _page(request, public_id, problem=_("No winners have been drawn yet."))
    if not draw_one_more(study=request.study, actor=request.user):
        return _page(request, public_id, problem=_("Everybody on the list has been drawn already."))
    messages.success(request, _("The next on the list was drawn."))
    return redirect("contacts:contacts", public_id)


@needs(Permission.CONTACTS)
@sensitive_post_parameters("reach")
@require_POST
def remove(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Delete one entry, or all entries of a person who asked for it."""
    try:
        removed = _removed(request)
    except ContactsKeyError as error:
        return _page(request, public_id, problem=str(error))
    if not removed:
        return _page(request, public_id, problem=_("No entry was found. Look at each letter of the address once more."))
    words = ngettext("%(entries)s entry was deleted.", "%(entries)s entries were deleted.", removed)
    messages.success(request, words % {"entries": removed})
    return redirect("contacts:contacts", public_id)


@needs(Permission.CONTACTS)
@never_cache
@require_GET
def download(request: OwnerRequest, public_id: str, wish: str) -> HttpResponse:
    """One list as a table. That it was taken away is in the log."""
    if wish not in set(Wish):
        raise Http404
    if not _is_readable(request.study):
        return _page(
            request, public_id, problem=_("The lists can be read once the study is closed and they were opened.")
        )
    try:
        people = read_entries(request.study, Wish(wish))
    except ContactsKeyError as error:
        return _page(request, public_id, problem=str(error))
    with transaction.atomic():
        record_event(
            workspace=request.workspace, action="downloaded contacts", actor=request.user, study=public_id,
            list=wish, entries=len(people),
        )  # fmt: skip
    return HttpResponse(
        _csv(people),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{public_id}-{wish}.csv"'},
    )


def _removed(request: OwnerRequest) -> int:
    try:
        return remove_entry(study=request.study, entry=uuid.UUID(request.POST["entry"]), actor=request.user)
    except (KeyError, ValueError):
        form = RemovalForm(request.POST)
    if not form.is_valid():
        return 0
    return remove_address(study=request.study, reach=form.cleaned_data["reach"], actor=request.user)


def _page(request: OwnerRequest, public_id: str, *, problem: str = "") -> HttpResponse:
    study = request.study
    wished = study.record().fielding.contacts
    drawing = Drawing.objects.filter(study=public_id).first()
    lists: list[List] = []
    try:
        lists = [_list(study, wish) for wish in wished.wishes]
    except ContactsKeyError as error:
        problem = str(error)
    context = {
        "study": study,
        "contacts": wished,
        "lists": lists,
        "is_readable": _is_readable(study),
        "may_open": not study.is_open and not are_lists_open(study),
        "drawing": drawing,
        "draw_words": draw_words(study),
        "draw_form": DrawForm(),
        "removal_form": RemovalForm(),
        "problem": problem,
    }
    return render(request, "contacts/contacts.html", context, status=422 if problem else 200)


def _list(study: Study, wish: Wish) -> List:
    number = Entry.objects.filter(study=study.public_id, wish=wish).count()
    return List(wish, wish_name(wish), number, read_entries(study, wish) if _is_readable(study) else [])


def _is_readable(study: Study) -> bool:
    return not study.is_open and are_lists_open(study)


def _csv(people: Iterable[tuple[Entry, Details]]) -> str:
    """What a spreadsheet would run as a formula gets an apostrophe in front."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["reach", "name", "place_drawn"])
    table.writerows(
        [guarded(person.reach), guarded(person.name), "" if entry.place is None else entry.place]
        for entry, person in people
    )
    return text.getvalue()

"""A study as a participant meets it: respond's own pages, walked by a made-up person. Nothing is stored or counted.

The pages are respond's templates, whose addresses lead to these views here (an instance of respond's addresses under
the name `preview`). Each address holds the person who walks, so a page can be reloaded, and sent to a colleague.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from commonground.records.errors import CommonGroundError
from commonground.survey.flow import Page, PageKind, pages
from commonground.web.building.language_names import language_name
from commonground.web.building.parts import part_context
from commonground.web.building.preview_state import Person, made_up, person_of, visit_of
from commonground.web.look.marks import read_marks
from commonground.web.look.templatetags.look import said
from commonground.web.respond import showing
from commonground.web.respond.question_pages import read_questions, sent_fields
from commonground.web.respond.task_pages import example_items
from commonground.web.respond.visits import Visit
from commonground.web.respond.wording import heading_words
from commonground.web.studies.designs import design_of
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

Walking = Callable[..., HttpResponse]

STAMP = "preview"
"""Where respond's forms say when they were shown; times do not matter here."""


@needs(Permission.VIEW)
@never_cache
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know only views without arguments
@require_GET
def preview(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Choose who walks; see the pages of this person, and the first of them in two sizes."""
    del public_id
    study, record = request.study, request.study.record()
    group, language = request.GET.get("group", ""), request.GET.get("language", "")
    group = group if any(one.id == group for one in record.groups) else ""
    version = _number(request.GET.get("version", ""))
    person, leads_there = made_up(record, group, language, version)
    context = part_context(request) | {
        "record": record,
        "person": person,
        "leads_there": leads_there,
        "languages": [(code, language_name(code)) for code in record.languages],
        "first": _enter(study.public_id, person),
    }
    try:
        design = design_of(study)
        listed = _listed(visit_of(study, record, design, person), person)
        context |= {"versions": len(design.versions), "pages": listed}
    except CommonGroundError as error:
        context["problem"] = str(error)
    return render(request, "building/preview.html", context)


def walking(view: Walking) -> Walking:
    """Hand a page its visit and the person; it may be framed by this site, and is kept by no cache."""

    @needs(Permission.VIEW)
    @never_cache
    @xframe_options_sameorigin
    @csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # its types know only views without arguments
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def walked(request: OwnerRequest, public_id: str, **rest: str) -> HttpResponse:
        del public_id
        record = request.study.record()
        person = person_of(request.POST.get("visit", "") or request.GET.get("as", "")) or Person(
            language=record.languages[0]
        )
        person = _in_language(person, request, record.languages)
        with translation.override(person.language):
            visit = visit_of(request.study, record, design_of(request.study), person)
            request.above = "building/preview_banner.html"  # type: ignore[attr-defined]  # read by respond's frame
            request.preview = _banner(visit, person)  # type: ignore[attr-defined]  # read by that banner
            return view(request, visit, person, **rest)

    return walked  # type: ignore[return-value]  # the same: this one takes the parts of the address


@walking
def enter(request: HttpRequest, visit: Visit, person: Person) -> HttpResponse:
    """Consent; agreeing leads to the first page."""
    outside = Visit(visit.study, visit.record, None, "", visit.language, visit.door)
    if request.method == "GET" or {"language", "reconsider"} & set(request.POST):
        return showing.consent(request, outside, person.token())
    if "decline" in request.POST:
        return showing.declined(request, outside, person.token())
    if "agree" not in request.POST:
        return showing.consent(request, outside, person.token(), unticked=True)
    return _to(visit, person, _pages(visit)[0])


@walking
def page(request: HttpRequest, visit: Visit, person: Person, key: str) -> HttpResponse:
    """Any page after consent: shown, or sent and answered with the next one."""
    here = next((one for one in _pages(visit) if one.key == key), None)
    if here is None:
        return _to(visit, person, _pages(visit)[-1])
    if request.method == "GET":
        return showing.page(request, visit, here, stamp=STAMP)
    if "ends" in request.POST:
        return _to(visit, replace(person, best_only=request.POST["ends"] == "best"), here)
    return _sent(request, visit, person, here)


def _sent(request: HttpRequest, visit: Visit, person: Person, here: Page) -> HttpResponse:
    if here.questions:
        return _questions_sent(request, visit, person, here)
    if here.task is not None:
        return _task_sent(request, visit, person, here)
    if here.kind == PageKind.EXAMPLE and "try" in request.POST and visit.record.worked_example:
        marks = read_marks(request.POST, example_items(visit.record.worked_example))
        return showing.page(request, visit, here, marks=marks, stamp=STAMP, tried=True)
    return _on(request, visit, person, here)


@walking
def resume(request: HttpRequest, visit: Visit, person: Person) -> HttpResponse:
    """Where a code is typed; in a preview every code leads to the first page."""
    return showing.resume(request, visit) if request.method == "GET" else _to(visit, person, _pages(visit)[0])


@walking
def withdraw(request: HttpRequest, visit: Visit, person: Person) -> HttpResponse:
    """Taking answers back, of which there are none."""
    del person
    return showing.withdraw(request, visit) if request.method == "GET" else showing.withdrawn(request, visit)


@walking
def leave(request: HttpRequest, visit: Visit, person: Person) -> HttpResponse:
    """What a person reads whose device has forgotten them."""
    del person
    return showing.left(request, visit)


def _questions_sent(request: HttpRequest, visit: Visit, person: Person, here: Page) -> HttpResponse:
    read = read_questions(here, request.POST, visit.language)
    stays = "language" in request.POST or _goes_back(request)
    if read.problems and not stays:
        return showing.page(request, visit, here, fields=sent_fields(here, request.POST, read.problems), stamp=STAMP)
    person = person.answering(read.given() if stays else read.values)
    return _on(request, visit_of(visit.study, visit.record, design_of(visit.study), person), person, here)


def _task_sent(request: HttpRequest, visit: Visit, person: Person, here: Page) -> HttpResponse:
    assert here.task is not None  # noqa: S101  # a task page has a task; this tells the type checker
    marks = read_marks(request.POST, here.task.items)
    is_open = bool(marks.problems(best_only=person.best_only))
    if is_open and not ("language" in request.POST or _goes_back(request)):
        return showing.page(request, visit, here, marks=marks, stamp=STAMP)
    if not is_open:
        person = person.picking(here.task.shown_order, marks.most, "" if person.best_only else marks.least)
    return _on(request, visit, person, here)


def _on(request: HttpRequest, visit: Visit, person: Person, here: Page) -> HttpResponse:
    """To the page after this one, or before it, or to this one again in another language."""
    listed = _pages(visit)
    keys = [one.key for one in listed]
    place = keys.index(here.key) if here.key in keys else len(keys) - 2
    step = 0 if "language" in request.POST else -1 if _goes_back(request) else 1
    return _to(visit, person, listed[min(max(place + step, 0), len(listed) - 1)])


def _to(visit: Visit, person: Person, target: Page) -> HttpResponse:
    return redirect(_address(visit.study.public_id, person, target.key))


def _pages(visit: Visit) -> tuple[Page, ...]:
    assert visit.session is not None  # noqa: S101  # a preview's visit has its session; this tells the type checker
    return pages(visit.record, visit.session.record())


def _goes_back(request: HttpRequest) -> bool:
    return request.POST.get("go") == "back"


def _in_language(person: Person, request: HttpRequest, spoken: tuple[str, ...]) -> Person:
    wished = request.POST.get("language") or request.GET.get("language", "") or person.language
    return replace(person, language=wished if wished in spoken else spoken[0])


def _banner(visit: Visit, person: Person) -> dict[str, object]:
    """What stands over each page of a preview."""
    record = visit.record
    group = next((said(one.label) for one in record.groups if one.id == person.group), _("whoever answers"))
    back = reverse("building:preview", args=[visit.study.public_id])
    chosen = urlencode({"group": person.group, "language": person.language, "version": person.version})
    return {
        "group": group,
        "version": person.version,
        "back": f"{back}?{chosen}",
        "pages": _listed(visit, person),
        "first": _enter(visit.study.public_id, person),
    }


def _listed(visit: Visit, person: Person) -> list[tuple[str, str]]:
    """Every page of this person, with its address and what it is called."""
    return [(_address(visit.study.public_id, person, one.key), _page_name(one)) for one in _pages(visit)]


def _page_name(page: Page) -> str:
    match page.kind:
        case PageKind.WORDS:
            return _("How it works")
        case PageKind.EXAMPLE:
            return _("An example")
        case PageKind.TASK:
            return _("Task %(number)s") % {"number": page.key.rpartition("-")[2]}
        case PageKind.THANKS:
            return _("Thank you")
        case PageKind.INELIGIBLE:
            return _("Cannot take part")
        case _:
            return f"{heading_words(page.kind)} ({page.key.rpartition('-')[2]})"


def _address(public_id: str, person: Person, key: str) -> str:
    return f"{reverse('preview:page', args=[public_id, key])}?{urlencode({'as': person.token()})}"


def _enter(public_id: str, person: Person) -> str:
    return f"{reverse('preview:enter', args=[public_id])}?{urlencode({'as': person.token()})}"


def _number(text: str) -> int:
    return max(int(text), 1) if text.isdigit() and len(text) < 5 else 1

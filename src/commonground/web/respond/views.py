"""A participant's pages. Views read the request, call one action, and show or redirect; nothing is decided here.

Each answer is committed before the next page is asked for: send, commit, redirect, show.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.records.typed_codes import normal
from commonground.survey.flow import Page, PageKind, next_page, pages
from commonground.web.look.marks import Marks, read_marks
from commonground.web.respond import actions, codes, showing, stamps, throttle
from commonground.web.respond.arrivals import arrival_of, is_crowd
from commonground.web.respond.doors import Shut, shut_now
from commonground.web.respond.models import Session
from commonground.web.respond.question_pages import read_questions, sent_fields
from commonground.web.respond.task_pages import example_items
from commonground.web.respond.visits import Visit, find_session, forget, remember, visiting


@require_http_methods(["GET", "POST"])
@visiting
def enter(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A link or an invitation: consent, or straight on to where this device or this person stopped."""
    if visit.session is not None and request.method == "GET":
        return remember(_to(visit, next_page(visit.record, visit.session.record())), visit.study, visit.code)
    if shut := _shut(visit):
        return showing.closed(request, visit, shut)
    key = request.POST.get("visit", "")
    if not key or "language" in request.POST or "reconsider" in request.POST:
        return showing.consent(request, visit, key or codes.new_visit_key())
    code = codes.code_of_invitation(visit.door.invitation) if visit.door.invitation else codes.code_for(key)
    if "decline" in request.POST:
        actions.decline(study=visit.study, code=code, language=visit.language, door=visit.door, now=timezone.now())
        return forget(showing.declined(request, visit, key), visit.study)
    return _begin(request, visit, key, code)


@require_http_methods(["GET", "POST"])
@visiting
def page(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Any page after consent. One that is not reached yet leads to where the person is."""
    if visit.session is None:
        return redirect("respond:enter", visit.study.public_id)
    if request.method == "POST" and (shut := shut_now(visit.study, visit.record, timezone.now())):
        return showing.closed(request, visit, shut)
    here = _reached(visit, visit.session, key)
    if here is None:
        return _to(visit, next_page(visit.record, visit.session.record()))
    if request.method == "GET":
        return showing.page(request, visit, here)
    stamp = stamps.read(request.POST.get("stamp", ""))
    if stamp is None or (stamp.session, stamp.page) != (visit.session.pk, key):
        return _to(visit, next_page(visit.record, visit.session.record()), note="stale")
    return _sent(request, visit, visit.session, here, stamp)


@require_http_methods(["GET", "POST"])
@visiting
def resume(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go on from another device, by code."""
    if request.method == "GET":
        return showing.resume(request, visit)
    if throttle.WRONG_CODES.holds(request, timezone.now()):
        return showing.resume(request, visit, problem="wait", status=429)
    code = normal(request.POST.get("code", ""))
    session = find_session(visit.study, code)
    if session is None:
        throttle.WRONG_CODES.note(request, timezone.now())
        return showing.resume(request, visit, problem="unknown", status=422)
    return remember(_to(visit, next_page(visit.record, session.record())), visit.study, code)


@require_http_methods(["GET", "POST"])
@visiting
def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take one's answers back: what it can do and what not, and a button that does it."""
    if visit.session is None:
        return redirect("respond:resume", visit.study.public_id)
    if request.method == "GET" or "withdraw" not in request.POST or visit.study.locked_at is not None:
        return showing.withdraw(request, visit)
    actions.withdraw(session=visit.session)
    return forget(showing.withdrawn(request, visit), visit.study)


@require_http_methods(["GET", "POST"])
@visiting
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let a shared device forget; the answers stay, and the code still leads back to them."""
    if request.method == "GET" or visit.session is None:
        return redirect("respond:enter", visit.study.public_id)
    return forget(showing.left(request, visit), visit.study)


@never_cache
def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that the browser could not vouch for, because cookies are off or the page lay open for very long."""
    del reason
    return render(request, "respond/stale.html", status=403)


def _begin(request: HttpRequest, visit: Visit, key: str, code: str) -> HttpResponse:
    """Begin with what the consent page brought, unless the box is not ticked or a crowd comes from one address."""
    if "agree" not in request.POST:
        return showing.consent(request, visit, key, unticked=True)
    now = timezone.now()
    arrival = arrival_of(request, visit.study, key, proof_asked=visit.record.fielding.proof_of_work)
    if is_crowd(visit.study, arrival.address_hash, now=now):
        return showing.crowd(request, visit)
    session = actions.give_consent(
        study=visit.study, code=code, language=visit.language, door=visit.door, arrival=arrival, now=now
    )
    return remember(_to(visit, next_page(visit.record, session.record())), visit.study, code)


def _shut(visit: Visit) -> Shut | None:
    """Why nobody can begin here now."""
    if visit.door.is_used and visit.session is None:
        return Shut.USED
    return visit.door.shut or shut_now(visit.study, visit.record, timezone.now())


def _sent(request: HttpRequest, visit: Visit, session: Session, here: Page, stamp: stamps.Stamp) -> HttpResponse:
    if {"language", "ends"} & set(request.POST):
        return _shown_otherwise(request, visit, session, here)
    if here.questions:
        return _questions_sent(request, visit, session, here, stamp)
    if here.kind == PageKind.TASK:
        return _task_sent(request, visit, session, here, stamp)
    if here.kind == PageKind.EXAMPLE and "try" in request.POST and visit.record.worked_example:
        marks = read_marks(request.POST, example_items(visit.record.worked_example))
        return showing.page(request, visit, here, marks=marks, stamp=request.POST["stamp"], tried=True)
    if _goes_back(request):
        return _back(visit, session, here)
    seconds = stamp.seconds_until(timezone.now())
    return _on(visit, actions.pass_page(session=session, page=here.key, seconds=seconds), here)


def _questions_sent(
    request: HttpRequest, visit: Visit, session: Session, here: Page, stamp: stamps.Stamp
) -> HttpResponse:
    read, now = read_questions(here, request.POST, _shown_in(request, visit)), timezone.now()
    back = _goes_back(request)
    if read.problems and not back:
        fields = sent_fields(here, request.POST, read.problems)
        return showing.page(request, visit, here, fields=fields, stamp=request.POST["stamp"])
    session = actions.save_answers(
        session=session,
        page=here.key,
        answers=read.given() if back else read.values,
        seconds=None if back else stamp.seconds_until(now),
        now=now,
    )
    return _back(visit, session, here) if back else _on(visit, session, here)


def _task_sent(request: HttpRequest, visit: Visit, session: Session, here: Page, stamp: stamps.Stamp) -> HttpResponse:
    assert here.task is not None  # noqa: S101  # a task page has a task; this tells the type checker
    marks, now = read_marks(request.POST, here.task.items), timezone.now()
    back = _goes_back(request)
    if marks.problems(best_only=session.best_only):
        if back:
            return _back(visit, session, here)
        return showing.page(request, visit, here, marks=marks, stamp=request.POST["stamp"])
    session = actions.save_pick(
        session=session,
        shown_order=here.task.shown_order,
        best=marks.most,
        worst="" if session.best_only else marks.least,
        language=_shown_in(request, visit),
        seconds=stamp.seconds_until(now),
        now=now,
    )
    return _back(visit, session, here) if back else _on(visit, session, here)


def _shown_otherwise(request: HttpRequest, visit: Visit, session: Session, here: Page) -> HttpResponse:
    """The same page in another language, or asking for the best alone where the study offers that."""
    if language := request.POST.get("language"):
        return _in_other_language(request, visit, session, here, language)
    if visit.record.fielding.best_only:
        actions.set_best_only(session=session, best_only=request.POST.get("ends") == "best")
    return _to(visit, here)


def _in_other_language(request: HttpRequest, visit: Visit, session: Session, here: Page, language: str) -> HttpResponse:
    """The same page with everything as it was filled in."""
    if language in visit.record.languages:
        visit = visit.in_language(actions.set_language(session=session, language=language).language)
    fields = sent_fields(here, request.POST, {}) if here.questions else None
    marks = Marks(request.POST.get("most", ""), request.POST.get("least", ""))
    with translation.override(visit.language):
        return showing.page(request, visit, here, fields=fields, marks=marks, stamp=request.POST["stamp"], quietly=True)


def _shown_in(request: HttpRequest, visit: Visit) -> str:
    """The language in which the page was read that is sent now; another tab may have changed it since."""
    shown = request.POST.get("shown_in", "")
    return shown if shown in visit.record.languages else visit.language


def _goes_back(request: HttpRequest) -> bool:
    return request.POST.get("go") == "back"


def _reached(visit: Visit, session: Session, key: str) -> Page | None:
    """The page of this key, where the person has come so far."""
    record = session.record()
    furthest = next_page(visit.record, record)
    for candidate in pages(visit.record, record):
        if candidate.key == key:
            return candidate
        if candidate.key == furthest.key:
            return None
    return None


def _on(visit: Visit, session: Session, here: Page) -> HttpResponse:
    """To the page after this one, or to the first that is not done if that comes earlier."""
    record = session.record()
    furthest = next_page(visit.record, record)
    keys = [candidate.key for candidate in pages(visit.record, record)]
    after = keys.index(here.key) + 1 if here.key in keys else len(keys)
    if after >= keys.index(furthest.key):
        return _to(visit, furthest)
    return redirect("respond:page", visit.study.public_id, keys[after])


def _back(visit: Visit, session: Session, here: Page) -> HttpResponse:
    keys = [candidate.key for candidate in pages(visit.record, session.record())]
    place = keys.index(here.key) if here.key in keys else 1
    return redirect("respond:page", visit.study.public_id, keys[max(place - 1, 0)])


def _to(visit: Visit, target: Page, note: str = "") -> HttpResponse:
    address = reverse("respond:page", args=[visit.study.public_id, target.key])
    return redirect(f"{address}?note={note}" if note else address)

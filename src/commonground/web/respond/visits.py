"""Who is at the door: the study, the session that the cookie belongs to, and the language."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache

from commonground.records.sessions import Status
from commonground.records.study import Study as StudyRecord
from commonground.records.typed_codes import normal
from commonground.web.prepared import Prepared
from commonground.web.respond.codes import code_hash, code_of_invitation
from commonground.web.respond.doors import Door, door_of
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.respond.turns import turn
from commonground.web.studies.models import Study

COOKIE_DAYS = 60

_STUDY = Prepared(
    lambda public_id: Study.objects.defer("document", "design").filter(public_id=public_id).order_by(), "?"
)
_SESSION = Prepared(
    lambda study, code: Session.objects.filter(study_id=study, code_hash=code).order_by(), -1, "code hash"
)
_HELD_SESSION = Prepared(
    lambda study, code: Session.objects.select_for_update().filter(study_id=study, code_hash=code).order_by(),
    -1,
    "code hash",
)
_ANSWERS = Prepared(lambda session: TaskAnswer.objects.defer("items").filter(session_id=session).order_by(), -1)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a participant: which study, session (none before consent), code, language, and way in."""

    study: Study
    record: StudyRecord
    session: Session | None
    code: str
    language: str
    door: Door

    def other_languages(self) -> list[tuple[str, str]]:
        """The study's other languages: code and own name."""
        return [(code, _own_name(code)) for code in self.record.languages if code != self.language]

    def in_language(self, language: str) -> "Visit":
        """The same visit in another language."""
        return replace(self, language=language)


def visiting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a view its visit; the answer is in the visit's language and is kept by no cache and no search engine.

    What is sent is worked on in one held transaction, with the session as it is once the turn has come.
    """

    @never_cache
    @wraps(view)
    def with_visit(request: HttpRequest, public_id: str, **rest: str) -> HttpResponse:
        with turn(public_id) if request.method == "POST" else nullcontext():
            visit = visit_of(request, study_at(public_id))
            with translation.override(visit.language):
                response = view(request, visit, **rest)
        response = _told_where(response) if request.headers.get("X-Tap") else response
        response["X-Robots-Tag"] = "noindex"
        return response

    return with_visit


def _told_where(response: HttpResponse) -> HttpResponse:
    """For a page that sends by script (look/tap.js): the next place as data, since a script cannot see a redirect."""
    if response.status_code != HTTPStatus.FOUND:
        return response
    told = JsonResponse({"next": response["Location"]})
    told.cookies = response.cookies
    return told


def study_at(public_id: str) -> Study:
    """The study of an address, without its document and design, which this process has read before."""
    study = _STUDY.first(public_id)
    if study is None:
        raise Http404
    return study


def visit_of(request: HttpRequest, study: Study) -> Visit:
    """Find the session by invitation or cookie, and the language by session, wish or browser, in this order."""
    record, door = study.record(), door_of(request, study)
    code = _code_at(request, study, door)
    session = find_session(study, code)
    language = session.language if session else ""
    asked = (request.POST.get("language"), request.POST.get("in_language"), request.GET.get("language"))
    wished = (language, *(one or "" for one in asked), *_accepted(request))
    return Visit(study, record, session, code if session else "", _first_spoken(wished, record.languages), door)


def _code_at(request: HttpRequest, study: Study, door: Door) -> str:
    """An invitation comes before the cookie: a device in a waiting room meets many people."""
    if door.invitation:
        return code_of_invitation(door.invitation)
    return normal(request.COOKIES.get(cookie_name(study), ""))


def find_session(study: Study, code: str) -> Session | None:
    """The session a resume code belongs to, held until the turn ends; a declined or withdrawn one is nobody's."""
    if not code:
        return None
    sessions = _HELD_SESSION if connection.in_atomic_block else _SESSION
    session = sessions.first(study.pk, code_hash(code))
    if session is None or session.status in {Status.DECLINED, Status.WITHDRAWN}:
        return None
    session.study = study
    session.answered = {one.shown_order: one for one in _ANSWERS.rows(session.pk)}
    return session


def remember(response: HttpResponse, study: Study, code: str) -> HttpResponse:
    """Let this device find its way back: a cookie for this study's pages that no script can read."""
    response.set_cookie(
        cookie_name(study),
        code,
        max_age=COOKIE_DAYS * 24 * 3600,
        path=study.public_path,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def forget(response: HttpResponse, study: Study) -> HttpResponse:
    """Let this device forget."""
    response.delete_cookie(cookie_name(study), path=study.public_path, samesite="Lax")
    return response


def cookie_name(study: Study) -> str:
    """One cookie a study, so that two studies on one device do not meet."""
    return f"commonground_visit_{study.public_id}"


def _accepted(request: HttpRequest) -> list[str]:
    header = request.headers.get("Accept-Language", "")
    return [language for language, _weight in parse_accept_lang_header(header)]


def _first_spoken(wished: tuple[str, ...], spoken: tuple[str, ...]) -> str:
    """The first wish that the study speaks, also by its main language: fr-ca is served by fr."""
    for wish in wished:
        for candidate in (wish, wish.partition("-")[0]):
            if candidate in spoken:
                return candidate
    return spoken[0]


def _own_name(language: str) -> str:
    name = str(LANG_INFO.get(language, {}).get("name_local", language))
    return name[:1].upper() + name[1:]

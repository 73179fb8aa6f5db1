"""Who is at a partners' page: the partnership, and the partner whose code this device keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from commonground.records.typed_codes import normal
from commonground.web.partnerships.codes import partner_hash, voice_hash
from commonground.web.partnerships.models import Partner, Partnership, Round, Voice

COOKIE_DAYS = 400


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a partner. `code` is what only this person has; their voice is found by nothing else."""

    partnership: Partnership
    partner: Partner
    code: str

    @property
    def round(self) -> Round | None:
        """The round that is under way, or the last one."""
        return self.partnership.round

    def voice(self) -> Voice | None:
        """What this person has said in this round, if anything yet."""
        return voice_in(self.round, self.code) if self.round else None


def voice_in(one: Round, code: str) -> Voice | None:
    """What the person with this code said in a round."""
    return one.voices.filter(code_hash=voice_hash(code)).first()


def visiting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a view its visit; who is not known on this device is asked for the link or the code."""

    @never_cache
    @wraps(view)
    def with_visit(request: HttpRequest, public_id: str, **rest: str | int) -> HttpResponse:
        partnership = get_object_or_404(Partnership, public_id=public_id)
        visit = visit_of(request, partnership)
        if visit is None:
            return redirect("partnerships_public:enter", public_id)
        return kept_private(view(request, visit, **rest))

    return with_visit


def kept_private(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it."""
    response["X-Robots-Tag"] = "noindex"
    return response


def visit_of(request: HttpRequest, partnership: Partnership) -> Visit | None:
    """The partner whose code the cookie holds."""
    return visit_by(partnership, normal(request.COOKIES.get(cookie_name(partnership), "")))


def visit_by(partnership: Partnership, code: str) -> Visit | None:
    """The partner with this code."""
    partner = partnership.partners.filter(code_hash=partner_hash(code)).first() if code else None
    return Visit(partnership, partner, code) if partner else None


def is_open_link(partnership: Partnership, invitation: str) -> bool:
    """Whether this is the partnership's one link, and it still lets people in."""
    return partnership.has_open_link and constant_time_compare(invitation, partnership.invitation)


def invited(partnership: Partnership, invitation: str) -> Partner | None:
    """Whose own link this is."""
    return partnership.partners.filter(invitation=invitation).first() if invitation else None


def remember(response: HttpResponse, partnership: Partnership, code: str) -> HttpResponse:
    """Let this device find its way back: a cookie for this partnership's pages that no script can read."""
    response.set_cookie(
        cookie_name(partnership),
        code,
        max_age=COOKIE_DAYS * 24 * 3600,
        path=partnership.public_path,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def forget(response: HttpResponse, partnership: Partnership) -> HttpResponse:
    """Let this device forget."""
    response.delete_cookie(cookie_name(partnership), path=partnership.public_path, samesite="Lax")
    return response


def cookie_name(partnership: Partnership) -> str:
    """One cookie a partnership, so that two on one device do not meet."""
    return f"commonground_partner_{partnership.public_id}"

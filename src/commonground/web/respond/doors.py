"""By which way a person comes, and whether it is open: the study, its dates, the link, the invitation.

Dates are days of UTC: the site knows no other time zone, and people answer from several.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlencode

from django.http import HttpRequest

from commonground.records.study import Study as StudyRecord
from commonground.records.typed_codes import normal
from commonground.web.prepared import Prepared
from commonground.web.respond.codes import token_hash
from commonground.web.respond.models import Invitation, Source
from commonground.web.studies.models import Study


class Shut(StrEnum):
    """Why nobody can come in, or not by this way."""

    CLOSED = "closed"
    NOT_YET = "not_yet"
    OVER = "over"
    LINK = "link"
    UNKNOWN = "unknown"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Door:
    """The way in: the id of a link, or an invitation; `shut` where it leads nowhere."""

    source: str = ""
    invitation: str = ""
    shut: Shut | None = None
    is_used: bool = False

    @property
    def query(self) -> str:
        """What keeps the way in an address; empty for the plain link."""
        if self.invitation:
            return urlencode({"invitation": self.invitation})
        return urlencode({"from": self.source}) if self.source else ""


_SOURCES = Prepared(
    lambda study, plain, wished: Source.objects.filter(study_id=study, slug__in=[plain, wished]).order_by(),
    -1,
    "plain",
    "wished",
)


def door_of(request: HttpRequest, study: Study) -> Door:
    """The way somebody came, from the address or from the page they send."""
    sent = request.POST if request.method == "POST" else request.GET
    if sent.get("invitation"):
        return _invitation(study, normal(sent["invitation"]))
    wished = sent.get("from", "")
    sources = {one.slug: one for one in _SOURCES.rows(study.pk, "", wished)}
    source = sources.get(wished) or sources.get("")  # a link nobody made counts as the plain one
    if source is None:
        return Door()
    return Door(source.slug, shut=None if source.is_open else Shut.LINK)


def shut_now(study: Study, record: StudyRecord, now: datetime) -> Shut | None:
    """Why the study takes no answers at this moment; None where it does. A pilot comes before the dates."""
    if not study.is_open:
        return Shut.CLOSED
    if study.is_pilot:
        return None
    today, dates = now.astimezone(UTC).date(), record.fielding
    if dates.opens_on is not None and today < dates.opens_on:
        return Shut.NOT_YET
    return Shut.OVER if dates.closes_on is not None and today > dates.closes_on else None


def _invitation(study: Study, token: str) -> Door:
    found = Invitation.objects.filter(study=study, token_hash=token_hash(token)).select_related("source").first()
    if found is None:
        return Door(shut=Shut.UNKNOWN)
    return Door(found.source.slug if found.source else "", token, is_used=found.is_used)


def use_invitation(study: Study, token: str) -> None:
    """Note that an invitation has begun its session."""
    Invitation.objects.filter(study=study, token_hash=token_hash(token)).update(is_used=True)


def source_of(study: Study, slug: str) -> Source:
    """A link of the study; the plain one as well, which may have no row yet."""
    return study.sources.filter(slug=slug).first() or Source(study=study, slug="", label="")

"""What is noticed when somebody agrees to take part: signs of a program, and a keyed hash of the network address.

None of it blocks anybody but a crowd from one address, and that only for a while. The address itself is kept nowhere:
it goes into a keyed hash, and the key of each study is destroyed some time after the study closes. From then on
nobody can find out which address a hash stands for; before, whoever has the database could try them all.
"""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from commonground.web.doorstep import network_of
from commonground.web.respond.models import AddressKey, Session
from commonground.web.studies.models import Study
from commonground.web.workspaces.models import AuditEvent

HONEYPOT = "homepage"
"""A field that people do not see and programs fill."""

PROOF = "proof"
LARGEST_NUMBER = 40_000
"""The number to be found lies below: a fraction of a second on a desk, a second or two on an old phone."""

MOST_AN_HOUR = 300
"""Sessions begun from one address in one study: a hospital behind one address is no crowd, a program soon is."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is kept of how somebody came."""

    address_hash: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Challenge:
    """A small piece of work for a browser: the number below `largest` for which SHA-256(salt + number) is `digest`."""

    salt: str
    digest: str
    largest: int = LARGEST_NUMBER


def challenge_for(visit_key: str) -> Challenge:
    """The work of one consent page. Nothing is stored: the number follows from the page's key and this site's own."""
    return Challenge(visit_key, hashlib.sha256(f"{visit_key}{_number(visit_key)}".encode()).hexdigest())


def arrival_of(request: HttpRequest, study: Study, visit_key: str, *, proof_asked: bool) -> Arrival:
    """What the consent page brought along."""
    signs = []
    if request.POST.get(HONEYPOT):
        signs.append("honeypot")
    if proof_asked and not constant_time_compare(request.POST.get(PROOF, ""), str(_number(visit_key))):
        signs.append("no_proof_of_work")
    return Arrival(address_hash(study, address_of(request)), tuple(signs))


def address_of(request: HttpRequest) -> str:
    """The network a request came from; empty where it says nothing, as behind a proxy that nobody told of."""
    network = network_of(request)
    try:
        return "" if ipaddress.ip_network(network).is_loopback else network
    except ValueError:
        return ""


def address_hash(study: Study, address: str) -> str:
    """A hash of an address under the study's own key; empty once that key is destroyed."""
    if not address:
        return ""
    held, _is_new = AddressKey.objects.get_or_create(study=study, defaults={"key": secrets.token_hex(32)})
    return hmac.new(bytes.fromhex(held.key), address.encode(), hashlib.sha256).hexdigest() if held.key else ""


def is_crowd(study: Study, address_hash: str, *, now: datetime) -> bool:
    """Whether so many sessions began from one address within the hour that the next has to wait."""
    if not address_hash:
        return False
    recent = Session.objects.filter(study=study, address_hash=address_hash, started_at__gt=now - timedelta(hours=1))
    return recent.count() >= MOST_AN_HOUR


def destroy_due_keys(now: datetime) -> None:
    """Destroy the keys of studies that closed long enough ago. A study opened again makes no new hashes."""
    for held in AddressKey.objects.filter(destroyed_on=None).select_related("study"):
        closed_on = closed_since(held.study, now)
        days = timedelta(days=held.study.record().fielding.address_key_days)
        if closed_on is not None and now.date() >= closed_on + days:
            AddressKey.objects.filter(pk=held.pk).update(key="", destroyed_on=now.date())


def closed_since(study: Study, now: datetime) -> date | None:
    """The day on which a study closed, by its last day or by hand; None while it takes answers."""
    last_day = study.record().fielding.closes_on
    is_over = last_day is not None and now.date() > last_day
    if study.is_open:
        return last_day if is_over else None
    closings = AuditEvent.objects.filter(workspace=study.workspace, study=study.public_id, action="closed study")
    closing = closings.last()
    by_hand = closing.at.date() if closing is not None else _last_beginning(study)
    return min(by_hand, last_day) if by_hand and last_day and is_over else by_hand


def _last_beginning(study: Study) -> date | None:
    """A study that no log tells of, such as one that waits for its first owner: its last session stands for it."""
    last = Session.objects.filter(study=study).order_by("started_at").last()
    return last.started_at.date() if last is not None else None


def _number(visit_key: str) -> int:
    digest = salted_hmac("commonground.respond.proof", visit_key, algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") % LARGEST_NUMBER

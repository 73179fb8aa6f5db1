"""Where the apps beside this one stand on its pages: in the lead's navigation, and among what a partner is offered.

They import this app, never the other way; so they add themselves here when they are ready.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.dispatch import Signal

from commonground.web.partnerships.visits import Visit


@dataclass(frozen=True, slots=True)
class LeadPage:
    """A page in the lead's navigation; `label` is translated when it is shown."""

    label: str
    url_name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a partner may do now."""

    label: str
    url: str


LEAD_PAGES: list[LeadPage] = []
OFFERS: list[Callable[[Visit], Offer | None]] = []

partner_left = Signal()
"""Sent with `code` when a person takes everything back, inside the transaction."""


def offers_for(visit: Visit) -> list[Offer]:
    """What this partner may do beside answering."""
    return [offer for find in OFFERS if (offer := find(visit)) is not None]

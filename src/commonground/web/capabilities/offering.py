"""What a partner is offered here, and what is forgotten when one leaves."""

from django.urls import reverse
from django.utils.translation import gettext as _

from commonground.web.capabilities.actions import profile_of, self_hash
from commonground.web.capabilities.models import SelfView
from commonground.web.partnerships.neighbours import Offer
from commonground.web.partnerships.visits import Visit


def offer(visit: Visit) -> Offer | None:
    """The questions about oneself, while they are asked."""
    profile = profile_of(visit.partnership)
    if profile is None or not profile.is_asking:
        return None
    where = reverse("capabilities_public:myself", args=[visit.partnership.public_id])
    return Offer(_("What I can, and what I would like to learn"), where)


def forget(code: str, **_signal: object) -> None:
    """Delete what this person said of themselves."""
    SelfView.objects.filter(code_hash=self_hash(code)).delete()

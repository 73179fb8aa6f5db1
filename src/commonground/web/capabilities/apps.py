"""The capabilities app."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class CapabilitiesConfig(AppConfig):
    """Frameworks, what people say of themselves, and what the team needs."""

    name = "commonground.web.capabilities"

    def ready(self) -> None:
        """Stand on the pages of partnerships, and forget who leaves."""
        from commonground.web.capabilities.offering import forget, offer  # noqa: PLC0415  # no models before this
        from commonground.web.partnerships.neighbours import (  # noqa: PLC0415  # as above
            LEAD_PAGES,
            OFFERS,
            LeadPage,
            partner_left,
        )

        LEAD_PAGES.append(LeadPage(gettext_noop("Capabilities"), "capabilities:overview"))
        OFFERS.append(offer)
        partner_left.connect(forget, dispatch_uid="capabilities")

"""The logic models app."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class LogicModelsConfig(AppConfig):
    """Logic models, reflections, stakeholders and logs."""

    name = "commonground.web.logicmodels"

    def ready(self) -> None:
        """Stand on the pages of partnerships."""
        from commonground.web.partnerships.neighbours import LEAD_PAGES, LeadPage  # noqa: PLC0415  # no models before this

        LEAD_PAGES.append(LeadPage(gettext_noop("Logic model"), "logicmodels:model"))
        LEAD_PAGES.append(LeadPage(gettext_noop("Stakeholders"), "logicmodels:stakeholders"))
        LEAD_PAGES.append(LeadPage(gettext_noop("Logs"), "logicmodels:logs"))

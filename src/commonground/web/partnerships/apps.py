"""The partnerships app."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """Partnerships, their partners, and what partners say."""

    name = "commonground.web.partnerships"

    def ready(self) -> None:
        """Tell the gate how to find a partnership."""
        from commonground.web.partnerships.requests import find_partnership  # noqa: PLC0415  # no models before this
        from commonground.web.workspaces.gate import is_about  # noqa: PLC0415  # as above

        is_about("partnership", find_partnership)

"""Django's record of this app."""

from django.apps import AppConfig


class CollectingConfig(AppConfig):
    """Links, invitations and the log of recruitment."""

    name = "commonground.web.collecting"
    label = "collecting"

"""Django's record of this app."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    """Participants' sessions and answers."""

    name = "commonground.web.respond"
    label = "respond"

"""Django's record of this app."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Templates, tags and style sheets; no models."""

    name = "commonground.web.look"
    label = "look"

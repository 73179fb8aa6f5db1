"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The data-flow page."""

    name = "commonground.web.privacy"
    label = "privacy"

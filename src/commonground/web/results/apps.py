"""The results app."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Report jobs."""

    name = "commonground.web.results"

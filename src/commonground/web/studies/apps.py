"""The studies app."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Studies and who may see them."""

    name = "commonground.web.studies"

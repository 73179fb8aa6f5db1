"""The building app."""

from django.apps import AppConfig


class BuildingConfig(AppConfig):
    """Pages that edit the study document."""

    name = "commonground.web.building"

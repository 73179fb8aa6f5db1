"""The items app."""

from django.apps import AppConfig


class ItemsConfig(AppConfig):
    """Item development and pretest."""

    name = "commonground.web.items"
    label = "items"

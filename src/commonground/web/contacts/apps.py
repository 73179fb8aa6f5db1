"""The contacts app."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Contact details, the draw, and the day on which they are deleted."""

    name = "commonground.web.contacts"
    label = "contacts"

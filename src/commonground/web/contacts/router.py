"""Which database holds what: contact details have one of their own, and nothing else is in it."""

from django.db.models import Model

CONTACTS = "contacts"
"""The app's label and its database's name."""


class ContactsRouter:
    """Sends the contacts app to its database and keeps every other app out of it."""

    def db_for_read(self, model: type[Model], **hints: object) -> str | None:
        """Contacts for the contacts app, no opinion on others."""
        del hints
        return CONTACTS if model._meta.app_label == CONTACTS else None  # noqa: SLF001  # Django's documented way

    def db_for_write(self, model: type[Model], **hints: object) -> str | None:
        """The same as for reading."""
        return self.db_for_read(model, **hints)

    def allow_relation(self, one: Model, other: Model, **hints: object) -> bool | None:
        """No relation leads into the contacts or out of them."""
        del hints
        inside = [model._meta.app_label == CONTACTS for model in (one, other)]  # noqa: SLF001  # as above
        return False if inside[0] != inside[1] else None

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Tables of the contacts app stand in its database alone."""
        del hints
        return db.startswith(CONTACTS) == (app_label == CONTACTS)  # a copy of it is called contacts-copy

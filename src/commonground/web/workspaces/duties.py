"""What each role may do, in words for people; the table that decides is `roles.MAY`."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from commonground.web.workspaces.roles import MAY, Permission, Role

IN_WORDS = {
    Permission.VIEW: _("see studies, counts and reports"),
    Permission.REVIEW: _("rate items and comment on them"),
    Permission.EDIT: _("change what a study asks and how it is analysed"),
    Permission.FIELD: _("open and close collection, make links, log recruitment"),
    Permission.DATA: _("download answers, ask for reports, lock data"),
    Permission.SCREEN: _("see signs about single answers and decide on them"),
    Permission.CONTACTS: _("see contact details and draw winners"),
    Permission.MANAGE: _("invite members, change roles, read the log"),
}


def duties() -> Iterator[tuple[Role, list[str]]]:
    """Every role with what it may do, in the language of the page."""
    for role in Role:
        yield role, [str(words) for permission, words in IN_WORDS.items() if permission in MAY[role]]

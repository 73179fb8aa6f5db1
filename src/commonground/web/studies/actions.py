"""What can be done with a study: each action writes in one transaction or not at all."""

from django.db import transaction

from commonground.files.study import parse_study
from commonground.web.accounts.models import User
from commonground.web.studies.models import Membership, Study


def add_study(
    *, owner: User | None, text: str, name: str, kind: str = Study.Kind.LIVE, public_id: str = "", title: str = ""
) -> Study:
    """Add a study document as a study of its own, closed at first; a `title` here stands for the document's.

    Raises
    ------
    StudyError
        If the document says something impossible; `name` is what its messages call it.
    """
    document = parse_study(text, name)
    study = Study(
        document=document.text, document_hash=document.hash, title=(title or str(document.study.title))[:300], kind=kind
    )
    if public_id:
        study.public_id = public_id
    with transaction.atomic():
        study.save()
        if owner is not None:
            give_access(study, owner)
    return study


def give_access(study: Study, user: User) -> None:
    """Let a person see and run a study."""
    Membership.objects.get_or_create(study=study, user=user)


def adopt_studies(user: User) -> None:
    """Give a new site's first owner the studies that were there before: those `serve --study` brought."""
    Membership.objects.bulk_create(Membership(study=study, user=user) for study in Study.objects.filter(owners=None))


def set_open(study: Study, *, is_open: bool) -> None:
    """Open the collection of answers, or close it; people in the middle keep what they have answered."""
    study.is_open = is_open
    study.save(update_fields=["is_open"])

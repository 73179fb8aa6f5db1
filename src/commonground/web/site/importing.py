"""Bringing a study document from a file onto the site."""

from pathlib import Path

from commonground.files.study import read_study
from commonground.web.accounts.models import User
from commonground.web.studies.actions import add_study, give_access, set_open
from commonground.web.studies.models import Study


def add_study_once(path: Path) -> Study:
    """Add the document and open it, unless the very same is there: then it stays as it is, open or closed.

    It belongs to every owner there is, or to the first to come.
    """
    document = read_study(path)
    study = Study.objects.filter(document_hash=document.hash, kind=Study.Kind.LIVE).first()
    if study is None:
        study = add_study(owner=None, text=document.text, name=path.name)
        set_open(study, is_open=True)
    for owner in User.objects.all():
        give_access(study, owner)
    return study

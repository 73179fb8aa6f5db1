"""Bringing a study document from a file onto the site."""

from pathlib import Path

from commonground.files.study import read_study
from commonground.web.accounts.models import User
from commonground.web.studies.actions import add_study, give_access, set_open
from commonground.web.studies.models import Study


def add_study_once(path: Path) -> Study:
    """Add the document and open it, unless the very same is there: then it stays as it is, open or closed.

    It belongs to whoever made the site, in their first workspace, or to the first to come; to nobody else, since one
    site may hold workspaces that know nothing of each other.
    """
    document = read_study(path)
    study = Study.objects.filter(document_hash=document.hash, kind=Study.Kind.LIVE).first()
    if study is None:
        study = add_study(owner=None, text=document.text, name=path.name)
        set_open(study, is_open=True)
    first = User.objects.filter(is_active=True).order_by("pk").first()
    if first is not None and study.workspace is None:
        give_access(study, first)
    return study

"""What can be done with a study: each action writes in one transaction or not at all, with its entry in the log."""

from django.db import transaction
from django.utils import timezone

from commonground.files.study import parse_study
from commonground.records.errors import Problem, StudyError
from commonground.survey.meaning import changes_of_meaning
from commonground.web.accounts.models import User
from commonground.web.studies.designs import built_design, design_to_json
from commonground.web.studies.holding import hold_alone
from commonground.web.studies.models import DocumentVersion, Study
from commonground.web.workspaces.actions import own_workspace, set_role
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.models import Workspace
from commonground.web.workspaces.roles import Role


class StudyIsLockedError(StudyError):
    """A locked study does not change."""


class DocumentChangedError(StudyError):
    """Somebody else has changed the document since."""


def add_study(
    *,
    owner: User | None,
    text: str,
    name: str,
    kind: str = Study.Kind.LIVE,
    public_id: str = "",
    title: str = "",
    workspace: Workspace | None = None,
) -> Study:
    """Add a study document as a study of its own, closed at first; a `title` here stands for the document's.

    It belongs to the workspace, or to the owner's own; without either it waits for the site's first owner.

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
        study.workspace = workspace or (own_workspace(owner) if owner is not None else None)
        study.save()
        _keep_version(study, document.text, document.hash, actor=owner, note="")
        _log(study, "added study", owner, document=document.hash)
    return study


def change_document(*, study: Study, text: str, name: str, actor: User, note: str = "", based_on: str = "") -> Study:
    """Give a study another document; the one before stays as an earlier version.

    Parameters
    ----------
    based_on : str
        The hash of the document this one was made from; nobody else's change is written over then.

    Raises
    ------
    DocumentChangedError
        If the document is not that one any more.
    StudyIsLockedError
        If the study is locked.
    StudyError
        If the document says something impossible, or, after launch, something that changes what answers mean.
    """
    document = parse_study(text, name)
    with transaction.atomic():
        study = _held(study)
        if based_on and study.document_hash != based_on:
            mend = "Look at it once more, then save again."
            raise DocumentChangedError([Problem("Somebody else has changed this document meanwhile.", mend=mend)])
        if study.launched_at is not None and (problems := changes_of_meaning(study.record(), document.study)):
            raise StudyError(problems)
        study.document, study.document_hash = document.text, document.hash
        study.title = str(document.study.title)[:300]
        study.save(update_fields=["document", "document_hash", "title"])
        _keep_version(study, document.text, document.hash, actor=actor, note=note)
        _log(study, "changed document", actor, document=document.hash, note=note)
    return study


def set_open(study: Study, *, is_open: bool, actor: User | None = None) -> None:
    """Open the collection of answers, or close it; people in the middle keep what they have answered.

    The first opening launches the study: from then on its document and its design are what answers depend on.
    """
    with transaction.atomic():
        held = _held(study)
        if is_open and held.launched_at is None:
            held.launched_at, held.launched_hash = timezone.now(), held.document_hash
            held.design = design_to_json(built_design(held.record()))
            if not held.document_versions.filter(document_hash=held.document_hash).exists():
                _keep_version(held, held.document, held.document_hash, actor=actor, note="")
        held.is_open, held.is_pilot = is_open, False
        held.save(update_fields=["is_open", "is_pilot", "launched_at", "launched_hash", "design"])
        _log(held, "opened study" if is_open else "closed study", actor, document=held.document_hash)
    study.refresh_from_db()


def set_pilot(study: Study, *, is_open: bool, actor: User | None = None) -> None:
    """Open or close a pilot, whose answers are kept apart; only before launch."""
    with transaction.atomic():
        held = _held(study)
        if held.launched_at is not None:
            raise StudyError("A pilot belongs before the launch; this study has been launched.")
        held.is_open, held.is_pilot = is_open, True
        held.save(update_fields=["is_open", "is_pilot"])
        _log(held, "opened pilot" if is_open else "closed pilot", actor, document=held.document_hash)
    study.refresh_from_db()


def give_access(study: Study, user: User, role: str = Role.OWNER) -> None:
    """Let a person see and run a study: as a member of its workspace, which is made if it has none."""
    with transaction.atomic():
        if study.workspace is None:
            study.workspace = own_workspace(user)
            study.save(update_fields=["workspace"])
        if not study.workspace.memberships.filter(user=user).exists():
            set_role(workspace=study.workspace, user=user, role=role)


def adopt_studies(user: User) -> None:
    """Give a new site's first owner the studies that were there before: those `serve --study` brought."""
    with transaction.atomic():
        workspace = own_workspace(user)
        Study.objects.filter(workspace=None).update(workspace=workspace)


def _held(study: Study) -> Study:
    """The study as it is now, held until the transaction ends."""
    hold_alone(study.public_id)
    held = Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    if held.locked_at is not None:
        raise StudyIsLockedError([Problem("This study is locked.", mend="Make a new study from it to go on.")])
    return held


def _keep_version(study: Study, text: str, digest: str, *, actor: User | None, note: str) -> None:
    DocumentVersion.objects.create(
        study=study,
        number=study.document_versions.count() + 1,
        document=text,
        document_hash=digest,
        note=note[:300],
        made_by=actor.email if actor else "",
        made_at=timezone.now(),
    )


def _log(study: Study, action: str, actor: User | None, **details: object) -> None:
    """A study that waits for its first owner has no log yet."""
    if study.workspace is not None:
        record_event(workspace=study.workspace, action=action, actor=actor, study=study.public_id, **details)

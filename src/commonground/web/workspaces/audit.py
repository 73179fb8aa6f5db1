"""Writing to the audit log, and checking that nobody changed it."""

from django.db import transaction
from django.utils import timezone

from commonground.web.accounts.models import User
from commonground.web.workspaces.models import AuditEvent, Workspace


def record_event(
    *, workspace: Workspace, action: str, actor: User | None = None, study: str = "", **details: object
) -> AuditEvent:
    """Add an entry, in the transaction of the action it tells of.

    Parameters
    ----------
    action : str
        A verb and a noun, such as "opened study"; shown as it is.
    study : str
        The study's public id, if it is about one.
    details
        Anything JSON can hold; never anything about a participant.
    """
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)  # one writer at a time, so the chain has no forks
        last = AuditEvent.objects.filter(workspace=workspace).last()
        event = AuditEvent(
            workspace=workspace,
            study=study,
            actor=actor.email if actor else "",
            action=action,
            details=details,
            at=timezone.now(),
            previous=last.digest if last else "",
        )
        event.digest = event.computed_digest()
        event.save()
    return event


def first_broken(workspace: Workspace) -> AuditEvent | None:
    """The first entry that does not fit what was written; None where the log is whole.

    An entry cut off the end leaves no trace in the chain: keep the last digest somewhere else to notice that.
    """
    previous = ""
    for event in AuditEvent.objects.filter(workspace=workspace).iterator():
        if event.previous != previous or event.digest != event.computed_digest():
            return event
        previous = event.digest
    return None

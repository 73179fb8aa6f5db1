"""What can be done with a pretest: hold an interview, fill a sheet, decide. Each is one transaction."""

from django.db import transaction
from django.utils import timezone

from commonground.development.screens import ScreenKind
from commonground.web.accounts.models import User
from commonground.web.items.actions import hold
from commonground.web.items.models import Finding, Interview, ScreenSheet
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event


def save_interview(*, interview: Interview, study: Study, actor: User) -> Interview:
    """Add an interview, or change one; it keeps which study document was shown."""
    with transaction.atomic():
        hold(study)
        is_new = interview.pk is None
        if is_new:
            last = study.pretest_interviews.last()
            interview.study, interview.number = study, (last.number if last else 0) + 1
            interview.document, interview.by = study.document_hash, actor
        interview.save()
        _audit(study, actor, "added interview" if is_new else "changed interview", interview=interview.number)
    return interview


def remove_interview(*, interview: Interview, actor: User) -> None:
    """Take an interview and its sheets away, where somebody asks for that."""
    with transaction.atomic():
        study = hold(interview.study)
        _audit(study, actor, "removed interview", interview=interview.number)
        interview.delete()


def save_sheet(
    *, interview: Interview, screen: ScreenKind, clarity: dict[str, str], comment: str, actor: User
) -> ScreenSheet:
    """Keep what an interviewee made of a screen; what was noted before is replaced."""
    with transaction.atomic():
        study = hold(interview.study)
        sheet, _made = ScreenSheet.objects.update_or_create(
            interview=interview,
            screen=screen.value,
            defaults={"clarity": clarity, "comment": comment.strip(), "saved_at": timezone.now()},
        )
        _audit(study, actor, "filled interview sheet", interview=interview.number, screen=screen.value)
    return sheet


def save_finding(*, finding: Finding, study: Study, actor: User) -> Finding:
    """Write down what was found and what is done about it."""
    with transaction.atomic():
        finding.study, finding.by = hold(study), actor
        finding.save()
        _audit(study, actor, "decided about pretest", finding=finding.pk, screen=finding.screen, answer=finding.answer)
    return finding


def _audit(study: Study, actor: User, action: str, **details: object) -> None:
    if study.workspace is not None:
        record_event(workspace=study.workspace, action=action, actor=actor, study=study.public_id, **details)

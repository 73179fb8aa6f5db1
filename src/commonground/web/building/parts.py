"""What every page that edits a part of the document shows, and what it says when a part cannot be saved."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonground.records.errors import StudyError
from commonground.web.building.part_forms import PartForm
from commonground.web.building.saving import PartChangedError
from commonground.web.look.templatetags.look import problems_title
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.workspaces.roles import Permission, may

if TYPE_CHECKING:
    from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not saved: somebody else was quicker, or the study cannot be so."""

    status: int
    was_changed: bool = False
    is_locked: bool = False


def refuse(form: PartForm, error: StudyError) -> Refusal:
    """Put what cannot be beside the inputs, and say what kind of obstacle it is."""
    if isinstance(error, PartChangedError):
        return Refusal(409, was_changed=True)
    if isinstance(error, StudyIsLockedError):
        form.problems.append(_("The data of this study are locked, and so is what it asked."))
        return Refusal(409, is_locked=True)
    form.note(error.problems)
    return Refusal(422)


def part_context(request: HttpRequest, refusal: Refusal | None = None) -> dict[str, object]:
    """The study, the hash a form is based on, and whether this person may change anything.

    After a refusal because somebody else was quicker, the form is based on the newest document: sending it once more
    writes over theirs, knowingly.
    """
    study: Study = request.study  # type: ignore[attr-defined]  # an OwnerRequest
    base = request.POST.get("base", "") or study.document_hash
    if refusal is not None and refusal.was_changed:
        study.refresh_from_db()
        base = study.document_hash
    return {
        "study": study,
        "base": base,
        "refusal": refusal,
        "may_edit": may(getattr(request, "role", ""), Permission.EDIT) and study.locked_at is None,
        "is_launched": study.launched_at is not None,
        "problems_title": problems_title(2),
    }

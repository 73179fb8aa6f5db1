"""The plan of a study after its launch: frozen, with a log of how the study departed from it."""

from django.db import transaction
from django.utils import timezone

from commonground.files.study import parse_study, plan_hash
from commonground.records.deviations import PlanLog
from commonground.records.errors import StudyError
from commonground.web.accounts.models import User
from commonground.web.studies.models import Deviation, Study
from commonground.web.workspaces.audit import record_event


def add_deviation(
    *, study: Study, actor: User, part: Deviation.Part, changed: str, reason: str, data_seen: Deviation.Seen
) -> Deviation:
    """Enter a departure from the plan; also after the lock, since analysis comes then.

    Raises
    ------
    StudyError
        If the study has not been launched: until then the plan itself can change.
    """
    with transaction.atomic():
        held = Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
        if held.launched_at is None:
            raise StudyError("Until the launch the plan can be changed; departures are entered after it.")
        entry = Deviation.objects.create(
            study=held,
            number=held.deviations.count() + 1,
            part=part,
            changed=changed,
            reason=reason,
            data_seen=data_seen,
            made_by=actor.name or actor.email,
            made_at=timezone.now(),
            document_hash=held.document_hash,
        )
        if held.workspace is not None:
            record_event(
                workspace=held.workspace,
                action="entered departure from plan",
                actor=actor,
                study=held.public_id,
                number=entry.number,
                part=part,
            )
    return entry


def launched_plan_hash(study: Study) -> str:
    """The hash of the plan as it was at the launch; empty before it."""
    if study.launched_at is None:
        return ""
    version = study.document_versions.filter(document_hash=study.launched_hash).first()
    return plan_hash(parse_study(version.document, "study.yaml").study if version else study.record())


def plan_log(study: Study) -> PlanLog:
    """The plan's history, for the report."""
    return PlanLog(
        frozen_on=study.launched_at.date().isoformat() if study.launched_at else "",
        plan_hash=launched_plan_hash(study),
        deviations=tuple(one.record() for one in study.deviations.all()),
    )

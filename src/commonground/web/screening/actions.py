"""What screeners and owners can do: decide, settle, lock. Each writes in one transaction, with its entry in the log."""

from django.db import transaction
from django.utils import timezone

from commonground.records.errors import Problem, StudyError
from commonground.screening.decisions import State, Verdict, problem_with
from commonground.screening.records import Stage
from commonground.web.accounts.models import User
from commonground.web.respond.models import Session
from commonground.web.screening.models import Adjudication, Decision
from commonground.web.screening.standing import OPEN, Standing, standing_of
from commonground.web.screening.tables import Seal, seal_of
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.holding import hold_alone
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event


class NotYoursToDecideError(StudyError):
    """A case somebody cannot decide on: it is decided, or not open to them yet."""


class NotReadyToLockError(StudyError):
    """Something has to be done before the data can be locked."""


def decide(
    *, study: Study, respondent: str, reviewer: User, stage: Stage, verdict: Verdict, reason: str, note: str
) -> Decision:
    """Record what a person decides about a case; it cannot be taken back, only settled with the other's.

    Raises
    ------
    NotYoursToDecideError
        If the case is not in this person's queue at this stage.
    StudyError
        If the reason does not go with the verdict, or words are missing.
    """
    _require(problem_with(verdict, reason, note))
    with transaction.atomic():
        study = _held(study)
        open_to = {(one.stage, case): one for one, case in standing_of(study).todo(reviewer)}
        if (stage, respondent) not in open_to:
            raise NotYoursToDecideError([Problem("This case does not wait for your decision.")])
        decision = Decision.objects.create(
            session=Session.objects.of(study).get(respondent=respondent),
            reviewer=reviewer,
            stage=stage,
            verdict=verdict,
            reason=reason,
            note=note.strip(),
            seen=[sign.rule.value for sign in open_to[stage, respondent].signs[respondent]],
            at=timezone.now(),
        )
        _log(study, "decided case", reviewer, case=respondent, stage=stage.value)
    return decision


def settle_case(
    *,
    study: Study,
    respondent: str,
    by: User,
    stage: Stage,
    verdict: Verdict,
    reason: str,
    note: str,
    together: bool = False,
) -> Adjudication:
    """Settle a case on which people differ, or look again at one that was decided: as a third person, or together.

    Raises
    ------
    NotYoursToDecideError
        If too few people have decided, or this person has decided and does not speak for both.
    StudyError
        If the verdict is no verdict, the reason does not go with it, or words are missing.
    """
    if verdict is Verdict.UNSURE:
        raise StudyError([Problem("A case is settled by keeping or excluding it.")])
    _require(problem_with(verdict, reason, note) or ("" if note.strip() else "words"))
    with transaction.atomic():
        study = _held(study)
        at_stage = standing_of(study).stage(stage)
        if at_stage is None or not may_settle(at_stage.outcomes.get(respondent)):
            raise NotYoursToDecideError([Problem("This case cannot be settled yet.")])
        took_part = by.pk in {one.reviewer_id for one in at_stage.of(respondent)}
        if took_part != together:
            raise NotYoursToDecideError([Problem(_WHO[took_part])])
        ruling = Adjudication.objects.create(
            session=Session.objects.of(study).get(respondent=respondent),
            stage=stage,
            verdict=verdict,
            reason=reason,
            note=note.strip(),
            by=by,
            together=together,
            is_appeal=at_stage.outcomes[respondent].state is not State.DISPUTED,
            at=timezone.now(),
        )
        _log(study, "settled case", by, case=respondent, stage=stage.value, together=together, appeal=ruling.is_appeal)
    return ruling


_WHO = {
    True: "You have decided about this case: settle it together with the other person, or leave it to a third.",
    False: "You have not decided about this case: settle it as a third person.",
}


def may_settle(outcome: object) -> bool:
    """Whether enough people have decided on a case for it to be settled, or looked at again."""
    return getattr(outcome, "state", State.WAITING) is not State.WAITING


def lock_study(*, study: Study, actor: User) -> Seal:
    """Freeze the data: from now on neither document nor answers nor decisions change, and their hash is kept.

    Raises
    ------
    NotReadyToLockError
        If the study still collects, or a case still waits.
    """
    with transaction.atomic():
        study = _held(study)
        list(
            Session.objects.of(study).select_for_update().values_list("pk")
        )  # whoever is being answered finishes first
        standing = standing_of(study)
        if problems := lacking(study, standing):
            raise NotReadyToLockError(problems)
        seal = seal_of(study)
        study.locked_at, study.locked_hash = timezone.now(), seal.hash
        study.save(update_fields=["locked_at", "locked_hash"])
        _log(
            study,
            "locked data",
            actor,
            hash=seal.hash,
            choices=seal.choices,
            respondents=seal.respondents,
            document=seal.document,
            complete=standing.complete,
            excluded=standing.first.count(State.EXCLUDED),
        )
    return seal


def lacking(study: Study, standing: Standing) -> list[Problem]:
    """What has to be done before the data can be locked."""
    found: list[Problem] = []
    if study.launched_at is None:
        found.append(Problem("The study has not been launched.", mend="There is nothing to lock yet."))
    if study.is_open:
        found.append(Problem("The study is open.", mend="Close it first, so that nobody is in the middle of it."))
    if waiting := standing.first.count(*OPEN):
        found.append(Problem(f"Cases that wait for a decision: {waiting}.", mend="Decide on them and settle them."))
    return found


def _require(missing: str) -> None:
    mends = {"reason": "Choose a reason that goes with the decision.", "words": "Say why in your own words."}
    if missing:
        raise StudyError([Problem("The decision lacks its reason.", mend=mends[missing])])


def _held(study: Study) -> Study:
    hold_alone(study.public_id)
    held = Study.objects.select_for_update(of=("self",)).select_related("workspace").get(pk=study.pk)
    if held.locked_at is not None:
        raise StudyIsLockedError([Problem("The data of this study are locked.", mend="Nothing about them can change.")])
    return held


def _log(study: Study, action: str, actor: User, **details: object) -> None:
    if study.workspace is not None:
        record_event(workspace=study.workspace, action=action, actor=actor, study=study.public_id, **details)

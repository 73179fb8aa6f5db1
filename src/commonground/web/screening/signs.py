"""The signs of a study's complete answers: found once for the answers of a moment, and kept."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Max

from commonground.records import tabulate
from commonground.records.sessions import Status
from commonground.screening.cases import Case, case_of_session
from commonground.screening.records import Flag, Rule, Stage
from commonground.screening.screen import screen
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.screening.models import SignList
from commonground.web.studies.models import Study

SIMULATIONS = 1000
"""Random answerers behind every limit: enough for a limit that does not move in its second decimal."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, as a page shows it."""

    rule: Rule
    evidence: str
    threshold: str
    source: str
    false_flag_share: float | None


Signs = dict[str, tuple[Sign, ...]]
"""Respondents with at least one sign, in the order in which they came."""


def signs_of(study: Study, stage: Stage) -> Signs:
    """Everybody's signs of a stage; those of the choices are looked for only when they are asked for."""
    kept, now = SignList.objects.filter(study=study, stage=stage).first(), _fingerprint(study)
    if kept is None or (kept.answers != now and study.locked_at is None):  # what was locked stays as it was found
        flags = [_as_json(flag) for flag in _found(study, stage)]
        kept, _ = SignList.objects.update_or_create(study=study, stage=stage, defaults={"answers": now, "flags": flags})
    found: dict[str, list[Sign]] = defaultdict(list)
    for flag in kept.flags:
        values = {name: flag[name] for name in ("evidence", "threshold", "source", "false_flag_share")}
        found[flag["respondent"]].append(Sign(Rule(flag["rule"]), **values))
    return {respondent: tuple(signs) for respondent, signs in found.items()}


def complete_sessions(study: Study) -> list[Session]:
    """The sessions screening is about, in the order in which they began."""
    sessions = Session.objects.of(study).filter(status=Status.COMPLETE)
    return list(sessions.prefetch_related("task_answers").order_by("pk"))


def _fingerprint(study: Study) -> str:
    """Changes whenever a complete answer is added, changed or taken back, or the document changes."""
    complete = Session.objects.of(study).filter(status=Status.COMPLETE)
    people = complete.aggregate(number=Count("pk"), last=Max("completed_at"), seconds=Max("pk"))
    answers = TaskAnswer.objects.filter(session__in=complete).aggregate(number=Count("pk"), last=Max("answered_at"))
    said = repr((study.document_hash, sorted(people.items()), sorted(answers.items())))
    return hashlib.sha256(said.encode()).hexdigest()


def _found(study: Study, stage: Stage) -> tuple[Flag, ...]:
    record, sessions = study.record(), complete_sessions(study)
    cases = [_case(study, one) for one in sessions]
    if stage is Stage.APART or not sessions:
        return screen(record.screening, cases, None).flags
    from commonground.analysis.quality.quality import quality  # noqa: PLC0415  # brings simulation, which few pages need

    data = tabulate.choice_data(tuple(item.id for item in record.items), (one.record() for one in sessions))
    checked = quality(
        data,
        seed=record.analysis.seed,
        simulations=SIMULATIONS,
        random_quantile=record.screening.random_quantile,
        straight_line_chance=record.screening.straight_line_chance,
    )
    return tuple(flag for flag in screen(record.screening, cases, checked).flags if flag.stage is stage)


def _case(study: Study, session: Session) -> Case:
    return case_of_session(
        study.record(),
        session.record(),
        page_seconds=session.page_seconds,
        earlier_reason=session.earlier_reason,
        address=session.address_hash,
        door=frozenset(name for name, noticed in session.signs.items() if noticed),
        finished=session.completed_at.timestamp() if session.completed_at else None,
    )


def _as_json(flag: Flag) -> dict[str, object]:
    return {
        "respondent": flag.respondent,
        "rule": flag.rule.value,
        "evidence": flag.evidence,
        "threshold": flag.threshold,
        "source": flag.source,
        "false_flag_share": flag.false_flag_share,
    }

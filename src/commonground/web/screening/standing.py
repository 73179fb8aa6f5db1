"""How far screening is: which cases there are, what became of them, and which one a person decides next.

A person's own queue knows of others' decisions only whether enough people have decided on a case.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from commonground.records.sessions import Status
from commonground.screening.decisions import Outcome, State, settle
from commonground.screening.records import Stage
from commonground.web.accounts.models import User
from commonground.web.respond.models import Session
from commonground.web.screening.models import Adjudication, Decision, SignList
from commonground.web.screening.signs import Signs, signs_of
from commonground.web.studies.models import Study

OPEN = frozenset({State.WAITING, State.DISPUTED})


@dataclass(frozen=True, slots=True)
class StageStanding:
    """One stage: its signs, everybody's decisions, and what became of every case."""

    stage: Stage
    signs: Signs
    decisions: tuple[Decision, ...]
    outcomes: Mapping[str, Outcome]

    def of(self, respondent: str) -> tuple[Decision, ...]:
        """The decisions on one case. Never shown to somebody who may still decide on it."""
        return tuple(one for one in self.decisions if one.session.respondent == respondent)

    def decided_by(self, user: User) -> frozenset[str]:
        """The cases this person has decided."""
        return frozenset(one.session.respondent for one in self.decisions if one.reviewer_id == user.pk)

    def count(self, *states: State) -> int:
        """Cases in one of these states."""
        return sum(one.state in states for one in self.outcomes.values())

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide."""
        return not self.count(*OPEN)


@dataclass(frozen=True, slots=True)
class Standing:
    """Both stages. The second is None until it may be seen."""

    complete: int
    reviewers: int
    first: StageStanding
    second: StageStanding | None

    def stage(self, stage: int) -> StageStanding | None:
        """A stage, if it may be seen."""
        return self.first if stage == Stage.APART else self.second

    def todo(self, user: User) -> list[tuple[StageStanding, str]]:
        """The cases this person can decide on, in order."""
        return [(stage, one) for stage in self._stages() for one in self._open_to(stage, user)]

    def done(self, user: User) -> int:
        """How many decisions this person has made."""
        return sum(len(stage.decided_by(user)) for stage in self._stages())

    def _stages(self) -> tuple[StageStanding, ...]:
        return (self.first,) if self.second is None else (self.first, self.second)

    def _open_to(self, stage: StageStanding, user: User) -> list[str]:
        mine = stage.decided_by(user)
        number = Counter(one.session.respondent for one in stage.decisions)
        return [one for one in stage.signs if one not in mine and number[one] < self.reviewers]


def standing_of(study: Study) -> Standing:
    """How far screening of a study is.

    Signs that come from the choices are found, and shown to anybody, only once nobody new can answer and everything
    about the other signs is settled: who knew them could not decide without them.
    """
    complete = Session.objects.of(study).filter(status=Status.COMPLETE).count()
    reviewers = study.record().screening.reviewers
    first = _stage(study, Stage.APART, reviewers)
    opens = not study.is_open and study.launched_at is not None and first.is_settled
    return Standing(complete, reviewers, first, _stage(study, Stage.CHOICES, reviewers) if opens else None)


def is_screened(study: Study) -> bool:
    """Whether people have looked at the signs of the first stage, and none waits for a decision.

    Reads what was found when somebody last looked, and no answers: it is asked on every page of a study.
    """
    found = SignList.objects.filter(study=study, stage=Stage.APART).first()
    if found is None:
        return False
    of_study = {"session__study": study, "session__is_pilot": False, "stage": Stage.APART}
    outcomes = settle(
        list(dict.fromkeys(flag["respondent"] for flag in found.flags)),
        [one.record() for one in Decision.objects.filter(**of_study).select_related("session", "reviewer")],
        [one.record() for one in Adjudication.objects.filter(**of_study).select_related("session")],
        stage=Stage.APART,
        reviewers=study.record().screening.reviewers,
    )
    return not any(one.state in OPEN for one in outcomes)


def _stage(study: Study, stage: Stage, reviewers: int) -> StageStanding:
    signs = signs_of(study, stage)
    complete = {"session__study": study, "session__is_pilot": False, "session__status": Status.COMPLETE, "stage": stage}
    decisions = tuple(Decision.objects.filter(**complete).select_related("session", "reviewer"))
    rulings = Adjudication.objects.filter(**complete).select_related("session")
    outcomes = settle(
        list(signs),
        [one.record() for one in decisions],
        [one.record() for one in rulings],
        stage=stage,
        reviewers=reviewers,
    )
    return StageStanding(stage, signs, decisions, {one.respondent: one for one in outcomes})

"""A made-up person who walks through a study: all of them stands in the address, nothing is stored."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from django.core import signing

from commonground.records.design import Design
from commonground.records.errors import RequestError
from commonground.records.sessions import Status
from commonground.records.study import Study as StudyRecord
from commonground.simulation.questionnaire import draw_answers, draw_eligible
from commonground.survey.assign import assign
from commonground.survey.eligibility import Eligible, Ineligible
from commonground.survey.flow import eligibility
from commonground.web.respond.doors import Door
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.respond.visits import Visit
from commonground.web.studies.models import Study

SALT = "commonground.building.preview"
CODE = "PREVIEW"
"""Where a page shows the code that leads back."""
LONGEST_TEXT = 200
"""Of a text typed in a preview so much is carried from page to page."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who walks: as a member of which group (empty: as they answer), in which language, with which version.

    `answers` by question, `picks` by task as (most, least).
    """

    group: str = ""
    language: str = ""
    version: int = 1
    best_only: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    picks: dict[str, list[str]] = field(default_factory=dict)

    def token(self) -> str:
        """The person as a part of an address; nobody can change it unnoticed."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def answering(self, given: dict[str, Any]) -> "Person":
        """The same person after a page of questions."""
        short = {name: value[:LONGEST_TEXT] if isinstance(value, str) else value for name, value in given.items()}
        return replace(self, answers={**self.answers, **short})

    def picking(self, task: int, most: str, least: str) -> "Person":
        """The same person after a task."""
        return replace(self, picks={**self.picks, str(task): [most, least]})


def person_of(token: str) -> Person | None:
    """The person in an address; None where it is missing or was changed."""
    try:
        found: dict[str, Any] = signing.loads(token, salt=SALT)
        return Person(**found)
    except (signing.BadSignature, TypeError):
        return None


def made_up(record: StudyRecord, group: str, language: str, version: int) -> tuple[Person, bool]:
    """Somebody with answers that lead into a group; whether there are such answers."""
    person = Person(group, language if language in record.languages else record.languages[0], version)
    if not group:
        return person, True
    rng = np.random.default_rng(version)
    try:
        answers = draw_eligible(record, group, {}, rng)
    except RequestError:
        return person, False
    asked_later = (*record.quality_questions, *record.demographics)
    return person.answering(draw_answers(record, asked_later, answers, {}, rng)), True


def visit_of(study: Study, record: StudyRecord, design: Design, person: Person) -> Visit:
    """The visit of this person, as respond's pages know visits; its session is never saved."""
    versions = len(design.versions)
    assignment = assign(record, design, seed=versions + (person.version - 1) % versions)
    session = Session(
        study=study,
        respondent=CODE,
        language=person.language,
        answers=person.answers,
        is_pilot=True,
        best_only=person.best_only,
    )
    session.assigned = assignment
    session.answered = {
        task.shown_order: TaskAnswer(best=pick[0], worst=pick[1])
        for task in assignment.tasks
        if (pick := person.picks.get(str(task.shown_order)))
    }
    outcome = eligibility(record, session.record())
    session.group = outcome.group if isinstance(outcome, Eligible) else ""
    session.reason = outcome.reason if isinstance(outcome, Ineligible) else ""
    session.status = Status.COMPLETE
    return Visit(study, record, session, CODE, person.language, Door())

"""What is kept of a participant: one session, and one row for each answered task. Never an address."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from commonground.records import sessions as records
from commonground.web.respond.assignments import assignment_from_json
from commonground.web.studies.models import Study

LABEL_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_label() -> str:
    """An opaque label for a respondent: ten letters and digits that say nothing about anybody."""
    return "".join(secrets.choice(LABEL_ALPHABET) for _place in range(10))


class Sessions(models.QuerySet["Session"]):
    """Questions asked of all sessions."""

    def of(self, study: Study, *, pilot: bool = False) -> "Sessions":
        """The sessions of a study; those of its pilot are kept apart and asked for by name."""
        return self.filter(study=study, is_pilot=pilot)


class Session(models.Model):
    """One person's way through a study. Only a keyed hash of the resume code is kept.

    `source` is the id of the link a person came by; `best_only` an accommodation asked for; `address_hash` a keyed
    hash of the network address, whose key is destroyed on a day; `signs` what was noticed at the door, for screening.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="sessions")
    respondent = models.CharField(max_length=64, default=new_label)
    code_hash = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=12, default=records.Status.CONSENTED)
    group = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    earlier_reason = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=16, blank=True)
    consent_version = models.CharField(max_length=64, blank=True)
    study_hash = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict)
    assignment = models.JSONField(null=True)
    is_pilot = models.BooleanField(default=False)
    source = models.CharField(max_length=64, blank=True)
    best_only = models.BooleanField(default=False)
    address_hash = models.CharField(max_length=64, blank=True)
    signs = models.JSONField(default=dict)
    seen = models.JSONField(default=list)
    page_seconds = models.JSONField(default=dict)
    seconds = models.FloatField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Session"]] = Sessions.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["study", "address_hash"], name="sessions_at_an_address")]
        constraints = [
            models.UniqueConstraint(fields=["study", "respondent"], name="one_session_a_label"),
            models.UniqueConstraint(
                fields=["study", "code_hash"], condition=~models.Q(code_hash=""), name="one_session_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.respondent

    @cached_property
    def answered(self) -> dict[int, "TaskAnswer"]:
        """The answered tasks by their place in the order shown; read once, so prefetch `task_answers` for many."""
        return {one.shown_order: one for one in self.task_answers.all()}

    @cached_property
    def assigned(self) -> records.Assignment | None:
        """The tasks this person is shown, once they are drawn."""
        return assignment_from_json(self.assignment) if self.assignment else None

    def record(self) -> records.Session:
        """The session as the survey's rules know it."""
        return records.Session(
            respondent=self.respondent,
            status=records.Status(self.status),
            group=self.group,
            reason=self.reason,
            language=self.language,
            answers={name: tuple(value) if isinstance(value, list) else value for name, value in self.answers.items()},
            assignment=self.assigned,
            picks={order: one.record(self.language) for order, one in self.answered.items()},
            seen=frozenset(self.seen),
            started_at=self.started_at.isoformat(),
            completed_at=self.completed_at.isoformat() if self.completed_at else "",
            seconds=self.seconds,
        )


class TaskAnswer(models.Model):
    """One answered task, with the items in the order in which they were shown and the language it was read in.

    The worst is empty where a person chose to answer only for the best.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="task_answers")
    shown_order = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    task = models.PositiveSmallIntegerField()
    items = models.JSONField()
    best = models.CharField(max_length=64)
    worst = models.CharField(max_length=64, blank=True)
    repeat_of = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=16, blank=True)
    seconds = models.FloatField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("session", "shown_order")
        constraints = [models.UniqueConstraint(fields=["session", "shown_order"], name="one_answer_a_task")]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.shown_order}"

    def record(self, language: str = "") -> records.Pick:
        """The answer as the survey's rules know it; in the session's `language` where none was kept with it."""
        return records.Pick(self.best, self.worst, self.seconds, self.language or language)


class Source(models.Model):
    """A link of its own for one way in which people hear of a study. The plain link has the empty slug.

    It has a row only once it is switched off; then people come by the other links, or by invitation alone.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sources")
    slug = models.SlugField(max_length=32, blank=True)
    label = models.CharField(max_length=120)
    group = models.CharField(max_length=64, blank=True)
    planned = models.PositiveIntegerField(null=True, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["study", "slug"], name="one_source_a_slug")]

    def __str__(self) -> str:
        return self.slug

    @property
    def url(self) -> str:
        """The link to send or print."""
        return f"{self.study.public_url}?from={self.slug}" if self.slug else self.study.public_url


class Invitation(models.Model):
    """A personal link that begins exactly one session and leads back to it. Only a keyed hash of it is kept.

    Which session it began stands nowhere, nor when: the token itself leads there, and only whoever has it.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="invitations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.study_id}/{self.pk}"


class Tries(models.Model):
    """How often somebody at one place tried one thing of late; a keyed hash, and nothing of who it was or when."""

    who = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number} until {self.until:%H:%M}"


class AddressKey(models.Model):
    """The key of a study's hashed network addresses. Once it is destroyed, no hash can be led back to an address."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="address_key")
    key = models.CharField(max_length=64, blank=True)
    destroyed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.study_id)

"""What people decided about cases, how disputed ones were settled, and the signs they were shown."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from commonground.screening import decisions as records
from commonground.screening.records import Stage
from commonground.web.respond.models import Session
from commonground.web.studies.models import Study

STAGES = [(stage.value, stage.name) for stage in Stage]
VERDICTS = [(verdict.value, verdict.value) for verdict in records.Verdict]


class Decision(models.Model):
    """One person's decision about one case at one stage; `seen` are the signs it was made on."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="decisions")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    stage = models.PositiveSmallIntegerField(choices=STAGES)
    verdict = models.CharField(max_length=8, choices=VERDICTS)
    reason = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    seen = models.JSONField(default=list)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["session", "reviewer", "stage"], name="one_decision_a_person_and_stage")
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.stage}/{self.reviewer_id}"

    def record(self) -> records.Decision:
        """The decision as the rules of screening know it."""
        return records.Decision(
            respondent=self.session.respondent,
            reviewer=str(self.reviewer_id),
            verdict=records.Verdict(self.verdict),
            reason=self.reason,
            note=self.note,
            stage=Stage(self.stage),
        )


class Adjudication(models.Model):
    """How a case was settled on which people differed, or which was looked at again after an appeal.

    By a third person, or by the two together; the last one counts.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="adjudications")
    stage = models.PositiveSmallIntegerField(choices=STAGES)
    verdict = models.CharField(max_length=8, choices=VERDICTS)
    reason = models.CharField(max_length=20)
    note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="adjudications")
    together = models.BooleanField(default=False)
    is_appeal = models.BooleanField(default=False)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.session_id}/{self.stage}"

    def record(self) -> records.Ruling:
        """The ruling as the rules of screening know it."""
        return records.Ruling(
            respondent=self.session.respondent,
            verdict=records.Verdict(self.verdict),
            reason=self.reason,
            by=str(self.by_id),
            note=self.note,
            stage=Stage(self.stage),
        )


class SignList(models.Model):
    """The signs of a stage as they were found in the answers of a moment, so that they need not be found again."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sign_lists")
    stage = models.PositiveSmallIntegerField(choices=STAGES)
    answers = models.CharField(max_length=64)
    flags = models.JSONField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["study", "stage"], name="one_sign_list_a_stage")]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.stage}"

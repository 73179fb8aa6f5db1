"""Report jobs: one row for each report asked for, with how far it is and what came of it."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.web.studies.models import Study


class ReportJob(models.Model):
    """A report being made, or made. Its files are in the data directory."""

    class State(models.TextChoices):
        """Where the job stands."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("not made")

    class Failure(models.TextChoices):
        """Why a report was not made."""

        INTERRUPTED = "interrupted", _("The site was stopped while this report was being made.")
        DATA = "data", _("These answers cannot be analysed yet.")
        UNEXPECTED = "unexpected", _("Something unexpected happened. What happened is in the site's log.")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="reports")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=12, choices=Failure, blank=True)
    detail = models.TextField(blank=True)
    people = models.PositiveIntegerField(null=True)
    data_hash = models.CharField(max_length=64, blank=True)
    sentences = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.study} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the job, and of the report once it is there."""
        return reverse("results:report", args=[self.study.public_id, self.pk])

    @property
    def is_pending(self) -> bool:
        """Whether the report is still to come."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return Path(settings.DATA) / "reports" / self.study.public_id / str(self.pk)

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return (self.finished_at - self.started_at).total_seconds() if self.started_at and self.finished_at else None

"""Work on a design that takes longer than a page may: one row for each time it was asked for."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.web.studies.models import Study


class DesignJob(models.Model):
    """How precise each design on offer would be, being worked out or worked out."""

    class State(models.TextChoices):
        """Where the job stands."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being worked out")
        DONE = "done", _("ready")
        FAILED = "failed", _("not worked out")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="design_jobs")
    items = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.study} {self.items}"

    def get_absolute_url(self) -> str:
        """Where it can be watched."""
        return reverse("building:design-job", args=[self.study.public_id, self.pk])

    @property
    def is_pending(self) -> bool:
        """Whether it is still to be done."""
        return self.state in {self.State.WAITING, self.State.RUNNING}

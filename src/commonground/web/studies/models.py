"""A study on this site: its document and every earlier one, where it stands, and whose it is."""

import secrets
from collections import OrderedDict
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.files.study import parse_study
from commonground.records.deviations import DataSeen, PlanPart
from commonground.records.deviations import Deviation as DeviationRecord
from commonground.records.study import Study as StudyRecord
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.accounts.models import User
from commonground.web.workspaces.models import LogIsAppendOnlyError, Workspace

PUBLIC_ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike: a link is sometimes typed from paper."""


def new_public_id() -> str:
    """Eight letters and digits, about 40 bits: a link that cannot be guessed."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _place in range(8))


MOST_RECORDS = 64
_RECORDS: OrderedDict[str, StudyRecord] = OrderedDict()
"""Study documents read by this process, by hash, the one used last at the end: two documents with one hash are one."""


class Stage(models.TextChoices):
    """Where a study stands."""

    PREPARING = "preparing", _("in preparation")
    PILOT = "pilot", _("pilot")
    LIVE = "live", _("open")
    CLOSED = "closed", _("closed")
    LOCKED = "locked", _("locked")


class Studies(models.QuerySet["Study"]):
    """Questions asked of all studies."""

    def of(self, user: User) -> "Studies":
        """The studies in the workspaces of this person."""
        return self.filter(workspace__memberships__user=user)


class Study(models.Model):
    """One study.

    Until launch its document may change in any way. Launch freezes what answers depend on: `design` is stored as it
    is, and later documents may only change what `survey.meaning` allows. A locked study does not change at all.
    """

    class Kind(models.TextChoices):
        """Where its answers come from."""

        LIVE = "live", _("live study")
        SIMULATED = "simulated", _("simulated study")
        PUBLISHED = "published", _("published study")

    public_id = models.SlugField(max_length=64, unique=True, default=new_public_id)
    document = models.TextField()
    document_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    is_open = models.BooleanField(default=False)
    is_pilot = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LIVE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    launched_at = models.DateTimeField(null=True, editable=False)
    launched_hash = models.CharField(max_length=64, blank=True, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    locked_hash = models.CharField(max_length=64, blank=True, editable=False)
    design = models.JSONField(null=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, null=True, related_name="studies")

    objects: ClassVar[models.Manager["Study"]] = Studies.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def record(self) -> StudyRecord:
        """The study document, validated; read once per document and process, and not even fetched again."""
        found = _RECORDS.get(self.document_hash)
        if found is None:
            found = _RECORDS[self.document_hash] = parse_study(self.document, "study.yaml").study
            while len(_RECORDS) > MOST_RECORDS:
                _RECORDS.popitem(last=False)
        return found

    @property
    def name(self) -> Words:
        """What owners call it: the document's title in every language, unless it was given another."""
        title = self.record().title
        return title if self.title == str(title)[:300] else Words({EVERY_LANGUAGE: self.title})

    @property
    def stage(self) -> "Stage":
        """Where the study stands."""
        if self.locked_at is not None:
            return Stage.LOCKED
        if self.launched_at is None:
            return Stage.PILOT if self.is_open else Stage.PREPARING
        return Stage.LIVE if self.is_open else Stage.CLOSED

    def get_absolute_url(self) -> str:
        """The owner's page of the study."""
        return reverse("results:overview", args=[self.public_id])

    @property
    def public_path(self) -> str:
        """Where participants begin."""
        return f"/s/{self.public_id}/"

    @property
    def public_url(self) -> str:
        """The link to send to participants."""
        return f"{settings.SITE_URL}{self.public_path}"


class Deviation(models.Model):
    """One way in which a launched study departed from its plan. Written once; nothing about it changes."""

    class Part(models.TextChoices):
        """What the plan says of it."""

        OUTCOMES = PlanPart.OUTCOMES.value, _("outcomes")
        ANALYSIS = PlanPart.ANALYSIS.value, _("analysis")
        SCREENING = PlanPart.SCREENING.value, _("screening")
        DESIGN = PlanPart.DESIGN.value, _("design")
        QUESTIONNAIRE = PlanPart.QUESTIONNAIRE.value, _("questionnaire")
        FIELDING = PlanPart.FIELDING.value, _("fielding")
        OTHER = PlanPart.OTHER.value, _("something else")

    class Seen(models.TextChoices):
        """What was known of the answers when it was decided."""

        NOTHING = DataSeen.NOTHING.value, _("nothing of the answers")
        COUNTS = DataSeen.COUNTS.value, _("only how many had answered")
        ANSWERS = DataSeen.ANSWERS.value, _("answers or results")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="deviations")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=16, choices=Part)
    changed = models.TextField()
    reason = models.TextField()
    data_seen = models.CharField(max_length=8, choices=Seen)
    made_by = models.CharField(max_length=254)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    document_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_deviation_a_number")]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.number}"

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; an old one cannot be written again."""
        if not self._state.adding:
            raise LogIsAppendOnlyError("The log of departures keeps what was written.")
        super().save_base(*args, **kwargs)

    def record(self) -> DeviationRecord:
        """The entry as the report has it."""
        return DeviationRecord(
            number=self.number,
            made_on=self.made_at.date().isoformat(),
            part=PlanPart(self.part),
            changed=self.changed,
            reason=self.reason,
            data_seen=DataSeen(self.data_seen),
            made_by=self.made_by,
        )


class DocumentVersion(models.Model):
    """A study document as it was at some time. Sessions name the one they were answered under by its hash."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="document_versions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    document_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=254, blank=True)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_document_a_number")]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.number}"

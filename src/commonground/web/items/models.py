"""The log of a list of items, those who review it and what they say, and the interviews of a pretest."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.development.pretest import Answer, Clarity, Fit, Sheet
from commonground.development.ratings import Criterion, ListAim, Mark, Rating
from commonground.development.records import Entry
from commonground.development.screens import ScreenKind
from commonground.web.studies.models import Study

TEAM, METHOD_EXPERT, OTHER = "_team", "_method_expert", "_other"
"""Roles of reviewers who stand for no partner group; ids of groups begin with a letter."""


class LogEntry(models.Model):
    """One entry of the log; the list, its rounds and its flow are computed from all of them."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="item_log")
    number = models.PositiveIntegerField()
    content: models.JSONField[Any, Any] = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_item_entry_a_number")]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.number}"

    def record(self) -> Entry:
        """The entry as the rules know it."""
        return Entry.model_validate({**self.content, "number": self.number})


class Reviewer(models.Model):
    """Somebody who reviews the list in one round: by a link without an account, or as a member.

    `label` tells the team whom it sent the link to; beside answers only the role is shown. Of the link only a hash is
    kept.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="item_reviewers")
    round = models.PositiveSmallIntegerField()
    label = models.CharField(_("whom the link is for"), max_length=120)
    role = models.CharField(_("role"), max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # members have none, and none is not unique
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)
    expires_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    finished_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    withdrawn_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["study", "round", "user"], name="one_review_a_member_and_round")]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.round}/{self.pk}"

    def works(self, now: datetime) -> bool:
        """Whether the link still opens the review."""
        return self.withdrawn_at is None and (self.expires_at is None or now < self.expires_at)


class ItemRating(models.Model):
    """What a reviewer says of one item."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="ratings")
    item = models.CharField(max_length=64)
    marks: models.JSONField[Any, Any] = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    saved_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["reviewer", "item"], name="one_rating_a_reviewer_and_item")]

    def __str__(self) -> str:
        return f"{self.reviewer_id}/{self.item}"

    def record(self) -> Rating:
        """The rating as the rules know it."""
        return Rating(str(self.reviewer_id), self.item, marks_of(self.marks))


class ListRating(models.Model):
    """What a reviewer says of the whole list; `comments` by aim, completeness being what is missing."""

    reviewer = models.OneToOneField(Reviewer, on_delete=models.CASCADE, related_name="list_rating")
    marks: models.JSONField[Any, Any] = models.JSONField(default=dict)
    comments: models.JSONField[Any, Any] = models.JSONField(default=dict)
    saved_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.reviewer_id)

    def known_marks(self) -> dict[ListAim, Mark]:
        """The answers by what they are about."""
        return {aim: Mark(self.marks[aim]) for aim in ListAim if self.marks.get(aim) in set(Mark)}


def marks_of(stored: Mapping[str, str]) -> dict[Criterion, Mark]:
    """Stored answers by criterion."""
    return {one: Mark(stored[one]) for one in Criterion if stored.get(one) in set(Mark)}


class Interview(models.Model):
    """One cognitive interview; `label` is never a name. `document` says which study document was shown."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="pretest_interviews")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(_("label"), max_length=40)
    group = models.CharField(_("partner group"), max_length=64, blank=True)
    held_on: models.DateField[date, date] = models.DateField(_("day"))
    per_task = models.PositiveSmallIntegerField(_("items in a task, as shown"))
    minutes = models.PositiveSmallIntegerField(_("minutes the survey took"), null=True, blank=True)
    length = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Fit])
    items = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Fit])
    comment = models.TextField(blank=True)
    document = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_interview_a_number")]

    def __str__(self) -> str:
        return self.label


class ScreenSheet(models.Model):
    """What an interviewee made of one screen: how clear each point was, and what they said."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="sheets")
    screen = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ScreenKind])
    clarity: models.JSONField[Any, Any] = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    saved_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["interview", "screen"], name="one_sheet_a_screen")]

    def __str__(self) -> str:
        return f"{self.interview_id}/{self.screen}"

    def record(self) -> Sheet:
        """The sheet as the rules know it."""
        known = {key: Clarity(said) for key, said in self.clarity.items() if said in set(Clarity)}
        return Sheet(self.interview.label, ScreenKind(self.screen), known)


class Finding(models.Model):
    """Something the interviews brought out, and what is done about it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="pretest_findings")
    screen = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ScreenKind])
    found = models.TextField(_("what was found"))
    answer = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Answer])
    reason = models.TextField(_("why, and what exactly"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.study_id}/{self.pk}"

"""A partnership's framework, what the work needs, what people say of themselves, and the plan.

What somebody says of themselves belongs to nobody by name: it is found by a keyed hash of the code that only the person
has (see partnerships/codes.py), has a random key and no time. A name stands there only where the person put it.
"""

import uuid

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commonground.competencies.curriculum import Programme
from commonground.competencies.framework import Framework
from commonground.competencies.gaps import GapKind
from commonground.competencies.plan import LineState
from commonground.competencies.profile import Level
from commonground.files.frameworks.reading import parse_framework
from commonground.web.partnerships.models import Partnership


class Level4(models.IntegerChoices):
    """The four levels in words; our own scale."""

    NEW = Level.NEW, _("new to me")
    WITH_HELP = Level.WITH_HELP, _("I do it with help")
    ON_MY_OWN = Level.ON_MY_OWN, _("I do it on my own")
    HELPING = Level.HELPING, _("I help others do it")


class Profile(models.Model):
    """The framework a partnership looks at itself with: a document of its own, changed without changing any other."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="capability_profile")
    document = models.TextField()
    is_asking = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.partnership_id)

    @cached_property
    def framework(self) -> Framework:
        """The framework, validated."""
        return parse_framework(self.document, "framework.yaml")


class NeededLevel(models.Model):
    """The level the work needs; without a stakeholder, as agreed by all."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="needs")
    capability = models.CharField(max_length=64)
    stakeholder = models.CharField(max_length=100, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level4)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["profile", "capability", "stakeholder"], name="one_need_a_stakeholder")
        ]

    def __str__(self) -> str:
        return f"{self.capability}: {self.level}"


class SelfView(models.Model):
    """What one person says of one capability, or thinks about an attitude. Belongs to nobody by name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="self_views")
    code_hash = models.CharField(max_length=64)
    capability = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField(choices=Level4, null=True, blank=True)
    evidence = models.TextField(blank=True)
    wants_to_learn = models.BooleanField(default=False)
    shown_name = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["profile", "code_hash", "capability"], name="one_view_a_capability")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HeldBack(models.Model):
    """That the system keeps people from using a capability: no gap that training could close."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="held_back")
    capability = models.CharField(max_length=64)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["profile", "capability"], name="one_reason_a_capability")]

    def __str__(self) -> str:
        return self.capability


class Line(models.Model):
    """A line of the development plan."""

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = LineState.PLANNED, _("planned")
        UNDER_WAY = LineState.UNDER_WAY, _("under way")
        DONE = LineState.DONE, _("done")
        DROPPED = LineState.DROPPED, _("dropped")

    class Kind(models.TextChoices):
        """What kind of gap it closes."""

        LEARN = GapKind.LEARN, _("somebody learns it")
        ASK = GapKind.ASK_OR_RECRUIT, _("we ask or invite somebody")
        SYSTEM = GapKind.CHANGE_THE_SYSTEM, _("something around us has to change")

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="lines")
    capability = models.CharField(max_length=64)
    kind = models.CharField(_("What closes the gap?"), max_length=24, choices=Kind, default=Kind.LEARN)
    activity = models.CharField(_("How"), max_length=300)
    person = models.CharField(_("Who"), max_length=100, blank=True)
    support = models.CharField(_("With whose help"), max_length=300, blank=True)
    due = models.DateField(_("By when"), null=True, blank=True)
    evidence = models.CharField(_("What will show it"), max_length=300, blank=True)
    state = models.CharField(_("Where it stands"), max_length=12, choices=State, default=State.PLANNED)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.activity


class ProgrammeDocument(models.Model):
    """A programme of modules, held against the framework of its profile."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="programme")
    document = models.JSONField()

    def __str__(self) -> str:
        return str(self.profile_id)

    def record(self) -> Programme:
        """The programme, validated."""
        return Programme.model_validate(self.document)

"""The recruitment log: organisations, clinics and lists that were asked to pass a study on. Never a person."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.web.studies.models import Study


class Kind(models.TextChoices):
    """What was asked to pass the study on."""

    ORGANISATION = "organisation", _("organisation")
    CLINIC = "clinic", _("clinic or practice")
    PROGRAMME = "programme", _("programme or institution")
    REGISTER = "register", _("register or database of people who agreed to be asked")
    MAILING_LIST = "mailing_list", _("mailing list or newsletter")
    SOCIAL_MEDIA = "social_media", _("social media")
    EVENT = "event", _("event")
    OTHER = "other", _("other")


COUNTLESS = frozenset({Kind.MAILING_LIST, Kind.SOCIAL_MEDIA, Kind.EVENT})
"""Ways by which nobody can tell how many people were reached."""


class Outcome(models.TextChoices):
    """What became of it; exactly one, so that a table adds up."""

    WAITING = "waiting", _("no answer yet")
    AGREED = "agreed", _("passed it on")
    DECLINED = "declined", _("declined")
    SILENT = "silent", _("never answered")
    UNDELIVERABLE = "undeliverable", _("could not be delivered")


class Outreach(models.Model):
    """One organisation, clinic or list that was asked, and what became of it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="outreach")
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind, default=Kind.ORGANISATION)
    name = models.CharField(_("Name of the organisation"), max_length=200)
    channel = models.CharField(_("How it was asked"), max_length=120, blank=True)
    contacted_on = models.DateField(_("Asked on"), default=timezone.localdate)
    replied_on = models.DateField(_("Answered on"), null=True, blank=True)
    reply = models.CharField(_("What they answered"), max_length=300, blank=True)
    outcome = models.CharField(_("What became of it"), max_length=16, choices=Outcome, default=Outcome.WAITING)

    class Meta:
        ordering = ("contacted_on", "pk")

    def __str__(self) -> str:
        return self.name


class StatedCount(models.Model):
    """A number somebody will write in a report, to be held against the log. An empty outcome means: in all."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="stated_counts")
    kind = models.CharField(max_length=16, choices=Kind)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["study", "kind", "outcome"], name="one_stated_count")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.outcome}: {self.number}"

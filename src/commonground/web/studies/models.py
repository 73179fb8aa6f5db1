"""A study on this site: its document, frozen by its hash, and who may see it."""

import secrets
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.files.study import parse_study
from commonground.records.study import Study as StudyRecord
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.accounts.models import User

PUBLIC_ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike: a link is sometimes typed from paper."""


def new_public_id() -> str:
    """Eight letters and digits, about 40 bits: a link that cannot be guessed."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _place in range(8))


@lru_cache(maxsize=64)
def _record(document_hash: str, document: str) -> StudyRecord:
    del document_hash  # the key; two documents with one hash are one document
    return parse_study(document, "study.yaml").study


class Study(models.Model):
    """One study. The document never changes after it was added; a changed document is a new study."""

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
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LIVE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    owners: models.ManyToManyField[User, "Membership"] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="studies"
    )

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def record(self) -> StudyRecord:
        """The study document, validated; read once per document and process."""
        return _record(self.document_hash, self.document)

    @property
    def name(self) -> Words:
        """What owners call it: the document's title in every language, unless it was given another."""
        title = self.record().title
        return title if self.title == str(title)[:300] else Words({EVERY_LANGUAGE: self.title})

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


class Membership(models.Model):
    """That a person may see and run a study."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    study = models.ForeignKey(Study, on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "study"], name="one_membership_each")]

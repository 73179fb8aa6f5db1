"""A partnership, its partners, and what they say: kept so that nothing leads from a name to an answer.

`Partner` knows names, `Voice` knows answers, and no column joins the two. Both are found by a code that only the person
has: each keeps a differently keyed hash of it, and a voice has neither a time nor a number that tells who came when.
"""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commonground.partnership import agreement
from commonground.records.study import Frame, Item
from commonground.records.words import Words
from commonground.web.accounts.models import User
from commonground.web.workspaces.models import Workspace

ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_public_id() -> str:
    """Eight letters and digits, about 40 bits."""
    return "".join(secrets.choice(ID_ALPHABET) for _place in range(8))


def new_invitation() -> str:
    """Sixteen letters and digits, about 80 bits."""
    return "".join(secrets.choice(ID_ALPHABET) for _place in range(16))


class Partnerships(models.QuerySet["Partnership"]):
    """Questions asked of all partnerships."""

    def of(self, user: User) -> "Partnerships":
        """The partnerships in the workspaces of this person."""
        return self.filter(workspace__memberships__user=user)


class Partnership(models.Model):
    """People who begin to work together: what on, which list they weigh, when they meet, and when it is all deleted.

    Where there is a `facilitator`, only that person closes a round, opens its results, exports and deletes.
    """

    public_id = models.SlugField(max_length=16, unique=True, default=new_public_id)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="partnerships")
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    work = models.TextField(_("what you are working on"), blank=True)
    meets_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    deletes_on = models.DateField(_("day of deletion"))
    question = models.JSONField()
    items = models.JSONField()
    roles = models.JSONField(default=list)
    invitation = models.CharField(max_length=16, unique=True, default=new_invitation)
    has_open_link = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["Partnership"]] = Partnerships.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The lead's page."""
        return reverse("partnerships:overview", args=[self.public_id])

    @property
    def public_path(self) -> str:
        """Where partners' pages begin."""
        return f"/t/{self.public_id}/"

    @property
    def public_url(self) -> str:
        """The one link to send to everybody."""
        return f"{settings.SITE_URL.rstrip('/')}{self.public_path}?with={self.invitation}"

    @property
    def frame(self) -> Frame:
        """What every task asks."""
        return Frame(question=Words.model_validate(self.question))

    def records(self) -> tuple[Item, ...]:
        """The list as it stands now."""
        return tuple(Item.model_validate(one) for one in self.items)

    @cached_property
    def round(self) -> "Round | None":
        """The round that is under way, or the last one."""
        return next(iter(reversed(self.rounds.all())), None)


class Round(models.Model):
    """One time of asking: at the start, and again later. It keeps the list as it was then.

    A round is being prepared, then takes answers, then is closed while people may still change what they share, and
    then its results are open. `editions` holds what was shown, each time it was shown, with what
    the server remembers of how it was made; only the publication in it is ever shown. `care` names items that are not
    going well in the eyes of many, as they were shown with it.
    """

    class Kind(models.TextChoices):
        """Why people are asked."""

        START = "start", _("at the start")
        AGAIN = "again", _("second look")

    class Stage(models.TextChoices):
        """Where a round stands."""

        ASKING = "asking", _("taking answers")
        CLOSED = "closed", _("closed, results not open yet")
        OPEN = "open", _("results open")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.START)
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.ASKING)
    items = models.JSONField()
    asked_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    editions = models.JSONField(default=list)
    care = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["partnership", "number"], name="one_round_a_number")]

    def __str__(self) -> str:
        return f"{self.partnership_id}/{self.number}"

    def records(self) -> tuple[Item, ...]:
        """The list as it was asked."""
        return tuple(Item.model_validate(one) for one in self.items)


class Partner(models.Model):
    """Somebody in a partnership, by name and role. Says nothing about whether this person answered, or what."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=100, blank=True)
    language = models.CharField(max_length=16, blank=True)
    invitation = models.CharField(max_length=16, unique=True, default=new_invitation)
    code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code_hash"], condition=~models.Q(code_hash=""), name="one_partner_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The link of this person alone."""
        partnership = self.partnership
        return f"{settings.SITE_URL.rstrip('/')}{partnership.public_path}?with={self.invitation}"


class Voice(models.Model):
    """What one person said in one round. Belongs to nobody by name.

    `picks` holds, by place in the order shown, the ids marked most and least; `shares` by item what may be shown of it;
    `matters` and `going` the answers to the questions after the tasks. `shown_name` is filled only by somebody who
    shares something as themself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="voices")
    code_hash = models.CharField(max_length=64)
    role = models.CharField(max_length=100, blank=True)
    shown_name = models.CharField(max_length=100, blank=True)
    tasks = models.JSONField()
    picks = models.JSONField(default=dict)
    matters = models.JSONField(default=dict)
    going = models.JSONField(default=dict)
    shares = models.JSONField(default=dict)
    consents = models.JSONField(default=dict)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["round", "code_hash"], name="one_voice_a_round")]

    def __str__(self) -> str:
        return str(self.pk)


class MeetingNote(models.Model):
    """Something written down in the meeting: what was agreed, on one thing of the list or on the whole."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="notes")
    item = models.CharField(max_length=64, blank=True)
    text = models.TextField(_("We agreed …"), max_length=600)
    who = models.CharField(_("Who does it"), max_length=100, blank=True)
    due = models.DateField(_("By when"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class AgreementVersion(models.Model):
    """The record as it was put before everybody; it does not change, a later version follows it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="agreement_versions")
    number = models.PositiveSmallIntegerField()
    made_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    lines = models.JSONField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["partnership", "number"], name="one_agreement_a_number")]

    def __str__(self) -> str:
        return f"{self.partnership_id}/{self.number}"


class AgreementMark(models.Model):
    """What one person says to one version, under their name; made by nobody else."""

    class Answer(models.TextChoices):
        """What a person can say."""

        AGREE = agreement.Answer.AGREE, _("I agree")
        AGREE_WITH_NOTE = agreement.Answer.AGREE_WITH_NOTE, _("I agree, with a note")
        NOT_YET = agreement.Answer.NOT_YET, _("Not yet")

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="marks")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="marks")
    answer = models.CharField(max_length=16, choices=Answer)
    note = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["version", "partner"], name="one_mark_a_partner")]

    def __str__(self) -> str:
        return f"{self.partner}: {self.answer}"

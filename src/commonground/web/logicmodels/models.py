"""A partnership's logic model as a document, its earlier states, what people saw, who is concerned, and logs."""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commonground.files.logic_models.reading import parse_logic_model
from commonground.logicmodel import logs, reflections, stakeholders
from commonground.logicmodel.model import LogicModel
from commonground.web.partnerships.models import Partnership


class ModelDocument(models.Model):
    """The logic model of a partnership, as a document."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="logic_model")
    document = models.TextField()

    def __str__(self) -> str:
        return str(self.partnership_id)

    @cached_property
    def record(self) -> LogicModel:
        """The model, validated."""
        return parse_logic_model(self.document)[0]


class Snapshot(models.Model):
    """The model as it was on a day."""

    model = models.ForeignKey(ModelDocument, on_delete=models.CASCADE, related_name="snapshots")
    on = models.DateField(default=timezone.localdate)
    note = models.CharField(_("Why now?"), max_length=300, blank=True)
    document = models.TextField()

    class Meta:
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on}"

    @cached_property
    def record(self) -> LogicModel:
        """The model as it was, validated."""
        return parse_logic_model(self.document)[0]


class ReflectionEntry(models.Model):
    """What somebody in a role saw of a mechanism."""

    class Verdict(models.TextChoices):
        """Whether the assumption held."""

        HELD = reflections.Verdict.HELD, _("it held")
        PARTLY = reflections.Verdict.PARTLY, _("it held in part")
        NOT = reflections.Verdict.NOT, _("it did not hold")
        OPEN = reflections.Verdict.OPEN, _("too early to say")

    model = models.ForeignKey(ModelDocument, on_delete=models.CASCADE, related_name="reflections")
    mechanism = models.CharField(_("Mechanism"), max_length=64)
    on = models.DateField(_("Day"), default=timezone.localdate)
    role = models.CharField(_("Whose view is it? A role, not a name"), max_length=100)
    text = models.TextField(_("What was seen"), max_length=2000)
    verdict = models.CharField(_("Did the assumption hold?"), max_length=8, choices=Verdict, default=Verdict.OPEN)
    evidence = models.CharField(_("What shows it"), max_length=600, blank=True)
    next_step = models.CharField(_("Next step"), max_length=300, blank=True)

    class Meta:
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.mechanism} {self.on}"

    def as_record(self) -> reflections.Reflection:
        """The reflection as the core knows it."""
        return reflections.Reflection(
            self.mechanism,
            self.on,
            self.role,
            self.text,
            reflections.Verdict(self.verdict),
            self.evidence,
            self.next_step,
        )


class StakeholderEntry(models.Model):
    """A person or group concerned, as the partnership sees it."""

    class Zone(models.TextChoices):
        """Where they stand."""

        INNER = stakeholders.Zone.INNER, _("inside: where the work happens")
        OUTER = stakeholders.Zone.OUTER, _("outside: around it")

    class Amount(models.IntegerChoices):
        """How much."""

        LITTLE = stakeholders.Amount.LITTLE, _("little")
        SOME = stakeholders.Amount.SOME, _("some")
        MUCH = stakeholders.Amount.MUCH, _("much")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="stakeholders")
    name = models.CharField(_("Who"), max_length=100)
    kind = models.CharField(_("What kind"), max_length=32, blank=True)
    zone = models.CharField(_("Where they stand"), max_length=8, choices=Zone, default=Zone.INNER)
    distance = models.PositiveSmallIntegerField(_("Distance from practice"), choices=Amount, default=Amount.SOME)
    interest = models.PositiveSmallIntegerField(_("How much it matters to them"), choices=Amount, default=Amount.SOME)
    power = models.PositiveSmallIntegerField(_("How much say they have"), choices=Amount, default=Amount.SOME)
    added_on = models.DateField(_("On the map since"), default=timezone.localdate)
    gone_on = models.DateField(_("No longer, from"), null=True, blank=True)
    emerged = models.BooleanField(_("Came into view during the work"), default=False)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        ordering = ("added_on", "pk")

    def __str__(self) -> str:
        return self.name

    def as_record(self) -> stakeholders.Stakeholder:
        """The stakeholder as the core knows it."""
        return stakeholders.Stakeholder(
            str(self.pk),
            self.name,
            self.kind,
            stakeholders.Zone(self.zone),
            stakeholders.Amount(self.distance),
            stakeholders.Amount(self.interest),
            stakeholders.Amount(self.power),
            self.added_on,
            self.gone_on,
            self.emerged,
            self.note,
        )


class LogEntry(models.Model):
    """Something done with people, or something that came of the work."""

    class Log(models.TextChoices):
        """Which log it belongs to."""

        INVOLVEMENT = logs.Log.INVOLVEMENT, _("involvement: who took part in what")
        IMPACT = logs.Log.IMPACT, _("impact: what came of it")

    class Reason(models.TextChoices):
        """Why people were involved."""

        ETHICAL = logs.Reason.ETHICAL, _("because it is right")
        PUBLIC_FUNDING = logs.Reason.PUBLIC_FUNDING, _("because the public pays")
        BETTER_WORK = logs.Reason.BETTER_WORK, _("because the work gets better")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="log_entries")
    log = models.CharField(_("Which log"), max_length=12, choices=Log, default=Log.INVOLVEMENT)
    on = models.DateField(_("Day"), default=timezone.localdate)
    who = models.CharField(_("Who: roles or groups"), max_length=200)
    what = models.TextField(_("What happened"), max_length=1000)
    reason = models.CharField(_("Why they were involved"), max_length=16, choices=Reason, blank=True)
    evidence = models.CharField(_("What shows it"), max_length=600, blank=True)

    class Meta:
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.log}"


class CycleStep(models.Model):
    """A step of a cycle: plan, act, observe, reflect."""

    class Phase(models.TextChoices):
        """Which step it is."""

        PLAN = logs.Phase.PLAN, _("plan")
        ACT = logs.Phase.ACT, _("act")
        OBSERVE = logs.Phase.OBSERVE, _("observe")
        REFLECT = logs.Phase.REFLECT, _("reflect")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="cycle_steps")
    cycle = models.PositiveSmallIntegerField(_("Cycle"), default=1)
    phase = models.CharField(_("Step"), max_length=8, choices=Phase, default=Phase.PLAN)
    on = models.DateField(_("Day"), default=timezone.localdate)
    who = models.CharField(_("Who: roles or groups"), max_length=200)
    what = models.TextField(_("What"), max_length=1000)
    evidence = models.CharField(_("What shows it"), max_length=600, blank=True)
    change = models.CharField(_("What was changed because of it"), max_length=600, blank=True)

    class Meta:
        ordering = ("cycle", "on", "pk")

    def __str__(self) -> str:
        return f"{self.cycle} {self.phase}"

    def as_record(self) -> logs.CycleEntry:
        """The step as the core knows it."""
        return logs.CycleEntry(
            self.cycle, logs.Phase(self.phase), self.on, self.who, self.what, self.evidence, self.change
        )


class OutputEntry(models.Model):
    """Something the partnership made or will make."""

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = logs.OutputState.PLANNED, _("planned")
        UNDER_WAY = logs.OutputState.UNDER_WAY, _("under way")
        DONE = logs.OutputState.DONE, _("done")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="outputs")
    title = models.CharField(_("What it is called"), max_length=200)
    kind = models.CharField(_("What it is"), max_length=100, help_text=_("Such as website, talk, chapter, poster."))
    state = models.CharField(_("Where it stands"), max_length=12, choices=State, default=State.PLANNED)
    on = models.DateField(_("Day"), null=True, blank=True)
    where = models.CharField(_("Where to find it"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title

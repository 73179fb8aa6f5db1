"""Forms of the logic model, and of what is written down about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonground.logicmodel.model import Column, LogicModel
from commonground.logicmodel.stakeholders import KINDS
from commonground.web.logicmodels.models import CycleStep, LogEntry, OutputEntry, ReflectionEntry, StakeholderEntry
from commonground.web.look.templatetags.look import said
from commonground.web.partnerships.forms import DayInput

COLUMNS = [
    (Column.RESOURCE.value, _("what we have")),
    (Column.ACTIVITY.value, _("what we do")),
    (Column.OUTCOME.value, _("what should come of it")),
]


class BoxForm(forms.Form):
    """A box of the model."""

    column = forms.ChoiceField(label=_("Where it stands"), choices=COLUMNS)
    text = forms.CharField(label=_("What it says"), max_length=200)


class LinkForm(forms.Form):
    """That one box leads to another, and by which mechanism."""

    start = forms.ChoiceField(label=_("From"))
    end = forms.ChoiceField(label=_("To"))
    mechanism = forms.ChoiceField(label=_("By which mechanism"), required=False)

    def __init__(self, *args: Any, model: LogicModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = [(one.id, said(one.text)) for one in model.boxes]
        mechanisms = [("", _("none in particular")), *((one.id, said(one.name)) for one in model.mechanisms)]
        for name, choices in (("start", boxes), ("end", boxes), ("mechanism", mechanisms)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field has them


class MechanismForm(forms.Form):
    """Why something is expected to work."""

    name = forms.CharField(label=_("Its name"), max_length=100)
    assumption = forms.CharField(
        label=_("What do we take to be true?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    effect = forms.CharField(label=_("What should follow?"), max_length=300, required=False)


class SnapshotForm(forms.Form):
    """A state to keep."""

    note = forms.CharField(label=_("Why keep it now?"), max_length=300, required=False)


class ReflectionForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs' generic form cannot be subscripted at run time
    """What somebody in a role saw."""

    class Meta:
        model = ReflectionEntry
        fields = ("mechanism", "on", "role", "text", "verdict", "evidence", "next_step")
        widgets = {"on": DayInput(), "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.id, said(one.name)) for one in self.instance.model.record.mechanisms]
        self.fields["mechanism"] = forms.ChoiceField(label=_("Mechanism"), choices=choices)


class StakeholderForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """Somebody concerned."""

    class Meta:
        model = StakeholderEntry
        fields = (
            "name",
            "kind",
            "zone",
            "distance",
            "interest",
            "power",
            "emerged",
            "added_on",
            "gone_on",
            "note",
        )
        widgets = {"added_on": DayInput(), "gone_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("another kind")), *((name, said(words)) for name, words in KINDS.items())]
        self.fields["kind"] = forms.ChoiceField(label=_("What kind"), choices=kinds, required=False)


class LogForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """Something that happened."""

    class Meta:
        model = LogEntry
        fields = ("log", "on", "who", "what", "reason", "evidence")
        widgets = {"on": DayInput(), "what": forms.Textarea(attrs={"rows": 3})}


class CycleForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """A step of a cycle."""

    class Meta:
        model = CycleStep
        fields = ("cycle", "phase", "on", "who", "what", "evidence", "change")
        widgets = {"on": DayInput(), "what": forms.Textarea(attrs={"rows": 3})}


class OutputForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """Something made."""

    class Meta:
        model = OutputEntry
        fields = ("title", "kind", "state", "on", "where")
        widgets = {"on": DayInput()}

"""Forms about capabilities: what the work needs, what I can, and a line of the plan."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from commonground.competencies.framework import Capability, Framework
from commonground.competencies.plan import ACTIVITIES
from commonground.web.capabilities.actions import Said
from commonground.web.capabilities.models import Level4, Line, SelfView
from commonground.web.look.templatetags.look import said as in_words
from commonground.web.partnerships.forms import DayInput

NOT_SAID = ("", _("not said"))


class NeedsForm(forms.Form):
    """The level needed, capability by capability, as one stakeholder or all together see it."""

    stakeholder = forms.CharField(
        label=_("Whose view is this?"),
        required=False,
        max_length=100,
        help_text=_("For example: families, nurses, the funder. Empty means: as we all agreed."),
    )

    def __init__(self, *args: object, framework: Framework, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what it takes
        self.rated = framework.rated()
        for one in self.rated:
            self.fields[one.id] = forms.TypedChoiceField(
                label=in_words(one.name),
                choices=[("", _("not set")), *Level4.choices],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )

    def levels(self) -> dict[str, int | None]:
        """The level of each capability; None where none is set."""
        return {one.id: self.cleaned_data.get(one.id) for one in self.rated}


class SelfForm(forms.Form):
    """What I say of one capability. Everything may be left out."""

    level = forms.TypedChoiceField(
        label=_("Where do I stand?"),
        choices=[*Level4.choices, NOT_SAID],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    wants_to_learn = forms.BooleanField(label=_("I would like to learn more of this"), required=False)
    evidence = forms.CharField(
        label=_("An example, for myself"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_shared = forms.BooleanField(label=_("The others may know that I said this"), required=False)

    def said(self, name: str) -> Said:
        """What was said, under this name where it is shared."""
        data = self.cleaned_data
        return Said(data["level"], data["evidence"], data["wants_to_learn"], name if data["is_shared"] else "")


class ThoughtForm(forms.Form):
    """What I think about an attitude: for myself alone, never rated and never shared."""

    evidence = forms.CharField(
        label=_("My thoughts, for myself alone"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def said(self, name: str) -> Said:
        """What was written."""
        del name
        return Said(evidence=self.cleaned_data["evidence"])


class LineForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs' generic form cannot be subscripted at run time
    """A line of the plan."""

    class Meta:
        model = Line
        fields = ("capability", "kind", "activity", "person", "support", "due", "evidence", "state")
        widgets = {"due": DayInput()}

    def __init__(self, *args: object, framework: Framework, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what it takes
        choices = [(one.id, in_words(one.name)) for one in framework.capabilities]
        self.fields["capability"] = forms.ChoiceField(label=_("Capability"), choices=choices)
        self.fields["activity"].widget.attrs["list"] = "ways"
        self.fields["person"].help_text = _("Only with this person’s word for it. Empty means all of us.")

    @staticmethod
    def ways() -> list[str]:
        """Ways of learning to choose from, or to write over."""
        return [in_words(one.label) for one in ACTIVITIES]


class HeldBackForm(forms.Form):
    """What keeps people from using something they can do."""

    why = forms.CharField(
        label=_("What holds people back?"),
        required=False,
        max_length=300,
        help_text=_("Time, pay, careers, rules. No training mends these. Leave it empty to take it back."),
    )


class FrameworkForm(forms.Form):
    """The framework as a document."""

    document = forms.CharField(
        label=_("The framework’s document"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "autocapitalize": "off"}),
    )


def self_forms(
    capabilities: Iterable[Capability],
    reflective: Iterable[str],
    kept: Mapping[str, SelfView],
    sent: Mapping[str, object] | None,
) -> list[tuple[Capability, SelfForm | ThoughtForm]]:
    """A form for each capability, as kept or as sent."""
    areas = set(reflective)
    return [(one, _form(one, areas, kept.get(one.id), sent)) for one in capabilities]


def _form(
    one: Capability, reflective: set[str], kept: SelfView | None, sent: Mapping[str, object] | None
) -> SelfForm | ThoughtForm:
    kind = ThoughtForm if one.area in reflective else SelfForm
    initial: dict[str, object] = {}
    if kept is not None:
        initial = {
            "level": "" if kept.level is None else kept.level,
            "evidence": kept.evidence,
            "wants_to_learn": kept.wants_to_learn,
            "is_shared": bool(kept.shown_name),
        }
    return kind(sent, prefix=one.id, initial=initial)

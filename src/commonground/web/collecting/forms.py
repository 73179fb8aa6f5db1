"""Forms of collecting."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commonground.records.study import Study as StudyRecord
from commonground.web.collecting.actions import MOST_INVITATIONS
from commonground.web.collecting.models import Kind, Outcome, Outreach
from commonground.web.look.templatetags.look import said
from commonground.web.respond.models import Source


class SourceForm(forms.Form):
    """A new link."""

    label = forms.CharField(
        label=_("How people hear of the study"),
        help_text=_("For example: clinic poster, newsletter of the parents’ association. Never a person’s name."),
        max_length=120,
    )
    group = forms.ChoiceField(label=_("Partner group it is meant for"), required=False)
    planned = forms.IntegerField(
        label=_("How many complete answers you hope for"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, record: StudyRecord, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        groups = [(group.id, said(group.label)) for group in record.groups]
        self.fields["group"].choices = [("", _("any group")), *groups]  # type: ignore[attr-defined]  # a choice field


class InvitationsForm(forms.Form):
    """How many invitations, and by which way they go out."""

    number = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_INVITATIONS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    source = forms.ChoiceField(label=_("Counted with the link"), required=False)

    def __init__(self, sources: Iterable[Source], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        named = [(one.slug, one.label) for one in sources if one.slug]
        self.fields["source"].choices = [("", _("the plain link")), *named]  # type: ignore[attr-defined]  # a choice field


class OutreachForm(forms.ModelForm[Outreach]):
    """One entry of the recruitment log."""

    class Meta:
        model = Outreach
        fields = ("kind", "name", "channel", "contacted_on", "outcome", "replied_on", "reply")
        widgets = {
            "contacted_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "replied_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "name": _("An organisation, clinic or list. Never the name or the address of a person."),
            "channel": _("For example: letter, e-mail to the office, telephone."),
        }

    def clean(self) -> dict[str, object]:
        """An answer cannot come before the question."""
        cleaned = super().clean() or {}
        asked, answered = cleaned.get("contacted_on"), cleaned.get("replied_on")
        if asked and answered and answered < asked:
            raise ValidationError({"replied_on": _("This is before the day on which it was asked.")})
        return cleaned


class StatedCountForm(forms.Form):
    """A number to be held against the log."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=[("", _("asked in all")), *Outcome.choices], required=False
    )
    number = forms.IntegerField(
        label=_("Number"),
        help_text=_("Leave it empty to forget a number written down before."),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

"""Forms of the pretest: an interview, one screen of it, and a decision."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from commonground.development.screens import Screen, ScreenKind
from commonground.records.study import Study as StudyRecord
from commonground.web.items.models import Finding, Interview
from commonground.web.items.wording import ANSWERS, CLARITIES, LENGTHS, NUMBERS, SCREENS
from commonground.web.look.templatetags.look import said


class InterviewForm(forms.ModelForm[Interview]):
    """Who was asked, when, and what they thought of the whole."""

    class Meta:
        model = Interview
        fields = ("label", "group", "held_on", "per_task", "minutes", "length", "items", "comment")
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "per_task": forms.TextInput(attrs={"inputmode": "numeric"}),
            "minutes": forms.TextInput(attrs={"inputmode": "numeric"}),
            "comment": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "length": _("Is the length right for people like you?"),
            "items": _("Is the number of items in a task right?"),
            "comment": _("What they said of the whole"),
        }
        help_texts = {
            "label": _("P1, for example. Never a name."),
            "minutes": _("Left empty where nobody looked at the clock."),
            "length": _("Ask at the end; the interviewee speaks for their own group."),
        }

    def __init__(self, record: StudyRecord, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [("", _("not said")), *((group.id, said(group.label)) for group in record.groups)]
        self.fields["group"] = forms.ChoiceField(label=_("Partner group"), choices=groups, required=False)
        for name, words in (("length", LENGTHS), ("items", NUMBERS)):
            choices = [("", _("not asked")), *((one.value, text) for one, text in words.items())]
            cast("forms.ChoiceField", self.fields[name]).choices = choices


class ScreenForm(forms.Form):
    """One screen: how clear each point was, and what the interviewee said."""

    comment = forms.CharField(
        label=_("What they said, and what they did not understand"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Their words, as near as you can; nothing that tells who they are."),
    )

    def __init__(self, screen: Screen, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.screen = screen
        for point in screen.points:
            self.fields[point.key] = forms.ChoiceField(
                required=False, choices=[(one.value, text) for one, text in CLARITIES.items()]
            )

    def clarity(self) -> dict[str, str]:
        """What was marked, by point."""
        return {one.key: self.cleaned_data[one.key] for one in self.screen.points if self.cleaned_data[one.key]}


class FindingForm(forms.ModelForm[Finding]):
    """What was found, what is done about it, and why."""

    class Meta:
        model = Finding
        fields = ("screen", "found", "answer", "reason")
        widgets = {"found": forms.Textarea(attrs={"rows": 2}), "reason": forms.Textarea(attrs={"rows": 2})}
        labels = {"screen": _("Screen"), "answer": _("Decision")}

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        names: list[tuple[str, Mapping[Any, Any]]] = [("screen", SCREENS), ("answer", ANSWERS)]
        for name, words in names:
            choices = [(one.value, text) for one, text in words.items()]
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=choices)


def screen_named(screens: tuple[Screen, ...], name: str) -> int | None:
    """The place of a screen, from 0; None where the study has none of this name."""
    kinds = [one.kind for one in screens]
    return kinds.index(ScreenKind(name)) if name in set(ScreenKind) and ScreenKind(name) in kinds else None

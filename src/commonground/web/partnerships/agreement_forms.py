"""Forms of the agreement: its lines, the day to look again, and a person's mark."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonground.partnership.agreement import Answer, Line, Section
from commonground.web.partnerships.forms import DayInput
from commonground.web.partnerships.models import AgreementMark
from commonground.web.partnerships.wording import SECTIONS

MOST_LINES = 60
EMPTY_LINES = 3


def new_line_id(place: int) -> str:
    """An id for a line that did not come from the talk."""
    return f"line-{place}-{secrets.token_hex(4)}"


class LineForm(forms.Form):
    """One sentence of the agreement; without words it is left out."""

    id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    section = forms.ChoiceField(label=_("Where it belongs"), choices=list(SECTIONS.items()), initial=Section.OTHER)
    text = forms.CharField(label=_("We …"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    who = forms.CharField(label=_("Who does it"), required=False, max_length=100)
    due = forms.DateField(label=_("By when"), required=False, widget=DayInput())

    @staticmethod
    def initial_of(line: Line) -> dict[str, object]:
        """A line as the form's first values."""
        return {"id": line.id, "section": line.section, "text": line.text, "who": line.who, "due": line.due}

    def has_text(self) -> bool:
        """Whether there is something to keep."""
        return bool(self.cleaned_data.get("text", "").strip())

    def line(self, known: Mapping[str, Line], new_id: str) -> Line:
        """The line; what it came from stays with it."""
        data = self.cleaned_data
        before = known.get(data["id"])
        return Line(
            before.id if before else new_id,
            Section(data["section"]),
            data["text"].strip(),
            data["who"],
            data["due"],
            before.item if before else "",
            before.standing if before else None,
        )


class LinesForm(forms.formset_factory(LineForm, extra=EMPTY_LINES, max_num=MOST_LINES)):  # type: ignore[misc]  # a class made at run time
    """All lines, and a few empty ones."""

    def __init__(self, *args: object, more: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = EMPTY_LINES * (2 if more else 1)

    def as_sent(self) -> list[dict[str, object]]:
        """What was typed, so that more room can be given without losing anything."""
        return [
            {name: one[name].value() for name in one.fields}
            for one in self.forms
            if str(one["text"].value() or "").strip()
        ]


class ReviewForm(forms.Form):
    """When to look at it again."""

    review_on = forms.DateField(label=_("When do we look at this again?"), required=False, widget=DayInput())


class MarkForm(forms.Form):
    """What a person says to the agreement, for themselves alone."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("What do you say?"), choices=AgreementMark.Answer.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A note"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The others read it beside your name."),
    )

    def clean(self) -> dict[str, Any]:
        """A note where one is promised."""
        data = self.cleaned_data
        if data.get("answer") == Answer.AGREE_WITH_NOTE and not data.get("note", "").strip():
            self.add_error("note", _("Write the note, or choose “I agree”."))
        return data

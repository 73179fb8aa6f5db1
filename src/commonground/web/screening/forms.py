"""The forms of a decision and of the lock."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commonground.screening.decisions import REASONS, Reason, Verdict, problem_with
from commonground.web.screening.wording import REASONS as REASON_WORDS
from commonground.web.screening.wording import VERDICTS


def _choices(verdicts: Iterable[Verdict]) -> list[tuple[object, object]]:
    """Reasons by the verdict they go with; one that goes with both has a place of its own."""
    shared = Reason.OTHER
    groups: list[tuple[object, object]] = [
        (VERDICTS[verdict], [(one.value, REASON_WORDS[one]) for one in REASONS[verdict] if one is not shared])
        for verdict in verdicts
    ]
    return [("", _("Choose a reason")), *groups, (shared.value, REASON_WORDS[shared])]


class DecisionForm(forms.Form):
    """A verdict, sent by one of the buttons, with its reason."""

    reason = forms.ChoiceField(
        label=_("Reason"), required=False, help_text=_("If you are unsure, leave it empty and say why below.")
    )
    note = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to exclude, to be unsure, and for another reason. Never write who somebody might be."),
    )
    verdict = forms.ChoiceField(choices=[(one.value, one.value) for one in Verdict])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come
        self.fields["reason"].choices = _choices((Verdict.KEEP, Verdict.EXCLUDE))  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> None:
        """A reason must go with the verdict, and words must be there where they are needed."""
        if "verdict" not in self.cleaned_data:
            raise ValidationError(_("Send your decision with one of the buttons."))
        missing = self._missing()
        if missing == "reason":
            self.add_error("reason", _("Choose a reason that goes with your decision."))
        elif missing:
            self.add_error("note", _("Say why in your own words."))

    def _missing(self) -> str:
        given = self.cleaned_data
        return problem_with(Verdict(given["verdict"]), given.get("reason", ""), given.get("note", ""))


class SettlingForm(DecisionForm):
    """How a case is settled: keep or exclude, always in words."""

    together = forms.BooleanField(label=_("We settled this together, both of us"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "note"):
            self.fields[name].required, self.fields[name].help_text = True, ""

    def _missing(self) -> str:
        given = self.cleaned_data
        if given["verdict"] == Verdict.UNSURE:
            return "reason"
        return super()._missing() or ("" if given.get("note", "").strip() else "words")


class LockForm(forms.Form):
    """The study's short name, typed, so that nobody locks by a slip."""

    name = forms.CharField(label=_("Type the word in bold to lock the data"), max_length=64)

    def __init__(self, *args: object, word: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come
        self.word = word

    def clean_name(self) -> str:
        """What was typed must be the study's name."""
        typed: str = self.cleaned_data["name"].strip()
        if typed != self.word:
            raise ValidationError(_("This is not the word. Nothing was locked."))
        return typed

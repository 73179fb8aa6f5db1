"""Forms of the plan page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commonground.files.study_edits import EMPTY
from commonground.records.study import Study as StudyRecord
from commonground.web.look.templatetags.look import said
from commonground.web.studies.models import Deviation

Changes = dict[tuple[str | int, ...], object]
_LINES = {"rows": 4}


class PlanForm(forms.Form):
    """What a study fixes before anyone answers."""

    primary = forms.CharField(
        label=_("Primary outcome"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a sentence, such as: the mean best-minus-worst score of each item, by partner group."),
    )
    secondary = forms.CharField(
        label=_("Secondary outcomes"), required=False, widget=forms.Textarea(attrs=_LINES), help_text=_("One a line.")
    )
    constant = forms.FloatField(
        label=_("Constant added to counts before ratios are taken"),
        min_value=0,
        max_value=10,
        help_text=_("A ratio with an item nobody chose does not exist; 0.5 for all groups is usual."),
    )
    constant_to = forms.ChoiceField(label=_("Added to"))
    reason = forms.CharField(label=_("Reason for the constant"), required=False)
    threshold = forms.FloatField(
        label=_("Rescaled scores this far apart count as different"), min_value=0.01, max_value=1
    )
    equivalence_margin = forms.FloatField(
        label=_("Scores per person this close count as alike"), min_value=0.01, max_value=100
    )
    resamples = forms.IntegerField(label=_("Resamples"), min_value=100, max_value=100_000)
    permutations = forms.IntegerField(label=_("Permutations"), min_value=100, max_value=100_000)
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=2**31 - 1)
    minimum_minutes = forms.FloatField(
        label=_("Minutes under which the whole survey raises a sign"),
        min_value=0.1,
        required=False,
        help_text=_("Left empty: the time raises none."),
    )
    reviewers = forms.TypedChoiceField(
        label=_("People who decide about each case"), coerce=int, choices=((2, "2"), (1, "1"))
    )

    def __init__(self, data: object = None, *, record: StudyRecord) -> None:
        plan, rules = record.analysis, record.screening
        initial: dict[str, Any] = {
            "primary": plan.primary,
            "secondary": "\n".join(plan.secondary),
            "constant": plan.added.constant,
            "constant_to": plan.added.to,
            "reason": plan.added.reason,
            "threshold": plan.threshold,
            "equivalence_margin": plan.equivalence_margin,
            "resamples": plan.resamples,
            "permutations": plan.permutations,
            "seed": plan.seed,
            "minimum_minutes": rules.minimum_minutes,
            "reviewers": rules.reviewers,
        }
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # what a request holds
        groups = [(group.id, said(group.label)) for group in record.groups]
        self.fields["constant_to"] = forms.ChoiceField(
            label=_("Added to"), choices=[("all", _("all groups")), *groups], initial=plan.added.to
        )

    def changes(self) -> Changes:
        """What the document has to say."""
        said_here = self.cleaned_data
        lines = [line.strip() for line in said_here["secondary"].splitlines() if line.strip()]
        plan: dict[str, object] = {
            name: said_here[name] for name in ("threshold", "equivalence_margin", "resamples", "permutations", "seed")
        }
        return {
            ("analysis", "primary"): said_here["primary"].strip() or None,
            ("analysis", "secondary"): lines or None,
            ("analysis", "added", "constant"): said_here["constant"],
            ("analysis", "added", "to"): said_here["constant_to"],
            ("analysis", "added", "reason"): said_here["reason"].strip() or None,
            **{("analysis", name): value for name, value in plan.items()},
            **self._screening(),
        }

    def _screening(self) -> Changes:
        minutes = self.cleaned_data["minimum_minutes"]
        changes: Changes = {("screening", "reviewers"): self.cleaned_data["reviewers"]}
        if minutes != self.initial["minimum_minutes"]:
            changes["screening", "minimum_minutes"] = EMPTY if minutes is None else minutes
        return changes


class DeviationForm(forms.Form):
    """A departure from the plan, as it is entered."""

    part = forms.ChoiceField(label=_("About"), choices=Deviation.Part.choices)
    changed = forms.CharField(label=_("What is done otherwise"), max_length=4000, widget=forms.Textarea(attrs=_LINES))
    reason = forms.CharField(label=_("Why"), max_length=4000, widget=forms.Textarea(attrs=_LINES))
    data_seen = forms.ChoiceField(
        label=_("What was known of the answers when it was decided"), choices=Deviation.Seen.choices
    )
    sure = forms.BooleanField(label=_("I know that this entry cannot be changed or taken away."))

    def clean_changed(self) -> str:
        """Say something."""
        text: str = self.cleaned_data["changed"].strip()
        if len(text) < 10:
            raise ValidationError(_("Say it so that a reader of the report understands it."))
        return text

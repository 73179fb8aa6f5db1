"""Forms of the design page."""

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commonground.web.studies.models import Study

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 1_000_000
MOST_VERSIONS = 10
"""More versions take longer to build than a page may; the study document takes up to 1,000."""


class NumbersForm(forms.Form):
    """The numbers of a design, set by hand."""

    per_task = forms.IntegerField(label=_("Items in a task"), min_value=2, max_value=10)
    tasks = forms.IntegerField(
        label=_("Tasks for each person"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Left empty: as many as serve well."),
    )
    versions = forms.IntegerField(
        label=_("Versions"),
        min_value=1,
        max_value=MOST_VERSIONS,
        help_text=_("People are spread over them, so that pairs even out where one version is not balanced."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("The same numbers and seed give the same design."),
    )
    repeat = forms.BooleanField(
        label=_("Show one task twice, to see how steady answers are"),
        required=False,
    )

    def __init__(self, data: object = None, *, study: Study) -> None:
        plan = study.record().design
        self.study = study
        initial = {
            "per_task": plan.per_task,
            "tasks": plan.tasks,
            "versions": min(plan.versions, MOST_VERSIONS),
            "seed": plan.seed,
            "repeat": bool(plan.repeat.count),
        }
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # what a request holds
        for name in ("per_task", "tasks", "versions", "seed"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean_per_task(self) -> int:
        """A task cannot show more items than there are."""
        per_task: int = self.cleaned_data["per_task"]
        if per_task > len(self.study.record().items):
            raise ValidationError(_("A task cannot show more items than the study has."))
        return per_task


class OwnDesignForm(forms.Form):
    """A design table, as a file or, once it has been looked at, as the text that was read from it."""

    file = forms.FileField(
        label=_("A design table from this device (CSV)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    table = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> None:
        """Find the table."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file and (file.size or 0) > LARGEST:
            raise ValidationError(_("This file is larger than a design table can be (one megabyte)."))
        content: bytes = file.read() if file else self.cleaned_data.get("table", "").encode()
        if not content.strip():
            raise ValidationError(_("There is no design yet. Choose a file."))
        self.cleaned_data["content"] = content
        self.cleaned_data["name"] = (file.name if file else self.cleaned_data.get("name")) or "design.csv"

"""The form that adds a study."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from commonground.files.study import parse_study
from commonground.records.errors import Problem, StudyError

LARGEST = 1_000_000
PASTED_NAME = "study.yaml"


class NewStudyForm(forms.Form):
    """A study document, as a file or as text; `problems` holds what the document says that cannot be."""

    file = forms.FileField(
        label=_("A study document from this device"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "autocapitalize": "off"}),
    )
    problems: tuple[Problem, ...] = ()
    name = PASTED_NAME

    def clean(self) -> None:
        """Find the text, and check it as `commonground check` does."""
        if self.errors:
            return
        text = self._uploaded(self.cleaned_data.get("file")) or self.cleaned_data.get("text", "")
        if not text.strip():
            raise ValidationError(_("There is no study document yet. Choose a file, or paste its text."))
        try:
            parse_study(text, self.name)
        except StudyError as error:
            self.problems = error.problems
            raise ValidationError(_("This document cannot become a study yet. Nothing was saved.")) from error
        self.cleaned_data["document"] = text

    def _uploaded(self, file: UploadedFile | None) -> str:
        if not file:
            return ""
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("This file is larger than a study document can be (one megabyte)."))
        self.name = file.name or PASTED_NAME
        try:
            content: bytes = file.read()
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("This file is not a text in UTF-8. Save it as UTF-8 and try again.")) from error

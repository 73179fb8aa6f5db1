"""Forms of item development: wordings in every language of a study, sources, reasons, rounds and reviewers."""

from collections.abc import Mapping, Sequence
from typing import cast

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from commonground.development.cfir import CONSTRUCTS, tags
from commonground.development.differences import FIELDS
from commonground.development.records import RoundKind, RoundPlan, Source, Wording
from commonground.records.study import ProvenanceSource
from commonground.records.study import Study as StudyRecord
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.items.wording import ROUNDS, SOURCES, roles
from commonground.web.look.templatetags.look import said

LONGEST_LABEL, LONGEST_TEXT = 300, 2000

NAMES: Mapping[str, Promise] = {
    "label": _("Item, as people read it in a task"),
    "short_label": _("Short form, for tables and figures"),
    "definition": _("What it means, in a sentence or two"),
    "examples": _("Examples"),
}


class WordingForm(forms.Form):
    """What an item reads, side by side in every language of the study."""

    def __init__(
        self,
        languages: Sequence[str],
        data: Mapping[str, object] | None = None,
        *,
        wording: Wording | None = None,
        prefix: str | None = None,
        is_optional: bool = False,
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.languages, self.before, self.is_optional = tuple(languages), wording, is_optional
        for name in FIELDS:
            for language in self.languages:
                self.fields[f"{name}_{language}"] = self._field(name, language)

    def _field(self, name: str, language: str) -> forms.CharField:
        is_long = name in ("definition", "examples")
        label = str(NAMES[name]) if len(self.languages) == 1 else f"{NAMES[name]} ({language_name(language)})"
        attributes = {"lang": language, **({"rows": 3} if is_long else {})}
        return forms.CharField(
            label=label,
            required=name == "label" and language == self.languages[0] and not self.is_optional,
            max_length=LONGEST_TEXT if is_long else LONGEST_LABEL,
            initial=self._initial(name, language),
            widget=forms.Textarea(attrs=attributes) if is_long else forms.TextInput(attrs=attributes),
        )

    def _initial(self, name: str, language: str) -> str:
        words: Words | None = getattr(self.before, name, None)
        if words is None:
            return ""
        return words.root.get(language, words.root.get(EVERY_LANGUAGE, "") if language == self.languages[0] else "")

    def clean(self) -> dict[str, object]:
        """A part that may be left out is there whole or not at all."""
        cleaned = super().clean() or {}
        label = f"label_{self.languages[0]}"
        if self.is_optional and any(cleaned.values()) and not cleaned.get(label):
            self.add_error(label, _("Say how it reads, or leave all of it empty."))
        return cleaned

    def rows(self) -> list[list[BoundField]]:
        """The fields, those of one kind in all languages together."""
        return [[self[f"{name}_{language}"] for language in self.languages] for name in FIELDS]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not any(self.cleaned_data.values())

    def wording(self) -> Wording:
        """What was written."""
        found = {name: words for name in FIELDS if (words := self._words(name)) is not None}
        return Wording.model_validate(found)

    def _words(self, name: str) -> Words | None:
        texts = {language: str(self.cleaned_data[f"{name}_{language}"]).strip() for language in self.languages}
        given = {language: text for language, text in texts.items() if text}
        if not given:
            return None
        before: Words | None = getattr(self.before, name, None)
        if before is not None and EVERY_LANGUAGE in before.root and list(given) == [self.languages[0]]:
            return Words({EVERY_LANGUAGE: given[self.languages[0]]})
        elsewhere = {} if before is None else before.root
        kept = {one: text for one, text in elsewhere.items() if one not in (*self.languages, EVERY_LANGUAGE)}
        return Words({**given, **kept})


def language_name(code: str) -> str:
    """A language in its own words; the code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


class SourceForm(forms.Form):
    """One place an item came from."""

    kind = forms.ChoiceField(label=_("Kind of source"), required=False)
    citation = forms.CharField(
        label=_("Reference"),
        help_text=_("The article, report or record, so that somebody else finds it."),
        required=False,
        max_length=1000,
    )
    cfir = forms.ChoiceField(
        label=_("Construct of the framework (CFIR 2022)"),
        help_text=_("Names as the authors gave them, in English."),
        required=False,
        widget=forms.Select(attrs={"lang": "en"}),
    )
    theme = forms.CharField(
        label=_("Theme"),
        help_text=_("For a theme that came out of interviews or groups."),
        required=False,
        max_length=300,
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, help_text=_("Never the name of somebody who was interviewed.")
    )

    def __init__(
        self, record: StudyRecord, data: Mapping[str, object] | None = None, *, prefix: str = "source"
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.groups = {group.id: said(group.label) for group in record.groups}
        kind, cfir = (cast("forms.ChoiceField", self.fields[name]) for name in ("kind", "cfir"))
        kind.choices = [("", _("Not said yet")), *((one.value, SOURCES[one]) for one in ProvenanceSource)]
        cfir.choices = [("", _("None"))] + [
            (domain, [(tag, tag.partition(": ")[2]) for tag in tags(domain)]) for domain in CONSTRUCTS
        ]
        for group, label in self.groups.items():
            self.fields[f"people_{group}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=100_000,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input input-short"}),
            )

    def people(self) -> list[BoundField]:
        """How many spoke of it, a field for each partner group."""
        return [self[f"people_{group}"] for group in self.groups]

    def clean(self) -> dict[str, object]:
        """Who says something of a source says of what kind it is."""
        cleaned = super().clean() or {}
        if not cleaned.get("kind") and any(cleaned.values()):
            self.add_error("kind", _("Say of what kind this source is."))
        return cleaned

    def source(self) -> Source | None:
        """What was said; None where nothing was."""
        given = self.cleaned_data
        if not given["kind"]:
            return None
        told = {name: given[name] for name in ("kind", "citation", "cfir", "theme", "note")}
        people = {group: given[f"people_{group}"] or 0 for group in self.groups}
        return Source.model_validate({**told, "participants": people})


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with the decision; a report may quote it."),
        error_messages={"required": _("Say why.")},
    )


class LooseReasonForm(ReasonForm):
    """Why, where it may go without saying."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RoundForm(forms.Form):
    """Who reviews next."""

    kind = forms.ChoiceField(label=_("Who reviews"), choices=[(one.value, ROUNDS[one]) for one in RoundKind])
    title = forms.CharField(
        label=_("A name of your own"),
        required=False,
        max_length=120,
        help_text=_("For example: second meeting of the panel. Left empty, it is called as above."),
    )

    def plan(self) -> RoundPlan:
        """The round asked for."""
        return RoundPlan(kind=RoundKind(self.cleaned_data["kind"]), title=self.cleaned_data["title"])


class ReviewerForm(forms.Form):
    """Whom a link is for."""

    label = forms.CharField(
        label=_("Whom this link is for"),
        max_length=120,
        help_text=_("Only your team sees it, to know which link went where. Initials or a number will do."),
    )
    role = forms.ChoiceField(
        label=_("They answer as"), help_text=_("This, and not the name, stands beside what they say.")
    )

    def __init__(self, record: StudyRecord, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["role"]).choices = list(roles(record).items())

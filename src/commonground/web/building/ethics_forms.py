"""The form of the ethics page: a field for each text and language."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonground.records.study import Study as StudyRecord
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.building.language_names import name_here

Path = tuple[str | int, ...]
Changes = dict[Path, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """One text an ethics board asks for."""

    name: str
    path: Path
    label: Promise
    help: Promise


TEXTS = (
    Asked("contact", ("contact",), _("Whom to ask about the study"), _("A person who answers; on every page.")),
    Asked("complaints", ("ethics", "complaints"), _("Where to complain"), _("Somebody outside the study team.")),
    Asked(
        "distress",
        ("ethics", "distress"),
        _("Help if answering is upsetting"),
        _("A number or an address; on every page."),
    ),
    Asked(
        "controller",
        ("ethics", "controller"),
        _("Who is responsible for the data"),
        _("The institution, and how to reach its data protection officer."),
    ),
    Asked("storage", ("ethics", "storage"), _("Where the data are stored"), _("In which country, and by whom.")),
    Asked("retention", ("ethics", "retention"), _("How long the data are kept"), _("And why.")),
    Asked(
        "withdrawal",
        ("consent", "withdrawal"),
        _("What withdrawing later can still do"),
        _("And from when on it cannot. Part of the consent: after the launch it needs a new version."),
    ),
    Asked(
        "community",
        ("ethics", "community"),
        _("How a community governs data about itself"),
        _("For instance by the principles of OCAP or CARE."),
    ),
    Asked(
        "guardianship",
        ("ethics", "guardianship"),
        _("How people under 18 take part"),
        _("The guardianship process. Left empty: nobody under 18 may take part, which a question and a rule secure."),
    ),
    Asked(
        "appeal",
        ("screening", "appeal"),
        _("Where people can ask for a second look at their exclusion"),
        _("An address of somebody who did not decide about them."),
    ),
)
"""What is asked, in the order of the page."""


class EthicsForm(forms.Form):
    """The texts, a field for each language of the study."""

    approval = forms.CharField(
        label=_("Approval"),
        max_length=300,
        required=False,
        help_text=_("Which board approved the study, with the number."),
    )
    version = forms.CharField(
        label=_("Version of the consent"),
        max_length=40,
        help_text=_("Recorded with each person. Give it a new one whenever the consent changes."),
    )

    def __init__(self, data: object = None, *, record: StudyRecord) -> None:
        initial = {"approval": record.ethics.approval, "version": record.consent.version}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # what a request holds
        self.record = record
        for asked in TEXTS:
            words = _at(record, asked.path)
            for language in record.languages:
                self.fields[f"{asked.name}-{language}"] = forms.CharField(
                    label=name_here(language),
                    required=False,
                    max_length=4000,
                    initial=_said(words, language),
                    widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
                )

    def groups(self) -> Iterator[tuple[Asked | None, list[forms.BoundField]]]:
        """The fields in the order of the page: a text in all its languages, or a field that stands alone."""
        for asked in TEXTS:
            yield asked, [self[f"{asked.name}-{language}"] for language in self.record.languages]
            if asked.name == "contact":
                yield None, [self["approval"]]
            if asked.name == "withdrawal":
                yield None, [self["version"]]

    def changes(self) -> Changes:
        """What the document has to say otherwise than now."""
        found: Changes = {}
        for asked in TEXTS:
            words, was = self._words(asked), _at(self.record, asked.path)
            if _as_read(words, self.record) != _as_read(was, self.record):
                found[asked.path] = words
        if self.cleaned_data["approval"] != self.record.ethics.approval:
            found["ethics", "approval"] = self.cleaned_data["approval"] or None
        if self.cleaned_data["version"] != self.record.consent.version:
            found["consent", "version"] = self.cleaned_data["version"]
        return found

    def _words(self, asked: Asked) -> Words | None:
        texts = {
            language: text
            for language in self.record.languages
            if (text := self.cleaned_data[f"{asked.name}-{language}"].strip().replace("\r\n", "\n"))
        }
        return Words(texts) if texts else None


def _at(record: StudyRecord, path: Path) -> Words | None:
    part: object = record
    for step in path:
        part = getattr(part, str(step))
    return part if isinstance(part, Words) else None


def _said(words: Words | None, language: str) -> str:
    return "" if words is None else words.root.get(language) or words.root.get(EVERY_LANGUAGE, "")


def _as_read(words: Words | None, record: StudyRecord) -> list[str]:
    return [_said(words, language) for language in record.languages]

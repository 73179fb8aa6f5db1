"""The settled list, written back into the study document; everything else in it stays byte for byte."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from commonground.development.lineage import all_sources, constructs
from commonground.development.log import Candidate, Development
from commonground.development.records import Wording
from commonground.files.rewriting import rewritten
from commonground.files.yaml_lines import load
from commonground.records.study import Item
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.accounts.models import User
from commonground.web.items.actions import from_document
from commonground.web.items.standing import development_of
from commonground.web.items.wording import source_words
from commonground.web.studies.actions import change_document
from commonground.web.studies.models import Study

NAME = "study.yaml"
READ = ("label", "short_label", "definition")
"""Fields that people read, in one language or several."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Items by their labels: what the document would gain, lose and read differently, and what stays."""

    new: tuple[Words, ...]
    gone: tuple[Words, ...]
    changed: tuple[Words, ...]
    same: tuple[Words, ...]

    @property
    def any(self) -> bool:
        """Whether anything would change."""
        return bool(self.new or self.gone or self.changed)


def differences(study: Study, now: Development) -> Differences:
    """What bringing the list into the document would change."""
    there = {item.id: item for item in study.record().items}
    listed = {one.id: one for one in now.listed}
    both = [one for one in now.listed if one.id in there]
    changed = {one.id for one in both if _fields(study, now, one, there[one.id])}
    return Differences(
        new=tuple(one.wording.label for one in now.listed if one.id not in there),
        gone=tuple(item.label for item in there.values() if item.id not in listed),
        changed=tuple(one.wording.label for one in both if one.id in changed),
        same=tuple(one.wording.label for one in both if one.id not in changed),
    )


def differs(study: Study, now: Development) -> bool:
    """Whether the list and the document say different things."""
    return differences(study, now).any


def bring_in(*, study: Study, actor: User, note: str) -> None:
    """Make the list the items of the study document, as a new version of it.

    Raises
    ------
    StudyError
        If the study could not be with these items, or answers depend on those it has.
    """
    text = document_with_items(study, development_of(study))
    if text != study.document:
        change_document(study=study, text=text, name=NAME, actor=actor, note=note, based_on=study.document_hash)


def document_with_items(study: Study, now: Development) -> str:
    """The text of the study document with the items of the list."""
    values = load(study.document, NAME).values
    written = {one["id"]: one for one in values["items"]}
    there = {item.id: item for item in study.record().items}
    items = [
        {**written.get(one.id, {"id": one.id}), **_fields(study, now, one, there.get(one.id))} for one in now.listed
    ]
    cleaned = [{name: value for name, value in item.items() if value is not None} for item in items]
    return rewritten(study.document, {**values, "items": cleaned}, NAME)


def _fields(study: Study, now: Development, one: Candidate, item: Item | None) -> dict[str, Any]:
    """The fields of an item that say something else than its part of the document does."""
    before = from_document(item) if item is not None else None
    found: dict[str, Any] = {}
    if before is None or before.wording != one.wording:
        found |= _wording(one.wording)
    if before is None or before.sources != all_sources(now, one.id):
        found |= _provenance(study, now, one)
    written = {} if item is None else item.model_dump(mode="json", exclude_defaults=True)
    return {name: value for name, value in found.items() if written.get(name) != _stored(name, value)}


def _stored(name: str, value: object) -> object:
    """A value as the record would hold it: a plain text that people read stands for every language."""
    return {EVERY_LANGUAGE: value} if isinstance(value, str) and name in READ else value


def _wording(wording: Wording) -> dict[str, Any]:
    return {
        "label": _plain(wording.label),
        "short_label": _plain(wording.short_label or wording.label),
        "definition": _plain(_explained(wording)),
    }


def _explained(wording: Wording) -> Words | None:
    """The definition with the examples after it: a study document has one field for both."""
    if wording.examples is None:
        return wording.definition
    texts = dict(wording.definition.root) if wording.definition else {}
    for language, examples in wording.examples.root.items():
        with translation.override("en" if language == EVERY_LANGUAGE else language):
            told = gettext("For example: %(examples)s") % {"examples": examples}
        texts[language] = f"{texts[language]} {told}" if language in texts else told
    return Words(texts)


def _plain(words: Words | None) -> str | dict[str, str] | None:
    if words is None:
        return None
    return words.root[EVERY_LANGUAGE] if set(words.root) == {EVERY_LANGUAGE} else dict(words.root)


def _provenance(study: Study, now: Development, one: Candidate) -> dict[str, Any]:
    """The first source in fields, everything else in its note, in the first language of the study."""
    record, sources, tags = study.record(), all_sources(now, one.id), constructs(now, one.id)
    if not sources:
        return {}
    first, *others = sources
    bare = first.model_copy(update={"citation": "", "cfir": ""})
    with translation.override(record.languages[0]):
        notes = [text for source in (bare, *others) if (text := source_words(source, record))]
        if one.parents:
            labels = "; ".join(str(now.candidates[parent].wording.label) for parent in one.parents)
            notes.append(gettext("made from: %(items)s") % {"items": labels})
    told = {"source": first.kind.value, "citation": first.citation, "note": " · ".join(notes)}
    return {
        "provenance": {name: text for name, text in told.items() if text},
        "cfir": tags[0] if tags else None,
    }

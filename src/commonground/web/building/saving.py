"""Saving a part of the study document: on what everybody sees now, and never over somebody else's change."""

import json
from collections.abc import Callable
from typing import Any

from commonground.files.study_edits import said_by
from commonground.files.yaml_lines import load
from commonground.records.errors import StudyError
from commonground.web.accounts.models import User
from commonground.web.studies.actions import DocumentChangedError, change_document
from commonground.web.studies.models import Study

Values = dict[str, Any]

NAME = "study.yaml"
MOST_TRIES = 3


class PartChangedError(StudyError):
    """Somebody else changed the same part since this person opened it."""


def values_of(study: Study) -> Values:
    """What the document says, as plain values."""
    values: Values = load(study.document, NAME).values
    return values


def save_part(
    *,
    study: Study,
    actor: User,
    base: str,
    part: Callable[[Values], object],
    change: Callable[[Values], None],
    note: str,
) -> bool:
    """Change a part of the document; whether there was anything to change.

    Parameters
    ----------
    base : str
        The hash of the document that the person saw. Where it is not the newest, the change is made all the same as
        long as `part` says the same in both.
    part : callable
        Takes out of the plain values what this change is about.
    change : callable
        Changes the plain values in place.

    Raises
    ------
    PartChangedError
        If somebody else changed the same part.
    StudyError
        If the study cannot be as it would be then.
    """
    for _try in range(MOST_TRIES):
        values = values_of(study)
        if not _is_as_seen(study, base, part, values):
            raise PartChangedError("Somebody else has changed this meanwhile.")
        change(values)
        text = said_by(study.document, values)
        if text == study.document:
            return False
        try:
            change_document(study=study, text=text, name=NAME, actor=actor, note=note, based_on=study.document_hash)
        except DocumentChangedError:
            study.refresh_from_db()
        else:
            return True
    raise PartChangedError("Somebody else has changed this meanwhile.")


def _is_as_seen(study: Study, base: str, part: Callable[[Values], object], values: Values) -> bool:
    if base == study.document_hash:
        return True
    seen = study.document_versions.filter(document_hash=base).last()
    return seen is not None and _same(part(load(seen.document, NAME).values), part(values))


def _same(one: object, other: object) -> bool:
    return json.dumps(one, default=str) == json.dumps(other, default=str)

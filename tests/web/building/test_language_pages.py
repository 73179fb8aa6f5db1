"""Languages side by side: what is missing is counted, and a text is changed beside its translation."""

from typing import Any

import pytest
from django.test import Client

from commonground.files.yaml_lines import load
from commonground.web.accounts.models import User
from commonground.web.studies.actions import change_document, set_open
from commonground.web.studies.models import Study

PLAIN = """\
format_version: 1
id: plain
title: What helps?
frame: {question: What helps most?}
items:
  - {id: a, label: Trust, short_label: Trust}
  - {id: b, label: Time, short_label: Time}
  - {id: c, label: Money, short_label: Money}
  - {id: d, label: Tea, short_label: Tea}
groups: [{id: all, label: Everybody, short_label: All}]
consent: {version: "1", sections: [Please read.], agreement: I agree.}
task_explanation: Choose two.
design: {per_task: 3}
thanks: Many thanks.
"""


@pytest.fixture
def plain(study: Study, owner: User) -> Study:
    """A study in one language."""
    return change_document(study=study, text=PLAIN, name="study.yaml", actor=owner)


def values(study: Study) -> dict[str, Any]:
    study.refresh_from_db()
    found: dict[str, Any] = load(study.document, "study.yaml").values
    return found


def test_a_second_language_makes_every_text_missing(as_owner: Client, plain: Study) -> None:
    where = f"/studies/{plain.public_id}/languages/"
    assert "Everything is in English" in as_owner.get(where).content.decode()
    as_owner.post(f"{where}change/", {"add": "fr", "base": plain.document_hash})
    found = values(plain)
    assert found["languages"] == ["en", "fr"]
    assert found["title"] == {"en": "What helps?"}
    page = as_owner.get(where).content.decode()
    assert "16 texts are missing in French." in page
    as_owner.post(
        f"{where}items/", {"base": plain.document_hash, **texts(plain, "items"), "items.0.label.fr": "Confiance"}
    )
    assert values(plain)["items"][0]["label"] == {"en": "Trust", "fr": "Confiance"}
    assert "15 texts are missing in French." in as_owner.get(where).content.decode()


def texts(study: Study, section: str) -> dict[str, str]:
    from commonground.web.building.language_rows import rows_of

    study.refresh_from_db()
    rows = rows_of(study.record(), section)
    return {f"{row.key}.{code}": text for row in rows for code, text in row.words.root.items() if code != "*"}


def test_after_launch_a_language_can_be_added_without_changing_meaning(
    as_owner: Client, plain: Study, owner: User
) -> None:
    set_open(plain, is_open=True, actor=owner)
    where = f"/studies/{plain.public_id}/languages/"
    as_owner.post(f"{where}change/", {"add": "fr", "base": plain.document_hash})
    sent = {"thanks.en": "Many thanks.", "thanks.fr": "Merci beaucoup."}
    plain.refresh_from_db()
    assert as_owner.post(f"{where}end/", {**sent, "base": plain.document_hash}).status_code == 302
    assert plain.refresh_from_db() is None
    assert plain.record().thanks.in_language("fr") == "Merci beaucoup."
    assert plain.record().thanks.in_language("en") == "Many thanks."


def test_who_translated_is_kept(as_owner: Client, study: Study) -> None:
    where = f"/studies/{study.public_id}/languages/fr/record/"
    sent = {"translated_by": "A. Roy", "checked": "panel", "on": "2026-05", "base": study.document_hash}
    assert as_owner.post(where, sent).status_code == 302
    told = {"language": "fr", "translated_by": "A. Roy", "checked": "panel", "on": "2026-05"}
    assert values(study)["translations"] == [told]
    assert "A. Roy · Agreed on by a panel" in as_owner.get(f"/studies/{study.public_id}/languages/").content.decode()
    assert as_owner.post(where, {**sent, "on": "soon", "base": study.document_hash}).status_code == 422


def test_a_text_that_must_be_there_cannot_be_emptied(as_owner: Client, plain: Study) -> None:
    where = f"/studies/{plain.public_id}/languages/end/"
    refused = as_owner.post(where, {"thanks.en": "", "base": plain.document_hash})
    assert refused.status_code == 422
    assert "missing" in refused.content.decode()


def test_the_whole_document_is_brought_back(as_owner: Client, plain: Study) -> None:
    where = f"/studies/{plain.public_id}/document/"
    base = plain.document_hash
    changed = PLAIN.replace("Choose two.", "Choose two, please.")
    sent = {"text": changed.replace("\n", "\r\n"), "base": base}
    assert as_owner.post(where, sent).status_code == 302
    plain.refresh_from_db()
    assert plain.document == changed
    late = as_owner.post(where, {"text": PLAIN.replace("Tea", "Coffee"), "base": base})
    assert late.status_code == 409
    assert "Coffee" in late.content.decode()
    broken = as_owner.post(where, {"text": changed.replace("thanks:", "thx:"), "base": plain.document_hash})
    assert broken.status_code == 422
    assert "line 14" in broken.content.decode()

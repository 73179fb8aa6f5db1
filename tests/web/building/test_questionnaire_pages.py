"""The questionnaire built in the browser: every edit lands in the document, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from commonground.files.yaml_lines import load
from commonground.web.accounts.models import User
from commonground.web.studies.actions import change_document
from commonground.web.studies.models import Study

SMALL = """\
# a small study
format_version: 1
id: small
title: {en: What helps?, fr: "Qu’est-ce qui aide?"} # the title
languages: [en, fr]
frame: {question: What helps most?}
items:
  - {id: a, label: Trust, short_label: Trust}
  - {id: b, label: Time, short_label: Time}
  - {id: c, label: Money, short_label: Money}
  - {id: d, label: Tea, short_label: Tea}
groups:
  - {id: HP, label: Health professionals, short_label: HP}
  - {id: R, label: Researchers, short_label: R}
consent: {version: "1", sections: [Please read.], agreement: I agree.}
background:
  # who
  - id: role
    type: single
    required: true
    text: {en: Which are you?, fr: Lequel êtes-vous?}
    options:
      - {id: hp, label: {en: Health professional, fr: Santé}}
      - {id: researcher, label: {en: Researcher, fr: Recherche}}
  - id: years
    type: number
    text: {en: How many years?, fr: Combien d’années?}
group_rules:
  - {group: HP, when: {question: role, equals: hp}}
  - {group: R, when: {question: role, equals: researcher}}
task_explanation: Choose two.
design: {per_task: 3}
thanks: Many thanks.
"""


@pytest.fixture
def small(study: Study, owner: User) -> Study:
    """A small study in two languages."""
    return change_document(study=study, text=SMALL, name="study.yaml", actor=owner)


def values(study: Study) -> dict[str, Any]:
    study.refresh_from_db()
    found: dict[str, Any] = load(study.document, "study.yaml").values
    return found


def fields(page: str) -> dict[str, list[str]]:
    """What a browser would send: every control of the page's form that has a value."""
    form = page[page.index('class="part-form"') : page.rindex("</form>")]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_ticked = not re.search(r'type="(checkbox|radio)"', tag) or " checked" in tag
        if name and is_ticked:
            found.setdefault(name[1], []).append(unescaped(value[1] if value else ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found.setdefault(name, []).append(unescaped(text))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found.setdefault(name, []).append(unescaped(chosen[1]) if chosen else "")
    return found


def unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def address(study: Study, rest: str = "") -> str:
    return f"/studies/{study.public_id}/questionnaire/{rest}"


def saved(client: Client, where: str, **changes: object) -> Any:
    """Open a form, change some fields, save."""
    sent: dict[str, object] = {**fields(client.get(where).content.decode()), "do": "save"}
    sent |= {name.replace("__", "."): value for name, value in changes.items()}
    return client.post(where, sent)


def test_the_questionnaire_shows_every_question_in_order(as_owner: Client, small: Study) -> None:
    page = as_owner.get(address(small)).content.decode()
    assert page.index("Which are you?") < page.index("How many years?") < page.index("What helps most?")
    assert "Health professional · Researcher" in page


def test_saving_a_form_as_it_stands_changes_nothing(as_owner: Client, small: Study) -> None:
    before, versions = small.document, small.document_versions.count()
    forms = ["question/role/", "question/years/", "rules/group_rules/1/"]
    forms += [f"texts/{name}/" for name in ("about", "consent", "groups", "words", "frame", "thanks")]
    for where in forms:
        answer = saved(as_owner, address(small, where))
        assert answer.status_code == 302, (where, answer.content.decode())
        small.refresh_from_db()
        assert small.document == before, where
    assert small.document_versions.count() == versions


def test_a_changed_text_changes_one_line(as_owner: Client, small: Study) -> None:
    assert saved(as_owner, address(small, "question/years/"), text__fr="Combien?").status_code == 302
    before = SMALL.splitlines()
    small.refresh_from_db()
    assert [line for line in small.document.splitlines() if line not in before] == [
        '    text: {en: How many years?, fr: "Combien?"}'
    ]
    assert small.document_versions.last().made_by == "owner@example.org"


def test_a_question_is_written_from_nothing(as_owner: Client, small: Study) -> None:
    kinds = as_owner.get(address(small, "demographics/new/")).content.decode()
    assert kinds.count("?kind=") == 10
    where = address(small, "demographics/new/?kind=multiple")
    sent = {
        **fields(as_owner.get(where).content.decode()),
        "text.en": "Where do you work?",
        "options.0.label.en": "Hospital",
        "options.1.label.en": "Clinic",
    }
    more = as_owner.post(where, {**sent, "do": "add:options"})
    assert more.status_code == 200
    assert "Not saved yet." in more.content.decode()
    sent = {**fields(more.content.decode()), "options.2.label.en": "None", "options.2.exclusive": "yes", "do": "save"}
    assert as_owner.post(where, sent).status_code == 302
    assert values(small)["demographics"] == [
        {
            "id": "where-do-you-work",
            "type": "multiple",
            "text": {"en": "Where do you work?"},
            "options": [
                {"id": "hospital", "label": {"en": "Hospital"}},
                {"id": "clinic", "label": {"en": "Clinic"}},
                {"id": "none", "label": {"en": "None"}, "exclusive": True},
            ],
        }
    ]

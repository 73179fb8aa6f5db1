"""Pieces of pages that are put together once show nobody anything of somebody else, or of another text."""

import re
from collections.abc import Callable

import pytest

from commonground.web.look.templatetags.remembering import Remembered

TOKEN = re.compile(r'(csrfmiddlewaretoken|stamp)" value="[^"]*"')


def plain(participant) -> str:
    """The page without what differs each time."""
    return TOKEN.sub(r'\1"', participant.text).replace(participant.code, "CODE")


def test_a_page_is_the_same_whether_its_pieces_were_remembered(participant, monkeypatch: pytest.MonkeyPatch) -> None:
    participant.reach_tasks()
    keys = ["background-1", "words", "example", "task-1", "task-2", "quality-1", "thanks"]
    participant.do_tasks()
    participant.send({"q-clear": "yes"})
    participant.send({"q-country": "Canada"})
    for language in ("en", "fr"):
        participant.client.post(participant.url("task-1"), {"language": language, "stamp": stamp(participant)})
        for key in keys:
            with monkeypatch.context() as forgetful:
                forgetful.setattr(Remembered, "render", lambda self, context: self.nodelist.render(context))
                participant.open(key)
                fresh = plain(participant)
            for _again in range(2):
                participant.open(key)
                assert plain(participant) == fresh, key


def stamp(participant) -> str:
    participant.open("task-1")
    return participant.hidden("stamp")


def test_two_people_see_their_own_code_and_their_own_marks(participant, another: Callable) -> None:
    participant.reach_tasks().pick(0, 1)
    other = another().reach_tasks()
    assert participant.code != other.code
    assert other.code in other.text
    assert participant.code not in other.text
    assert " checked" not in other.text
    participant.open("task-1")
    assert participant.text.count(" checked") == 2


def test_two_studies_and_two_versions_of_a_text_are_never_mixed(study_with: Callable, at) -> None:
    seen = []
    for label in ("Time", "Spare time"):
        items = [{"id": name, "label": name if name != "b" else label, "short_label": name} for name in "abcdefg"]
        person = at(study_with(items=items)).reach_tasks()
        for _task in range(8):
            seen.append((label, set(re.findall(r">(Time|Spare time)</p>", person.text))))
            person.pick()
    assert all(found <= {label} for label, found in seen)
    assert {label for label, found in seen if found} == {"Time", "Spare time"}

"""A small open study and a participant who walks through it as a browser without scripts would."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from django.http import HttpResponse
from django.test import Client

from commonground.web.respond.models import Session
from commonground.web.studies.models import Study

YES_NO = [{"id": "yes", "label": {"en": "Yes", "fr": "Oui"}}, {"id": "no", "label": {"en": "No", "fr": "Non"}}]

SMALL = {
    "format_version": 1,
    "id": "small",
    "title": {"en": "What helps a team?", "fr": "Qu’est-ce qui aide une équipe?"},
    "languages": ["en", "fr"],
    "frame": {"question": {"en": "What helps most, what least?", "fr": "Qu’est-ce qui aide le plus, le moins?"}},
    "items": [
        {"id": name, "label": {"en": name.title(), "fr": f"Le {name}"}, "short_label": name}
        for name in ("trust", "time", "money", "tools", "tea", "tact", "talk")
    ],
    "groups": [{"id": one, "label": one, "short_label": one} for one in ("HP", "P")],
    "consent": {"version": "2", "sections": ["Please read."], "agreement": {"en": "I agree.", "fr": "J’accepte."}},
    "background": [
        {"id": "age", "type": "number", "text": "How old are you?", "required": True, "smallest": 0, "largest": 120},
        {"id": "role", "type": "single", "text": "What is your role?", "required": True,
         "options": [{"id": one, "label": one} for one in ("nurse", "parent", "other")]},
        {"id": "areas", "type": "multiple", "text": "Which areas?",
         "options": [{"id": "pain", "label": "Pain", "children": [{"id": "acute", "label": "Acute pain"}]},
                     {"id": "none", "label": "None", "exclusive": True}]},
        {"id": "years", "type": "number", "text": "How many years?", "groups": ["HP"], "required": True},
    ],
    "eligibility": [{"reason": "under_18", "requires": {"question": "age", "at_least": 18},
                     "message": {"en": "This study is for adults.", "fr": "Cette étude est pour les adultes."}}],
    "group_rules": [{"group": "HP", "when": {"question": "role", "equals": "nurse"}},
                    {"group": "P", "when": {"question": "role", "equals": "parent"}}],
    "glossary": [{"term": "Tea", "meaning": "A hot drink."}],
    "task_explanation": {"en": "Choose two.", "fr": "Choisissez-en deux."},
    "worked_example": {"introduction": "Pizza.", "question": "Which topping?", "items": ["Ham", "Rocket", "Corn"],
                       "most": 1, "least": 3, "explanation": "Alex chose ham."},
    "design": {"per_task": 3},
    "quality_questions": [{"id": "clear", "type": "single", "text": "Was it clear?", "options": YES_NO}],
    "demographics": [{"id": "country", "type": "text", "text": "Which country?"}],
    "thanks": "Many thanks.",
}  # fmt: skip

TASKS = 8
"""Seven tasks of three, and one of them again."""

NURSE = {"q-age": "40", "q-role": "nurse", "q-areas": ["acute"]}
PARENT = {"q-age": "40", "q-role": "parent"}


@pytest.fixture
def open_study(db: None) -> Study:
    return make_study()


def make_study(**changes: object) -> Study:
    from commonground.files.study import parse_study

    text = json.dumps({**SMALL, **changes}, ensure_ascii=False)
    found = parse_study(text, "small.yaml")
    return Study.objects.create(document=text, document_hash=found.hash, title=str(found.study.title), is_open=True)


@dataclass
class Participant:
    """A browser at a study, without scripts."""

    study: Study
    client: Client = field(default_factory=Client)
    page: HttpResponse | None = None

    def url(self, key: str = "") -> str:
        return f"/s/{self.study.public_id}/{key + '/' if key else ''}"

    def open(self, key: str = "", **query: str) -> HttpResponse:
        self.page = self.client.get(self.url(key), query, follow=True)
        return self.page

    def hidden(self, name: str) -> str:
        assert self.page is not None
        return re.search(rf'name="{name}" value="([^"]*)"', self.page.content.decode()).group(1)  # type: ignore[union-attr]  # a missing field is a failure

    def send(
        self, data: Mapping[str, object] = {}, key: str | None = None, **more: object
    ) -> HttpResponse:  # read only
        """Send the page as it stands; follows the redirect."""
        fields = {"stamp": self.hidden("stamp"), "go": "next", **(data or {}), **more}
        self.page = self.client.post(self.url(self.key), fields, follow=True)
        return self.page

    @property
    def key(self) -> str:
        """The page one is on."""
        assert self.page is not None
        path = (
            self.page.redirect_chain[-1][0]
            if getattr(self.page, "redirect_chain", None)
            else self.page.request["PATH_INFO"]
        )
        return path.partition("?")[0].removeprefix(self.url()).strip("/")

    @property
    def text(self) -> str:
        assert self.page is not None
        return self.page.content.decode()

    @property
    def session(self) -> Session:
        return Session.objects.get(study=self.study)

    @property
    def code(self) -> str:
        return self.client.cookies[f"commonground_visit_{self.study.public_id}"].value

    def agree(self, **more: str) -> "Participant":
        self.open()
        self.page = self.client.post(self.url(), {"visit": self.hidden("visit"), "agree": "yes", **more}, follow=True)
        return self

    def answer_background(self, role: Mapping[str, object] = NURSE) -> "Participant":
        self.send(role)
        if self.key == "background-2":
            self.send({"q-years": "12"})
        return self

    def reach_tasks(self, role: Mapping[str, object] = NURSE) -> "Participant":
        self.agree().answer_background(role)
        self.send()
        self.send()
        assert self.key == "task-1"
        return self

    def shown(self) -> list[str]:
        return re.findall(r'name="most" value="([^"]*)"', self.text)

    def pick(self, best: int = 0, worst: int = 1) -> HttpResponse:
        items = self.shown()
        return self.send({"most": items[best], "least": items[worst]})

    def do_tasks(self, number: int = TASKS) -> "Participant":
        for _task in range(number):
            self.pick()
        return self

    def finish(self) -> "Participant":
        self.reach_tasks().do_tasks()
        self.send({"q-clear": "yes"})
        self.send({"q-country": "Canada"})
        assert self.key == "thanks"
        return self


@pytest.fixture
def participant(open_study: Study) -> Participant:
    return Participant(open_study)


@pytest.fixture
def another(open_study: Study) -> Callable[[], Participant]:
    """Another device at the same study."""
    return lambda: Participant(open_study)


@pytest.fixture
def study_with() -> Callable[..., Study]:
    """The small study with changes."""
    return make_study


@pytest.fixture
def at(db: None) -> type[Participant]:
    """A participant at any study: `at(study)`."""
    return Participant

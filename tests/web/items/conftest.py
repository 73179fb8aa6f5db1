"""A list under review: short ways to do what people do on the pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from commonground.web.items import actions
from commonground.web.items.standing import development_of
from commonground.web.studies.models import Study

RATED = {
    "relevance": "yes",
    "coherence": "yes",
    "practicality": "partly",
    "independence": "no",
    "nondominance": "yes",
    "nonsubordinance": "unsure",
}


class Pages:
    """An owner's browser at the pages of one study."""

    def __init__(self, client: Client, study: Study) -> None:
        self.client, self.study = client, study

    def at(self, rest: str) -> str:
        return f"/studies/{self.study.public_id}/{rest}"

    def text(self, rest: str = "items/") -> str:
        answer = self.client.get(self.at(rest))
        assert answer.status_code == 200, (rest, answer.status_code)
        return answer.content.decode()

    def send(self, rest: str, **fields: object) -> int:
        return self.client.post(self.at(rest), fields).status_code

    def open_round(self, kind: str = "panel", title: str = "") -> int:
        assert self.send("items/rounds/", kind=kind, title=title) == 302
        return len(development_of(self.study).rounds)

    def link(self, label: str = "Person A", role: str = "P", number: int = 1) -> str:
        answer = self.client.post(self.at(f"items/rounds/{number}/reviewers/"), {"label": label, "role": role})
        (found,) = re.findall(r"/review/[\w-]+/", answer.content.decode())
        return found

    def decide_all(self, reason: str = "nothing against it") -> None:
        number = len(development_of(self.study).rounds)
        assert self.send(f"items/rounds/{number}/keep/", reason=reason) == 302

    @property
    def order(self) -> tuple[str, ...]:
        return development_of(self.study).order


@pytest.fixture
def pages(as_owner: Client, study: Study) -> Pages:
    """The owner at a study whose list has not been started."""
    return Pages(as_owner, study)


@pytest.fixture
def started(pages: Pages, owner: object) -> Pages:
    """The same, with the items of the study document on the list."""
    actions.start_from_document(study=pages.study, actor=owner)  # type: ignore[arg-type]  # a user
    return pages


@pytest.fixture
def rate() -> Callable[..., None]:
    """Rate one item by a link, without an account: `rate(link, 1, comment="…", independence="yes")`."""

    def send(link: str, place: int, comment: str = "", **marks: str) -> None:
        answer = Client().post(f"{link}items/{place}/", {**RATED, **marks, "comment": comment, "go": "next"})
        assert answer.status_code == 302

    return send

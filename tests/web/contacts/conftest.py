"""A study that asks for contact details, and people who have finished it."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from commonground.files.study import parse_study
from commonground.web.accounts.models import User
from commonground.web.respond.actions import give_consent
from commonground.web.respond.codes import code_for, new_visit_key
from commonground.web.studies.actions import give_access
from commonground.web.studies.models import Study

DOCUMENT = {
    "format_version": 1,
    "id": "small",
    "title": {"en": "What helps a team?", "fr": "Qu’est-ce qui aide une équipe?"},
    "languages": ["en", "fr"],
    "frame": {"question": {"en": "What helps most, what least?", "fr": "Qu’est-ce qui aide le plus, le moins?"}},
    "items": [{"id": one, "label": one.title(), "short_label": one} for one in ("trust", "time", "money", "tea")],
    "groups": [{"id": "all", "label": "Everybody", "short_label": "All"}],
    "consent": {"version": "1", "sections": ["Please read."], "agreement": "I agree."},
    "task_explanation": "Choose two.",
    "design": {"per_task": 3},
    "thanks": "Many thanks.",
    "fielding": {
        "contacts": {
            "wishes": ["draw", "results", "future"],
            "draw": {"prizes": 2, "prize": {"en": "a book", "fr": "un livre"}},
            "deleted_on": "2090-01-31",
        }
    },
}


@pytest.fixture
def study_asking(owner: User) -> Callable[..., Study]:
    """Make a study with changes to what it asks: `study_asking(deleted_on="2026-01-31")`."""

    def make(**changes: object) -> Study:
        contacts = {**DOCUMENT["fielding"]["contacts"], **changes}
        found = parse_study(json.dumps({**DOCUMENT, "fielding": {"contacts": contacts}}), "small.yaml")
        study = Study.objects.create(
            document=found.text, document_hash=found.hash, title=str(found.study.title), is_open=True
        )
        give_access(study, owner)
        return study

    return make


@pytest.fixture
def asking(study_asking: Callable[..., Study]) -> Study:
    """An open study with all three wishes."""
    return study_asking()


@pytest.fixture
def finished() -> Callable[[Study], Client]:
    """A new person's browser at the end of the study: all that counts here is the cookie and the status."""

    def finish(study: Study, **changes: object) -> Client:
        code, client = code_for(new_visit_key()), Client()
        session = give_consent(study=study, code=code, language="en", now=timezone.now())
        for name, value in {"status": "complete", "completed_at": timezone.now(), **changes}.items():
            setattr(session, name, value)
        session.save()
        client.cookies[f"commonground_visit_{study.public_id}"] = code
        return client

    return finish

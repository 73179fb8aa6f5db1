"""Queries whose SQL is kept: the same objects as Django finds, for any values, JSON and moments included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonground.web.prepared import Prepared
from commonground.web.respond.models import Session
from commonground.web.studies.models import Study

BY_NAME = Prepared(
    lambda study, names: Session.objects.filter(study_id=study, respondent=names, is_pilot=False).order_by(), -1, "name"
)


@pytest.fixture
def sessions(study: Study) -> list[Session]:
    made = [
        Session.objects.create(study=study, respondent=name, answers={"a": [1, "b"]}, started_at=timezone.now())
        for name in ("anna", "bert")
    ]
    Session.objects.create(study=study, respondent="pilot", is_pilot=True)
    return made


def test_the_same_rows_are_found_as_by_the_query_itself(study: Study, sessions: list[Session]) -> None:
    for one in sessions:
        found = BY_NAME.first(study.pk, one.respondent)
        plain = Session.objects.get(pk=one.pk)
        columns = [field.attname for field in Session._meta.concrete_fields]
        assert found is not None
        assert {name: getattr(found, name) for name in columns} == {name: getattr(plain, name) for name in columns}
    assert BY_NAME.first(study.pk, "pilot") is None  # what is fixed in the query stays
    assert BY_NAME.rows(study.pk + 1, "anna") == []


def test_what_is_found_can_be_changed_and_saved(study: Study, sessions: list[Session]) -> None:
    found = BY_NAME.first(study.pk, "anna")
    assert found is not None
    found.answers = {**found.answers, "c": 2}
    found.save()
    assert Session.objects.get(pk=found.pk).answers == {"a": [1, "b"], "c": 2}
    assert Session.objects.count() == 3


def test_what_is_deferred_is_fetched_when_it_is_asked_for(study: Study) -> None:
    short = Prepared(lambda public_id: Study.objects.defer("document").filter(public_id=public_id), "public id")
    found = short.first(study.public_id)
    assert found is not None
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert found.title == study.title
        assert len(asked) == 0
        assert found.document == study.document
    assert len(asked) == 1


def test_a_value_is_never_read_as_sql(study: Study, sessions: list[Session]) -> None:
    assert BY_NAME.rows(study.pk, "' OR '1'='1") == []

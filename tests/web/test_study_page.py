"""The owner's pages, their counts and their downloads, from stored answers."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from commonground.files.choices import read_choices
from commonground.files.designs import read_design
from commonground.files.respondents import read_respondents
from commonground.files.study import read_study
from commonground.web.studies.actions import set_open
from commonground.web.studies.designs import design_of
from commonground.web.studies.models import Study


def page(client: Client, study: Study) -> str:
    return client.get(study.get_absolute_url()).content.decode()


def downloaded(client: Client, study: Study, name: str, folder: Path) -> Path:
    answer = client.get(f"/studies/{study.public_id}/files/{name}")
    assert f'filename="{study.public_id}-{name}"' in answer.headers["Content-Disposition"]
    path = folder / name
    path.write_bytes(answer.content)
    return path


def test_the_home_page_lists_my_studies_and_what_waits(as_owner: Client, study: Study) -> None:
    home = as_owner.get("/").content.decode()
    assert study.title in home
    assert "0 of 127 planned answers" in home
    assert "Waits for you to open it." in home


def test_without_a_study_the_home_page_starts_one(as_owner: Client) -> None:
    home = as_owner.get("/").content.decode()
    assert 'href="/studies/new/"' in home
    assert 'href="/partnerships/new/"' in home


def test_another_owners_study_is_not_listed(client: Client, study: Study, stranger: object) -> None:
    client.force_login(stranger)
    assert study.title not in client.get("/").content.decode()


def test_a_study_says_first_what_is_next(as_owner: Client, study: Study) -> None:
    assert "Next: try it with a few people" in page(as_owner, study)
    set_open(study, is_open=True)
    opened = page(as_owner, study)
    assert "Next: send the link" in opened
    assert f"http://localhost:8000/s/{study.public_id}/" in opened
    as_owner.post(f"/studies/{study.public_id}/collection/", {"to": "close"})
    assert not Study.objects.get(pk=study.pk).is_open
    assert "Next: open the study" in page(as_owner, study)
    as_owner.post(f"/studies/{study.public_id}/collection/", {"to": "open"})
    assert Study.objects.get(pk=study.pk).is_open


def test_the_design_is_told_in_sentences(as_owner: Client, study: Study) -> None:
    assert "11 tasks of 5 items. Everyone sees every item 5 times and every pair twice." in page(as_owner, study)


def test_people_are_counted_by_group(as_owner: Client, study: Study, answered: Callable[..., Study]) -> None:
    answered(study, HP=3, R=2, P=2, stopped=1)
    found = " ".join(page(as_owner, study).split())
    assert "3 of 64" in found
    assert "<dd>7</dd>" in found  # answered every task
    assert "<dd>10</dd>" in found  # began the tasks
    assert "2 people did not fit the study." in found


def test_a_simulated_study_says_so(as_owner: Client, study: Study, answered: Callable[..., Study]) -> None:
    Study.objects.update(kind=Study.Kind.SIMULATED)
    answered(study, HP=2)
    assert "Most answers here are simulated" in page(as_owner, study)


def test_a_page_takes_few_queries(
    as_owner: Client, study: Study, answered: Callable[..., Study], django_assert_max_num_queries: Callable[..., object]
) -> None:
    answered(study, HP=5, R=5, P=5)
    with django_assert_max_num_queries(15):
        as_owner.get(study.get_absolute_url())


class TestDownloads:
    def test_the_tables_read_back_as_what_was_answered(
        self, as_owner: Client, study: Study, answered: Callable[..., Study], tmp_path: Path
    ) -> None:
        answered(study, HP=3, R=2, P=2, stopped=1)
        data = read_choices(downloaded(as_owner, study, "choices.csv", tmp_path)).data
        people = read_respondents(downloaded(as_owner, study, "respondents.csv", tmp_path)).table
        assert len(data.respondents) == 10
        assert data.repeats.size >= 7
        assert people.values("status").count("complete") == 7
        assert people.values("status").count("ineligible") == 2
        assert set(data.respondents) <= set(people.respondents)

    def test_design_and_document_are_those_of_the_study(self, as_owner: Client, study: Study, tmp_path: Path) -> None:
        items = [item.id for item in study.record().items]
        design = read_design(downloaded(as_owner, study, "design.csv", tmp_path), items).design
        assert design.versions == design_of(study).versions
        assert read_study(downloaded(as_owner, study, "study.yaml", tmp_path)).hash == study.document_hash

    def test_no_name_and_no_address_is_in_any_table(
        self, as_owner: Client, study: Study, answered: Callable[..., Study]
    ) -> None:
        answered(study, HP=2, R=2, P=2)
        content = as_owner.get(f"/studies/{study.public_id}/files/respondents.csv").content.decode()
        header = next(csv.reader(io.StringIO(content)))
        assert not {"email", "name", "address", "ip", "user_agent"} & {column.lower() for column in header}
        assert "@" not in content
        assert "127.0.0.1" not in content

    def test_a_study_without_answers_gives_tables_without_rows(self, as_owner: Client, study: Study) -> None:
        content = as_owner.get(f"/studies/{study.public_id}/files/choices.csv").content.decode()
        assert content.startswith("respondent,task,")
        assert len(content.splitlines()) == 1

    @pytest.mark.parametrize("name", ["secret-key", "..%2Fsecret-key", "commonground.sqlite3", "counts.csv"])
    def test_nothing_else_can_be_had(self, as_owner: Client, study: Study, name: str) -> None:
        assert as_owner.get(f"/studies/{study.public_id}/files/{name}").status_code == 404


class TestThePublishedStudy:
    @pytest.fixture
    def published(self, study: Study) -> Study:
        Study.objects.update(kind=Study.Kind.PUBLISHED, title="The published study")
        return Study.objects.get()

    def test_says_what_it_is(self, as_owner: Client, published: Study) -> None:
        found = page(as_owner, published)
        assert "The published study" in found
        assert "never published" in found

    def test_offers_its_counts_and_no_answers(self, as_owner: Client, published: Study) -> None:
        assert as_owner.get(f"/studies/{published.public_id}/files/choices.csv").status_code == 404
        counts = as_owner.get(f"/studies/{published.public_id}/files/counts.csv").content.decode()
        assert "open" in counts
        assert "123" in counts

    def test_cannot_be_opened(self, as_owner: Client, published: Study) -> None:
        as_owner.post(f"/studies/{published.public_id}/collection/", {"to": "open"})
        assert not Study.objects.get().is_open

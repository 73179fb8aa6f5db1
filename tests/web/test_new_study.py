"""Adding a study: a template, a file or a text; mistakes are named as `commonground check` names them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonground.web.studies.models import Study
from commonground.web.workspaces.models import Member

NEW = "/studies/new/"


def words(client: Client, **sent: object) -> str:
    answer = client.post(NEW, sent)
    assert answer.status_code == 422
    assert not Study.objects.exists()
    return answer.content.decode()


def test_a_template_becomes_a_closed_study_of_mine(as_owner: Client) -> None:
    answer = as_owner.post(NEW, {"template": "partner-priorities"})
    study = Study.objects.get()
    assert answer.headers["Location"] == study.get_absolute_url()
    assert not study.is_open
    assert Member.objects.get().user.email == "owner@example.org"


def test_a_pasted_document_becomes_a_study(as_owner: Client, study_text: str) -> None:
    as_owner.post(NEW, {"text": study_text})
    study = Study.objects.get()
    assert study.document == study_text
    assert len(study.document_hash) == 64


def test_an_uploaded_document_becomes_a_study_even_with_a_byte_order_mark(as_owner: Client, study_text: str) -> None:
    file = SimpleUploadedFile("ours.yaml", b"\xef\xbb\xbf" + study_text.encode(), "application/yaml")
    as_owner.post(NEW, {"file": file})
    assert Study.objects.count() == 1


def test_each_mistake_is_named_with_its_line_and_its_mend(as_owner: Client, study_text: str) -> None:
    lines = study_text.splitlines()
    number = next(place for place, line in enumerate(lines, start=1) if line.startswith("  per_task:"))
    lines[number - 1] = "  per_task: many"
    page = words(as_owner, text="\n".join(lines))
    assert f"study.yaml, line {number}" in page
    assert "per_task: many" in page  # what was sent is still in the field


def test_the_name_of_the_uploaded_file_is_in_the_message(as_owner: Client) -> None:
    page = words(as_owner, file=SimpleUploadedFile("ours.yaml", b"title: [", "application/yaml"))
    assert "ours.yaml, line" in page


def test_nothing_sent_asks_for_something(as_owner: Client) -> None:
    assert "There is no study document yet" in words(as_owner)


def test_a_file_that_is_no_text_is_refused(as_owner: Client) -> None:
    assert "UTF-8" in words(as_owner, file=SimpleUploadedFile("a.yaml", b"\xff\xfe\x00", "application/yaml"))


def test_a_huge_file_is_refused(as_owner: Client) -> None:
    huge = SimpleUploadedFile("a.yaml", b"# " + b"a" * 1_000_001, "application/yaml")
    assert "larger" in words(as_owner, file=huge)


def test_an_unknown_template_is_no_study(as_owner: Client) -> None:
    words(as_owner, template="no-such")
    assert as_owner.get("/studies/templates/no-such.yaml").status_code == 404


def test_the_template_can_be_taken_away_and_brought_back(as_owner: Client) -> None:
    answer = as_owner.get("/studies/templates/partner-priorities.yaml")
    assert 'filename="partner-priorities.yaml"' in answer.headers["Content-Disposition"]
    as_owner.post(NEW, {"text": answer.content.decode()})
    assert Study.objects.count() == 1


def test_two_studies_of_one_document_have_links_of_their_own(as_owner: Client) -> None:
    for _ in range(2):
        as_owner.post(NEW, {"template": "partner-priorities"})
    assert len({study.public_id for study in Study.objects.all()}) == 2

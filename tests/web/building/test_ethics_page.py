"""What an ethics board asks: written on one page, read by the people who take part."""

from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.building.ethics_forms import TEXTS, EthicsForm
from commonground.web.studies.actions import change_document, set_open
from commonground.web.studies.models import Study


def filled(study: Study, **changes: str) -> dict[str, str]:
    """The form as the page shows it, with some fields otherwise."""
    form = EthicsForm(record=study.record())
    return {name: str(form[name].value() or "") for name in form.fields} | {"base": study.document_hash} | changes


def send(client: Client, study: Study, **changes: str) -> str:
    answer = client.post(f"/studies/{study.public_id}/ethics/", filled(study, **changes), follow=True)
    study.refresh_from_db()
    return " ".join(answer.content.decode().split())


def test_every_text_has_a_field_for_each_language(study: Study) -> None:
    form = EthicsForm(record=study.record())
    assert {f"{asked.name}-{language}" for asked in TEXTS for language in ("en", "fr")} < set(form.fields)


def test_texts_are_saved_in_the_document(as_owner: Client, study: Study) -> None:
    texts = {
        "approval": "REB 12",
        "complaints-en": "Write to the board.",
        "complaints-fr": "Écrivez au comité\u00a0: reb@uni.ca",
        "guardianship-en": "A parent agrees first.",
    }
    assert "The texts are saved." in send(as_owner, study, **texts)
    ethics = study.record().ethics
    assert ethics.approval == "REB 12"
    assert ethics.complaints
    assert ethics.complaints.root == {"en": "Write to the board.", "fr": "Écrivez au comité\u00a0: reb@uni.ca"}
    assert ethics.guardianship
    assert ethics.guardianship.root == {"en": "A parent agrees first."}
    assert study.record().contact == study.record().contact


def test_what_is_left_alone_makes_no_version(as_owner: Client, study: Study) -> None:
    before = study.document
    assert "Nothing was different" in send(as_owner, study)
    assert study.document == before
    assert not study.document_versions.exists()


def test_after_the_launch_texts_may_change_and_a_changed_consent_needs_a_version(
    as_owner: Client, study: Study, owner: User
) -> None:
    set_open(study, is_open=True, actor=owner)
    send(as_owner, study, **{"distress-en": "Call 9-8-8.", "distress-fr": "Appelez le 9-8-8."})
    assert study.record().ethics.distress
    refused = send(as_owner, study, **{"withdrawal-en": "Until the lock.", "withdrawal-fr": "Jusqu’au verrou."})
    assert "the consent a new" in refused
    assert study.record().consent.withdrawal is None
    send(as_owner, study, **{"withdrawal-en": "Until the lock.", "withdrawal-fr": "Jusqu’au verrou.", "version": "2"})
    assert study.record().consent.version == "2"
    assert study.record().consent.withdrawal


def test_people_read_what_is_filled_in_and_nothing_else(as_owner: Client, study: Study, client: Client) -> None:
    texts = {
        "approval": "REB 12",
        "controller-en": "Our university",
        "controller-fr": "Notre université",
        "distress-en": "Call 9-8-8.",
        "distress-fr": "Appelez le 9-8-8.",
    }
    send(as_owner, study, **texts)
    set_open(study, is_open=True)
    client.logout()
    first = client.get(f"/s/{study.public_id}/", follow=True).content.decode()
    assert "REB 12" in first
    assert "Our university" in first
    assert first.count("Call 9-8-8.") == 2  # beside the consent, and at the foot of every page
    assert "If you are under 18" not in first
    french = client.get(f"/s/{study.public_id}/?language=fr", follow=True).content.decode()
    assert "Notre université" in french


def test_the_page_says_whether_people_under_18_could_take_part(as_owner: Client, study: Study, owner: User) -> None:
    def said() -> str:
        return " ".join(as_owner.get(f"/studies/{study.public_id}/ethics/").content.decode().split())

    assert "A question and its rule keep people under 18 out." in said()
    text = study.document.replace('question: adult, equals: "yes"', 'question: adult, any_of: ["yes", "no"]')
    study = change_document(study=study, text=text, name="study.yaml", actor=owner)
    assert "People under 18 could take part" in said()

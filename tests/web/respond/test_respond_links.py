"""Links of one's own, personal invitations, dates, full groups: who comes in by which way, and who does not."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.collecting.actions import add_source, make_invitations, set_link_open
from commonground.web.respond.models import Invitation, Session
from commonground.web.studies.actions import give_access, set_open
from commonground.web.studies.models import Study

TODAY = datetime.now(UTC).date()


@pytest.fixture
def live(study: Study) -> Study:
    set_open(study, is_open=True)
    return study


def consent_page(client: Client, study: Study, **query: str) -> dict[str, str]:
    page = client.get(study.public_path, query)
    assert page.status_code == 200
    return hidden_fields(page.content.decode())


def hidden_fields(page: str) -> dict[str, str]:
    import re

    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def agree(client: Client, study: Study, **query: str) -> Session:
    fields = consent_page(client, study, **query)
    answer = client.post(study.public_path, {**fields, "agree": "yes"})
    assert answer.status_code == 302, answer.content.decode()
    return Session.objects.latest("pk")


def text_of(client: Client, study: Study, **query: str) -> str:
    return client.get(study.public_path, query).content.decode()


def test_the_link_somebody_came_by_is_kept_through_consent(live: Study, owner: User) -> None:
    link = add_source(study=live, label="Clinic poster", group="P", planned=20, actor=owner)
    assert link.slug == "clinic-poster"
    assert agree(Client(), live, **{"from": link.slug}).source == "clinic-poster"
    assert agree(Client(), live).source == ""
    assert agree(Client(), live, **{"from": "nobody-made-this"}).source == ""


def test_two_links_with_one_name_stay_apart(live: Study, owner: User) -> None:
    slugs = [add_source(study=live, label="Newsletter", group="", planned=None, actor=owner).slug for _ in range(3)]
    assert slugs == ["newsletter", "newsletter-2", "newsletter-3"]


def test_a_change_of_language_and_a_change_of_mind_keep_the_link(live: Study, owner: User) -> None:
    add_source(study=live, label="Poster", group="", planned=None, actor=owner)
    client = Client()
    fields = consent_page(client, live, **{"from": "poster"})
    page = client.post(live.public_path, {**fields, "language": "fr"}).content.decode()
    declined = client.post(live.public_path, {**hidden_fields(page), "decline": "yes"}).content.decode()
    back = client.post(live.public_path, {**hidden_fields(declined), "reconsider": "yes"}).content.decode()
    client.post(live.public_path, {**hidden_fields(back), "agree": "yes"})
    assert [one.source for one in Session.objects.all()] == ["poster"]


def test_a_link_that_is_switched_off_lets_nobody_new_in(live: Study, owner: User) -> None:
    inside = Client()
    agree(inside, live)
    set_link_open(study=live, slug="", is_open=False, actor=owner)
    assert "This link is no longer in use" in text_of(Client(), live)
    assert "This link is no longer in use" in text_of(Client(), live, **{"from": "made-up"})
    assert Client().post(live.public_path, {"visit": "x", "agree": "yes"}).status_code == 200
    assert Session.objects.count() == 1
    assert inside.get(live.public_path).status_code == 302
    set_link_open(study=live, slug="", is_open=True, actor=owner)
    agree(Client(), live)


def test_an_invitation_begins_one_session_and_leads_back_to_it_anywhere(live: Study, owner: User) -> None:
    (token,) = make_invitations(study=live, number=1, source=None, actor=owner)
    first = agree(Client(), live, invitation=token)
    elsewhere = Client()
    assert elsewhere.get(live.public_path, {"invitation": token.lower()}).status_code == 302
    page = elsewhere.get(live.public_path, follow=True)
    assert "background-1" in page.redirect_chain[-1][0]
    again = Client().post(live.public_path, {"visit": "another", "agree": "yes", "invitation": token})
    assert again.status_code == 302
    assert list(Session.objects.all()) == [first]


def test_an_invitation_comes_before_what_a_shared_device_remembers(live: Study, owner: User) -> None:
    one, two = make_invitations(study=live, number=2, source=None, actor=owner)
    tablet = Client()
    first, second = agree(tablet, live, invitation=one), agree(tablet, live, invitation=two)
    assert first != second
    tablet.get(live.public_path, {"invitation": one})
    cookie = tablet.cookies[f"commonground_visit_{live.public_id}"].value
    from commonground.web.respond.codes import code_hash

    assert code_hash(cookie) == first.code_hash


def test_nothing_in_the_database_joins_an_invitation_to_its_answers(live: Study, owner: User) -> None:
    tokens = make_invitations(study=live, number=3, source=None, actor=owner)
    session = agree(Client(), live, invitation=tokens[1])
    used = Invitation.objects.get(is_used=True)
    assert token_free(used, tokens)
    assert {field.name for field in Invitation._meta.fields} == {"id", "study", "source", "token_hash", "is_used"}
    assert session.code_hash != used.token_hash


def token_free(invitation: Invitation, tokens: tuple[str, ...]) -> bool:
    return not any(token.replace("-", "") in invitation.token_hash for token in tokens)


def test_with_invitations_alone_the_open_link_is_shut(live: Study, owner: User) -> None:
    set_link_open(study=live, slug="", is_open=False, actor=owner)
    (token,) = make_invitations(study=live, number=1, source=None, actor=owner)
    agree(Client(), live, invitation=token)
    assert "This invitation is not known here" in text_of(Client(), live, invitation="ABCD-EFGH-JKMN")
    assert "This invitation is not known here" in text_of(Client(), live, invitation="nonsense")


def test_an_invitation_of_another_study_is_none_here(live: Study, owner: User, study_text: str) -> None:
    from commonground.web.studies.actions import add_study

    other = add_study(owner=owner, text=study_text, name="study.yaml")
    (token,) = make_invitations(study=other, number=1, source=None, actor=owner)
    assert "This invitation is not known here" in text_of(Client(), live, invitation=token)


def test_the_list_of_invitations_is_made_once(as_owner: Client, live: Study, owner: User) -> None:
    link = add_source(study=live, label="Letters", group="", planned=None, actor=owner)
    where = f"/studies/{live.public_id}/collecting/invitations/"
    made = as_owner.post(where, {"number": "3", "source": link.slug})
    rows = list(csv.DictReader(io.StringIO(made.content.decode())))
    assert [set(row) for row in rows] == [{"invitation", "link"}] * 3
    assert agree(Client(), live, invitation=rows[0]["invitation"]).source == "letters"
    page = as_owner.get(where).content.decode()
    assert not any(row["invitation"] in page for row in rows)
    assert as_owner.post(where, {"number": "0"}).status_code == 422


def test_dates_are_kept_in_universal_time(owner: User, study_text: str) -> None:
    from commonground.web.respond.doors import Shut, shut_now
    from commonground.web.studies.actions import add_study

    text = study_text + "\nfielding:\n  opens_on: 2026-03-01\n  closes_on: 2026-03-31\n"
    study = add_study(owner=owner, text=text, name="study.yaml")
    set_open(study, is_open=True)
    first = datetime(2026, 3, 1, tzinfo=UTC)
    after = datetime(2026, 4, 1, tzinfo=UTC)
    when = {
        first - timedelta(seconds=1): Shut.NOT_YET,
        first: None,
        after - timedelta(seconds=1): None,
        after: Shut.OVER,
    }
    assert {moment: shut_now(study, study.record(), moment) for moment in when} == when


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"opens_on": (TODAY + timedelta(9)).isoformat()}, "This study has not begun yet"),
        ({"closes_on": (TODAY - timedelta(9)).isoformat()}, "This study is over"),
    ],
)
def test_outside_its_dates_nobody_begins(
    dates: dict[str, str], words: str, db: None, study_with: Callable[..., Study]
) -> None:
    study = study_with(fielding=dates)
    assert words in text_of(Client(), study)
    Client().post(study.public_path, {"visit": "x", "agree": "yes"})
    assert not Session.objects.exists()


def test_who_comes_when_a_group_is_full_is_told_so_and_may_correct_a_slip(
    study_with: Callable[..., Study], at: type
) -> None:
    study = study_with(fielding={"quotas": [{"group": "HP", "most": 1}]})
    under_way = at(study).reach_tasks()
    at(study).reach_tasks().do_tasks()
    late = at(study).agree().answer_background()
    assert "the study can take no more from this group" in late.text
    session = Session.objects.latest("pk")
    assert (session.status, session.reason, session.assignment) == ("ineligible", "group_full", None)
    late.open("background-1")
    late.send({"q-age": "40", "q-role": "parent"})
    session.refresh_from_db()
    assert (session.status, session.reason, session.earlier_reason) == ("eligible", "", "")
    under_way.do_tasks()
    assert Session.objects.filter(status="complete").count() == 2


def test_the_pilot_neither_fills_a_group_nor_waits_for_a_date(study_with: Callable[..., Study], at: type) -> None:
    dates = {"opens_on": (TODAY + timedelta(9)).isoformat(), "quotas": [{"group": "HP", "most": 1}]}
    study = study_with(fielding=dates)
    study.is_pilot = True
    study.save()
    for _person in range(2):
        at(study).reach_tasks().do_tasks()
    assert Session.objects.of(study, pilot=True).filter(status="complete").count() == 2


def test_a_table_names_a_link_only_where_several_came_by_it(live: Study, owner: User) -> None:
    from commonground.web.respond.export import respondent_table

    for label, people in (("Many", 5), ("Few", 4)):
        add_source(study=live, label=label, group="", planned=None, actor=owner)
        for _person in range(people):
            agree(Client(), live, **{"from": label.lower()})
    assert set(respondent_table(live).values("source")) == {"many", None}
    assert respondent_table(live).values("source").count("many") == 5


def test_the_code_is_a_picture_made_here(as_owner: Client, live: Study, owner: User) -> None:
    add_source(study=live, label="Poster", group="", planned=None, actor=owner)
    picture = as_owner.get(f"/studies/{live.public_id}/collecting/code.svg", {"from": "poster"})
    assert picture.headers["Content-Type"] == "image/svg+xml"
    drawing = picture.content.decode()
    assert drawing.startswith("<svg")
    assert "style=" not in drawing
    assert as_owner.get(f"/studies/{live.public_id}/collecting/code.svg", {"from": "none"}).status_code == 404
    page = as_owner.get(f"/studies/{live.public_id}/collecting/poster/", {"from": "poster"}).content.decode()
    assert f"{live.public_url}?from=poster" in page


def test_links_are_made_and_switched_on_their_page(as_owner: Client, live: Study) -> None:
    where = f"/studies/{live.public_id}/collecting/links/"
    as_owner.post(where, {"label": "Parents’ newsletter", "group": "P", "planned": "30"})
    page = as_owner.get(where).content.decode()
    assert f"{live.public_url}?from=parents-newsletter" in page
    as_owner.post(f"{where}switch/", {"link": "parents-newsletter", "to": "off"})
    assert "This link is no longer in use" in text_of(Client(), live, **{"from": "parents-newsletter"})
    assert as_owner.post(where, {"label": ""}).status_code == 422


def test_the_page_of_collecting_tells_people_by_link_and_where_they_stop(
    as_owner: Client, owner: User, study_with: Callable[..., Study], at: type
) -> None:
    study = study_with(fielding={"quotas": [{"group": "HP", "most": 1}]})
    give_access(study, owner)
    add_source(study=study, label="Poster", group="", planned=7, actor=owner)
    at(study).finish()
    at(study).agree()
    page = as_owner.get(f"/studies/{study.public_id}/collecting/").content.decode()
    assert "1 of 1" in page
    assert "Task 8" in page
    assert "whoever has a link can take part" in page


def test_a_pilot_is_opened_answered_and_taken_away_apart(
    as_owner: Client, study: Study, answered: Callable[..., Study]
) -> None:
    where = f"/studies/{study.public_id}/collecting/"
    as_owner.post(f"{where}pilot/", {"to": "open"})
    study.refresh_from_db()
    assert (study.is_open, study.is_pilot) == (True, True)
    session = agree(Client(), study)
    assert session.is_pilot
    assert "1 person has taken part in the pilot" in as_owner.get(where).content.decode()
    table = as_owner.get(f"{where}pilot/respondents.csv")
    assert session.respondent in table.content.decode()
    assert "pilot" in table.headers["Content-Disposition"]
    assert session.respondent not in as_owner.get(f"/studies/{study.public_id}/files/respondents.csv").content.decode()
    as_owner.post(f"{where}pilot/", {"to": "close"})
    set_open(study, is_open=True)
    as_owner.post(f"{where}pilot/", {"to": "open"})
    study.refresh_from_db()
    assert not study.is_pilot

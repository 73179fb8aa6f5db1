"""The questionnaire built in the browser: every edit lands in the document, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from commonground.files.yaml_lines import load
from commonground.web.accounts.models import User
from commonground.web.studies.actions import change_document, set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import set_role
from commonground.web.workspaces.roles import Role

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


def test_options_move_nest_and_are_pasted(as_owner: Client, small: Study) -> None:
    where = address(small, "question/role/")
    sent = fields(as_owner.get(where).content.decode())
    sent |= {"options.pasted": ["Patient\r\nCaregiver\r\n"]}
    page = as_owner.post(where, {**sent, "do": "paste:options"}).content.decode()
    sent = fields(page) | {"options.3.is_under": ["yes"]}
    page = as_owner.post(where, {**sent, "do": "up:options:1"}).content.decode()
    assert as_owner.post(where, {**fields(page), "do": "save"}).status_code == 302
    (role, _years) = values(small)["background"]
    assert [option["id"] for option in role["options"]] == ["researcher", "hp", "patient"]
    assert role["options"][2]["children"] == [{"id": "caregiver", "label": {"en": "Caregiver"}}]


def test_questions_move_are_copied_and_removed(as_owner: Client, small: Study) -> None:
    move = address(small, "question/years/move/")
    as_owner.post(move, {"do": "copy"})
    as_owner.post(address(small, "question/years-2/move/"), {"do": "up"})
    assert [one["id"] for one in values(small)["background"]] == ["role", "years-2", "years"]
    assert "# who" in small.document
    as_owner.post(address(small, "question/years-2/remove/"))
    assert [one["id"] for one in values(small)["background"]] == ["role", "years"]


def test_a_question_that_rules_look_at_stays_and_the_page_says_why(as_owner: Client, small: Study) -> None:
    before = small.document
    page = as_owner.post(address(small, "question/role/remove/"), follow=True).content.decode()
    assert "looks at the question" in page
    small.refresh_from_db()
    assert small.document == before


def test_a_rule_is_built_step_by_step(as_owner: Client, small: Study) -> None:
    where = address(small, "question/years/")
    sent = fields(as_owner.get(where).content.decode()) | {"rule.new": ["role"]}
    page = as_owner.post(where, {**sent, "do": "add:rule"}).content.decode()
    assert "is one of the ticked answers" in page
    unfinished = as_owner.post(where, {**fields(page), "do": "save"})
    assert unfinished.status_code == 422
    assert "is not complete yet" in unfinished.content.decode()
    sent = fields(page) | {"rule.0.values": ["researcher"]}
    assert as_owner.post(where, {**sent, "do": "save"}).status_code == 302
    assert values(small)["background"][1]["show_if"] == {"question": "role", "equals": "researcher"}
    assert "Only if “Which are you?” is “Researcher”" in as_owner.get(address(small)).content.decode()


def test_rules_inside_rules_are_kept_as_they_are(as_owner: Client, small: Study, owner: User) -> None:
    nested = (
        "{any: [{all: [{question: role, equals: hp}, {question: years, at_least: 2}]}, {question: years, equals: 1}]}"
    )
    text = SMALL.replace("{question: role, equals: hp}}", nested + "}")
    small = change_document(study=small, text=text, name="study.yaml", actor=owner)
    where = address(small, "rules/group_rules/1/")
    assert "is “Health professional” and “How many years?” is at least 2" in as_owner.get(where).content.decode()
    assert saved(as_owner, where).status_code == 302
    small.refresh_from_db()
    assert small.document == text


def test_an_eligibility_rule_with_a_reason_and_a_message(as_owner: Client, small: Study) -> None:
    where = address(small, "rules/eligibility/0/")
    sent = fields(as_owner.get(where).content.decode()) | {"rule.new": ["years"]}
    page = as_owner.post(where, {**sent, "do": "add:rule"}).content.decode()
    sent = fields(page) | {"rule.0.value": ["1"], "message.en": ["Sorry."], "reason": ["too-new"]}
    assert as_owner.post(where, {**sent, "do": "save"}).status_code == 302
    rule = {"reason": "too-new", "message": {"en": "Sorry."}, "requires": {"question": "years", "at_least": 1}}
    assert values(small)["eligibility"] == [rule]
    assert "too-new" in as_owner.get(address(small, "rules/")).content.decode()
    as_owner.post(address(small, "rules/eligibility/1/move/"), {"do": "drop", "base": small.document_hash})
    assert "eligibility" not in values(small)


def test_a_new_name_is_followed_by_the_rules(as_owner: Client, small: Study) -> None:
    changes = {"id": "who", "options__0__id": "professional"}
    assert saved(as_owner, address(small, "question/role/"), **changes).status_code == 302
    found = values(small)
    assert found["background"][0]["id"] == "who"
    assert found["group_rules"][0] == {"group": "HP", "when": {"question": "who", "equals": "professional"}}


def test_what_cannot_be_comes_back_as_it_was_typed(as_owner: Client, small: Study) -> None:
    answer = saved(as_owner, address(small, "question/years/"), smallest="nine", text__en="", text__fr="Combien?")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="nine"' in page
    assert "Please write a number" in page
    answer = saved(as_owner, address(small, "question/years/"), smallest="9", largest="3", help__en="A guess")
    assert answer.status_code == 422
    assert "no number is at least 9 and at most 3" in answer.content.decode()
    assert 'value="A guess"' in answer.content.decode()


def test_what_the_form_can_tell_it_tells_in_the_language_of_the_page(as_owner: Client, small: Study) -> None:
    as_owner.post("/language/", {"language": "fr"})
    where = address(small, "question/role/")
    twice = saved(as_owner, where, options__0__id="same", options__1__id="same", id="years").content.decode()
    assert "Deux réponses ont le code «\u00a0same\u00a0»." in twice
    assert "Une autre question porte le nom «\u00a0years\u00a0»." in twice
    wrong = saved(as_owner, where, options__0__id="2 b", options__1__label__en="", options__1__label__fr="")
    assert "Commencez par une lettre" in wrong.content.decode()
    assert wrong.status_code == 422


def test_the_second_of_two_people_keeps_their_text_and_is_told(as_owner: Client, small: Study, owner: User) -> None:
    where = address(small, "question/years/")
    mine = fields(as_owner.get(where).content.decode()) | {"text.en": ["Mine?"], "do": ["save"]}
    elsewhere = SMALL.replace("Which are you", "Who are you")
    small = change_document(study=small, text=elsewhere, name="study.yaml", actor=owner)
    assert as_owner.post(where, mine).status_code == 302, "another question is nobody's conflict"
    assert values(small)["background"][1]["text"]["en"] == "Mine?"
    assert values(small)["background"][0]["text"]["en"] == "Who are you?"
    refused = as_owner.post(where, mine | {"text.en": ["Once more?"]})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Somebody else has changed this meanwhile" in page
    assert "Once more?" in page
    again = fields(page) | {"do": ["save"]}
    assert as_owner.post(where, again).status_code == 302
    assert values(small)["background"][1]["text"]["en"] == "Once more?"


def test_what_one_writes_while_another_removes_it_can_be_put_back(as_owner: Client, small: Study) -> None:
    where = address(small, "question/years/")
    mine = fields(as_owner.get(where).content.decode()) | {"text.en": ["Mine?"], "do": ["save"]}
    as_owner.post(address(small, "question/years/remove/"))
    refused = as_owner.post(where, mine)
    assert refused.status_code == 409
    assert "Mine?" in refused.content.decode()
    assert as_owner.post(where, fields(refused.content.decode()) | {"do": ["save"]}).status_code == 302
    assert values(small)["background"][1]["text"]["en"] == "Mine?"


def test_a_second_group_needs_a_rule_first(as_owner: Client, study: Study, owner: User) -> None:
    from commonground.files.templates import template_text

    blank = change_document(study=study, text=template_text("blank"), name="study.yaml", actor=owner)
    where = address(blank, "texts/groups/")
    page = as_owner.post(where, {**fields(as_owner.get(where).content.decode()), "do": "add:groups"}).content.decode()
    sent = {**fields(page), "groups.1.label.en": "B", "groups.1.short_label.en": "B", "groups.1.id": "B", "do": "save"}
    refused = as_owner.post(where, sent)
    assert refused.status_code == 422
    assert "add a rule for it" in refused.content.decode()


def test_who_may_look_sees_the_questionnaire_and_no_buttons(client: Client, small: Study, stranger: User) -> None:
    assert small.workspace
    set_role(workspace=small.workspace, user=stranger, role=Role.VIEWER)
    client.force_login(stranger)
    page = client.get(address(small)).content.decode()
    assert "Which are you?" in page
    assert "question/role/" not in page
    for where in ("question/role/", "texts/consent/", "rules/eligibility/0/", "background/new/"):
        assert client.get(address(small, where)).status_code == 403
    languages = f"/studies/{small.public_id}/languages"
    assert client.get(f"{languages}/background/").status_code == 200
    assert client.post(f"{languages}/background/", {"base": small.document_hash}).status_code == 403


def test_after_launch_meaning_stays_and_hints_may_change(as_owner: Client, small: Study, owner: User) -> None:
    set_open(small, is_open=True, actor=owner)
    refused = saved(as_owner, address(small, "question/years/"), text__en="Other?")
    assert refused.status_code == 422
    assert "make a new study" in refused.content.decode()
    assert "Other?" in refused.content.decode()
    assert saved(as_owner, address(small, "question/years/"), help__en="A guess is fine.").status_code == 302
    assert values(small)["background"][1]["help"] == {"en": "A guess is fine."}


def test_partner_groups_get_new_codes_and_company(as_owner: Client, small: Study) -> None:
    where = address(small, "texts/groups/")
    page = as_owner.post(where, {**fields(as_owner.get(where).content.decode()), "do": "add:groups"}).content.decode()
    sent = fields(page) | {"groups.0.id": ["PRO"], "groups.2.id": ["P"], "do": ["save"]}
    sent |= {"groups.2.label.en": ["Patients"], "groups.2.short_label.en": ["P"]}
    assert as_owner.post(where, sent).status_code == 302
    found = values(small)
    assert [group["id"] for group in found["groups"]] == ["PRO", "R", "P"]
    assert found["group_rules"][0]["group"] == "PRO"


def test_the_ends_of_a_scale_and_a_point_between(as_owner: Client, small: Study) -> None:
    where = address(small, "quality_questions/new/?kind=scale")
    sent = fields(as_owner.get(where).content.decode()) | {
        "text.en": ["How clear?"],
        "low.en": ["Not"],
        "high.en": ["Very"],
    }
    sent = fields(as_owner.post(where, {**sent, "do": "add:points"}).content.decode())
    sent |= {"points.0.at": ["3"], "points.0.label.en": ["Half"], "do": ["save"]}
    assert as_owner.post(where, sent).status_code == 302
    scale = {"low": {"en": "Not"}, "high": {"en": "Very"}, "points": [{"at": 3, "label": {"en": "Half"}}]}
    assert values(small)["quality_questions"][0]["scale"] == scale
    assert saved(as_owner, address(small, "question/how-clear/")).status_code == 302
    assert values(small)["quality_questions"][0]["scale"] == scale


@pytest.mark.parametrize("kind", ["number", "text", "long_text", "date", "country", "information"])
def test_every_kind_without_answers_is_made_and_changed(as_owner: Client, small: Study, kind: str) -> None:
    where = address(small, f"demographics/new/?kind={kind}&after=role")
    assert saved(as_owner, where, text__en="What?").status_code == 302
    (made,) = values(small)["demographics"]
    assert made == {"id": "what", "type": kind, "text": {"en": "What?"}}
    assert as_owner.get(f"/studies/{small.public_id}/preview/").status_code == 200


HOSTILE = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:7 }}"


def test_nothing_typed_becomes_code(as_owner: Client, small: Study) -> None:
    for where in ("question/years/", "texts/about/", "texts/consent/", "texts/groups/", "texts/frame/", "texts/words/"):
        sent = fields(as_owner.get(address(small, where)).content.decode())
        fixed = ("base", "kind", "do", "version", "id", "minutes", "given_by", "smallest", "largest")
        for name in sent:
            is_free = name.rpartition(".")[2] not in {"n", "was", "id", "planned"} and not name.startswith("rule.")
            if name not in fixed and is_free:
                sent[name] = [HOSTILE for _one in sent[name]]
        answer = as_owner.post(address(small, where), {**sent, "do": "save"})
        assert answer.status_code in {302, 422}, where
        assert "<script>alert" not in answer.content.decode(), where
    assert str(small.record().title) != HOSTILE
    pages = [
        address(small),
        address(small, "question/years/"),
        address(small, "texts/groups/"),
        address(small, "rules/"),
    ]
    pages += [f"/studies/{small.public_id}/{rest}/" for rest in ("languages", "languages/who", "preview", "document")]
    pages += [f"/studies/{small.public_id}/preview/walk/", f"/studies/{small.public_id}/preview/walk/background-1/"]
    for where in pages:
        page = as_owner.get(where).content.decode()
        assert "<script>alert" not in page, where
        assert "<img src=x" not in page, where
    assert "&lt;script&gt;alert(1)" in as_owner.get(address(small)).content.decode()

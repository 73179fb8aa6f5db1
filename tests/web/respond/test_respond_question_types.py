"""Scales, rankings, dates and countries as a browser without scripts sends them, and what is said in French."""

import html

import pytest

OPTIONS = [{"id": one, "label": one.title()} for one in ("tea", "time", "talk")]
QUESTIONS = [
    {"id": "note", "type": "information", "text": {"en": "Two\n\nparagraphs.", "fr": "Deux\n\nparagraphes."}},
    {"id": "heard", "type": "scale", "text": "Heard?", "required": True,
     "scale": {"low": {"en": "Never", "fr": "Jamais"}, "high": "Always", "not_applicable": "Not for me"}},
    {"id": "rank", "type": "ranking", "text": "Rank?", "options": OPTIONS},
    {"id": "since", "type": "date", "text": "Since?", "earliest": "2001-02-03", "latest": "2026-01-31"},
    {"id": "month", "type": "date", "text": "Month?", "precision": "month", "earliest": "2001-02"},
    {"id": "born", "type": "date", "text": "Born?", "precision": "year", "latest": 2010},
    {"id": "where", "type": "country", "text": "Where?", "first_listed": ["CA"]},
    {"id": "later", "type": "text", "text": "Why never?", "show_if": {"question": "heard", "at_most": 2}},
    {"id": "mine", "type": "text", "text": "Only here", "show_if": {"question": "where", "equals": "CA"}},
    {"id": "hot", "type": "text", "text": "Why tea?", "show_if": {"question": "rank", "ranked_first": "tea"}},
]  # fmt: skip
NOTHING = {
    "q-heard": "3", "q-rank": ["", "", ""], "q-since": ["", "", ""], "q-month": ["", ""], "q-born": "", "q-where": "",
}  # fmt: skip


RULES = [
    {"group": "HP", "when": {"question": "heard", "at_least": 3}},
    {"group": "P", "when": {"question": "heard", "at_most": 2}},
]


@pytest.fixture
def person(study_with, at):
    """A participant at the first page of a study whose background questions are of these types."""
    return at(study_with(background=QUESTIONS, eligibility=[], group_rules=RULES))


def everything(person) -> str:
    return html.unescape(person.text)


def send_all(person, answers: dict[str, object]) -> None:
    """Send page after page, each with those of the answers that belong to it."""
    for _page in range(8):
        if not person.key.startswith("background"):
            return
        before = person.key
        person.send({name: value for name, value in answers.items() if f'name="{name}"' in person.text})
        if person.key == before:
            return


def test_every_answer_is_stored_and_shown_again(person) -> None:
    person.agree()
    send_all(person, NOTHING | {
        "q-heard": "4", "q-rank": ["tea:2", "time:1", "talk:3"], "q-since": ["3", "2", "2001"],
        "q-month": ["12", "2010"], "q-born": "1990", "q-where": "CA", "q-mine": "Here.",
    })  # fmt: skip
    assert person.session.answers == {
        "note": None, "heard": 4, "rank": ["time", "tea", "talk"], "since": "2001-02-03", "month": "2010-12",
        "born": 1990, "where": "CA", "mine": "Here.",
    }  # fmt: skip
    shown = ""
    for number in range(1, 6):
        person.open(f"background-{number}")
        shown += everything(person)
    assert '<option value="tea:2" selected>' in shown
    assert '<option value="12" selected>December</option>' in shown
    assert '<option value="CA" selected>Canada</option>' in shown
    assert 'value="2001"' in shown
    assert 'value="1990"' in shown


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"q-heard": ""}, "Cette question attend encore une réponse"),
        ({"q-heard": "6"}, "Choisissez l’une des réponses proposées"),
        ({"q-rank": ["tea:1", "time:1", ""]}, "Un même rang est donné à deux réponses"),
        ({"q-rank": ["tea:1", "", ""]}, "Veuillez donner chaque rang de 1 à 3"),
        ({"q-since": ["3", "", "2001"]}, "le jour, le mois et l’année"),
        ({"q-since": ["31", "4", "2001"]}, "Cette date n’existe pas"),
        ({"q-since": ["2", "2", "2001"]}, "entre ces limites : 3 février 2001 – 31 janvier 2026"),
        ({"q-month": ["1", "2001"]}, "La date la plus ancienne possible est : février 2001"),
        ({"q-month": ["1", ""]}, "Veuillez indiquer le mois et l’année"),
        ({"q-born": "2011"}, "La date la plus récente possible est : 2010"),
        ({"q-born": "90"}, "une année à quatre chiffres"),
        ({"q-where": "XX"}, "Choisissez l’une des réponses proposées"),
    ],
)
def test_what_is_wrong_is_said_in_french_beside_the_question(person, sent: dict[str, object], told: str) -> None:
    person.agree(in_language="fr")
    send_all(person, NOTHING | sent)
    assert person.page.status_code == 422
    said = " ".join(everything(person).replace("\u00a0", " ").split())
    (name,) = sent
    problem = said.partition(f'id="{name}-problem">')[2].partition("</p>")[0]
    assert told in problem


def test_conditions_on_the_new_types_decide_what_is_asked_next(person) -> None:
    person.agree()
    send_all(
        person, NOTHING | {"q-heard": "2", "q-rank": ["tea:1", "time:2", "talk:3"], "q-where": "FR", "q-later": "So."}
    )
    assert person.session.group == "P"
    assert set(person.session.answers) == {
        "note", "heard", "rank", "since", "month", "born", "where", "later", "hot",
    }  # fmt: skip


def test_a_text_to_read_keeps_its_paragraphs_and_has_no_field(person) -> None:
    person.agree()
    assert "Two\n\nparagraphs." in person.text
    assert 'name="q-note"' not in person.text


def test_countries_stand_in_the_language_of_the_page(person) -> None:
    person.agree(in_language="fr")
    send_all(person, {name: value for name, value in NOTHING.items() if name != "q-where"} | {"q-where": "XX"})
    assert "États-Unis" in everything(person)
    assert everything(person).index(">Canada<") < everything(person).index(">Afghanistan<")


def test_the_ends_of_a_long_scale_stay_in_the_names_of_their_points(study_with, at) -> None:
    """Under the row they are for the eye alone; a screen reader hears them with the points."""
    ends = {"low": "Not likely", "high": "Very likely"}
    wide = {"id": "wide", "type": "scale", "text": "Likely?", "smallest": 0, "largest": 10, "scale": ends}
    person = at(study_with(background=[wide], eligibility=[], groups=[{"id": "HP", "label": "A", "short_label": "A"}],
                           group_rules=[])).agree()  # fmt: skip
    label = person.text.partition('<label class="choice" for="q-wide-10">')[2].partition("</label>")[0]
    assert "Very likely" in label
    assert '<p class="scale-ends" aria-hidden="true">' in person.text

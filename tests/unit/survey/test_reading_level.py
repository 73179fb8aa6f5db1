"""How many syllables words have, and how hard texts are to read."""

import pytest

from commonground.survey.reading_level import reading_level, syllables_in

ENGLISH = {
    "a": 1, "the": 1, "answer": 2, "answers": 2, "answered": 2, "important": 3, "least": 1, "most": 1, "people": 2,
    "study": 2, "studies": 2, "patient": 2, "patients": 2, "caregiver": 3, "researcher": 3, "partner": 2,
    "knowledge": 2, "mobilization": 5, "information": 4, "consent": 2, "agree": 2, "voluntary": 4, "anonymous": 4,
    "question": 2, "questions": 2, "page": 1, "pages": 2, "choose": 1, "chosen": 2, "choice": 1, "choices": 2,
    "changed": 1, "needed": 2, "wanted": 2, "little": 2, "table": 2, "tables": 2, "example": 3, "minutes": 2,
    "language": 2, "device": 2, "address": 2, "again": 2, "also": 2, "area": 3, "idea": 3, "being": 2, "going": 2,
    "statement": 2, "something": 2, "carefully": 3, "experience": 4, "professional": 4, "university": 5, "data": 2,
    "because": 2, "before": 2, "please": 1, "saved": 1, "type": 1, "typed": 1, "opinion": 3, "region": 2,
    "participate": 4, "participation": 5, "resources": 3, "leadership": 3, "communication": 5, "flexible": 3,
    "culture": 2, "respect": 2, "team": 1, "members": 2, "health": 1, "children": 2, "pain": 1, "withdraw": 2,
    "social": 2, "special": 2, "variety": 4, "create": 2, "you": 1, "your": 1, "their": 1, "once": 1, "every": 2,
}  # fmt: skip
FRENCH = {
    "le": 1, "une": 1, "les": 1, "question": 2, "réponse": 2, "réponses": 2, "équipe": 2, "recherche": 2,
    "chercheur": 2, "connaissances": 3, "santé": 2, "patient": 2, "important": 3, "langue": 1, "page": 1, "choisir": 2,
    "élément": 3, "participation": 5, "étude": 2, "consentement": 4, "vous": 1, "votre": 1, "enfant": 2, "douleur": 2,
    "proche": 1, "aidant": 2, "partenaire": 3, "merci": 2, "suivant": 2, "répondre": 2, "veuillez": 2, "parlent": 1,
    "souvent": 2, "parent": 2, "comment": 2, "travail": 2, "travaillent": 2, "expérience": 3, "temps": 1, "utile": 2,
}  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("fr", FRENCH)])
def test_nearly_all_common_words_are_counted_right(language: str, words: dict[str, int]) -> None:
    wrong = {
        word: syllables_in(word, language) for word, number in words.items() if syllables_in(word, language) != number
    }
    assert len(wrong) <= 0.05 * len(words), wrong


def test_a_known_text_has_about_its_known_grade() -> None:
    """The opening of Lincoln’s address at Gettysburg: 30 words, 1 sentence, 46 syllables."""
    text = (
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in "
        "Liberty, and dedicated to the proposition that all men are created equal."
    )
    level = reading_level([text], "en")
    assert level is not None
    assert (level.words, level.sentences) == (30, 1)
    assert level.score == pytest.approx(0.39 * 30 + 11.8 * 46 / 30 - 15.59, abs=0.8)


def test_short_sentences_of_short_words_are_easy_in_both_languages() -> None:
    english = reading_level(
        ["We ask what you need. You pick two cards. Then you go on. That is all there is to it. "] * 3, "en"
    )
    french = reading_level(
        ["Nous vous posons des questions. Vous choisissez deux cartes. Puis vous passez à la page suivante."] * 3, "fr"
    )
    assert english is not None
    assert french is not None
    assert english.score < 3
    assert french.score > 60
    assert not english.is_hard
    assert not french.is_hard


def test_long_words_in_long_sentences_are_hard() -> None:
    text = (
        "Participation necessitates authorization by institutional representatives responsible for confidentiality, "
        "considering jurisdictional requirements, organizational characteristics, and contractual obligations "
        "regarding international dissemination of identifiable information."
    )
    level = reading_level([text] * 2, "en")
    assert level is not None
    assert level.is_hard


def test_other_languages_and_a_few_words_have_no_level() -> None:
    assert reading_level(["Wir fragen, was Sie brauchen. "] * 20, "de") is None
    assert reading_level(["Most important"], "en") is None


def test_a_shortened_word_ends_no_sentence() -> None:
    level = reading_level(
        ["People you work with (e.g. nurses, etc.) may help you when you have to decide on your own what is best."] * 2,
        "en",
    )
    assert level is not None
    assert level.sentences == 2

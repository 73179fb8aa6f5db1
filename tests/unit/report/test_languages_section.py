"""What the report says of languages: who answered in which, what differs, how the texts were translated."""

from dataclasses import replace

from commonground.analysis.languages import GroupLanguages
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.records.translation import Translation, TranslationCheck
from commonground.report.languages import languages_section
from commonground.report.names import names_of
from commonground.report.parts import Note, Paragraph, Table

STUDY = parse_study(template_text("partner-priorities")).study.model_copy(update={"translations": ()})
NAMES = names_of(STUDY, "en")
FRENCH = Translation(
    language="fr", translated_by="Marie", checked=TranslationCheck.FORWARD_BACK, checked_by="Jean", on="2026-03"
)
FEW = GroupLanguages("P", {"en": 40, "fr": 3}, ("en",), None)


def test_nothing_is_said_where_all_read_the_original() -> None:
    study = STUDY.model_copy(update={"translations": (FRENCH,)})
    english = (GroupLanguages("P", {"en": 9}, (), None),)
    assert languages_section(study, (), NAMES, changed=0, smallest_cell=5) == ()
    assert languages_section(study, english, NAMES, changed=0, smallest_cell=5) == ()


def test_a_study_that_all_read_in_translation_shows_who_translated() -> None:
    study = STUDY.model_copy(update={"translations": (FRENCH,)})
    french = (GroupLanguages("P", {"fr": 9}, (), None),)
    (section,) = languages_section(study, french, NAMES, changed=0, smallest_cell=5)
    assert [block.text for block in section.blocks if isinstance(block, Paragraph)] == [
        "Everybody whose language is known answered in French."
    ]
    assert any(isinstance(block, Table) for block in section.blocks)


def test_few_people_are_neither_counted_nor_compared() -> None:
    (section,) = languages_section(STUDY, (FEW,), NAMES, changed=2, smallest_cell=5)
    told = " ".join(block.text for block in section.blocks if isinstance(block, Paragraph))
    assert "40 people in English and fewer than 5 people in French" in told
    assert "Too few answered in French to tell; 10 are needed." in told
    assert "Fewer than 5 people changed language on the way" in told
    assert "3 people" not in told


def test_a_missing_record_of_the_translation_is_told() -> None:
    (section,) = languages_section(STUDY, (FEW,), NAMES, changed=0, smallest_cell=5)
    notes = [block.text for block in section.blocks if isinstance(block, Note)]
    assert "The study document does not say who translated the texts into French." in notes


def test_the_record_of_the_translation_is_shown() -> None:
    study = STUDY.model_copy(update={"translations": (FRENCH,)})
    (section,) = languages_section(
        study, (replace(FEW, people={"en": 40, "fr": 12}),), NAMES, changed=0, smallest_cell=5
    )
    tables = [block for block in section.blocks if isinstance(block, Table)]
    assert tables[0].rows[0].cells == {
        "language": "French", "translated": "Marie", "checked": "translated back and compared, by Jean",
        "on": "2026-03", "note": None,
    }  # fmt: skip
    assert not any(isinstance(block, Note) and block.heading == "Not told." for block in section.blocks)

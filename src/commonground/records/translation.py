"""Who translated the texts of a study, and how that was checked."""

from enum import StrEnum

from pydantic import Field

from commonground.records.dates import PartialDate
from commonground.records.questions import Part


class TranslationCheck(StrEnum):
    """How somebody made sure that a translation says the same."""

    FORWARD_BACK = "forward_back"
    """Translated back by another person, and the two originals compared."""
    PANEL = "panel"
    """Several translators and people of the language agreed on the wording together."""
    SECOND_READER = "second_reader"
    """Another person who speaks both languages read them side by side."""
    NOT_CHECKED = "not_checked"


class Translation(Part):
    """How the texts came into one language."""

    language: str = Field(min_length=2, description="which language, as in 'languages'")
    translated_by: str = Field(
        min_length=1, description="who translated: names, a bureau, or a program and who used it"
    )
    checked: TranslationCheck = Field(
        default=TranslationCheck.NOT_CHECKED, description="how it was made sure that the texts say the same"
    )
    checked_by: str = Field(default="", description="who checked")
    on: PartialDate | None = Field(
        default=None, description="when the translation was finished: a day, a month or a year"
    )
    note: str = Field(default="", description="anything else, such as words that were hard to translate")

"""Text that people read, in one language or several."""

from collections.abc import Iterator
from typing import Any

from pydantic import ConfigDict, Field, RootModel, model_validator

EVERY_LANGUAGE = "*"

_A_TEXT = "One text for every language, or a text for each: {en: …, fr: …}."


def _plain_text_too(schema: dict[str, Any]) -> None:
    """In a study document a plain text may stand for all languages; the JSON Schema says so."""
    texts = {key: schema.pop(key) for key in ("type", "additionalProperties", "minProperties") if key in schema}
    schema["description"] = _A_TEXT
    schema["anyOf"] = [{"type": "string", "minLength": 1}, texts]


class Words(RootModel[dict[str, str]]):
    """A text per language; a plain string serves every language.

    Examples
    --------
    >>> Words.model_validate({"en": "Yes", "fr": "Oui"}).in_language("fr")
    'Oui'
    >>> Words.model_validate("Yes").in_language("fr")
    'Yes'
    """

    model_config = ConfigDict(frozen=True, json_schema_extra=_plain_text_too)
    root: dict[str, str] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, given: object) -> object:
        return {EVERY_LANGUAGE: given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _not_empty(self) -> "Words":
        for language, text in self.root.items():
            if not text.strip():
                raise ValueError(
                    "this text is empty" if language == EVERY_LANGUAGE else f"the text for '{language}' is empty"
                )
        return self

    def in_language(self, language: str) -> str:
        """The text in this language, else the one for every language, else the first there is."""
        return self.root.get(language) or self.root.get(EVERY_LANGUAGE) or next(iter(self.root.values()))

    def languages(self) -> Iterator[str]:
        """The languages this text is written in."""
        return iter(self.root)

    def __str__(self) -> str:
        return next(iter(self.root.values()))

"""What may still change in a study once people have answered it, and what may not.

Answers keep their meaning only while the items, the question of every task, the design, the questions and their
options, the rules and the plan stay what they were when people answered. A new language, a contact address or a
thank-you page change nothing about that.
"""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from commonground.records.errors import Problem
from commonground.records.questions import Option, Question, QuestionType
from commonground.records.study import Item, PartnerGroup, ScreeningRules, Study
from commonground.records.words import Words

FREE: dict[type[BaseModel], frozenset[str]] = {
    Study: frozenset({"title", "description", "languages", "citation", "minutes", "contact", "consent", "glossary",
                      "task_explanation", "worked_example", "thanks", "fielding", "ethics", "translations"}),
    Item: frozenset({"provenance", "cfir", "family", "short_label"}),
    PartnerGroup: frozenset({"planned", "short_label"}),
    Question: frozenset({"help", "first_listed"}),
    Option: frozenset(),
    ScreeningRules: frozenset({"appeal"}),
}  # fmt: skip
"""Fields that may change, by the part they stand in; everything else may not."""

MEND = "Keep it as it was, or make a new study from this one: collected answers never change their meaning."
MEND_CONSENT = "Give the consent a new 'version': which text a person agreed to is recorded with the answers."
MEND_LANGUAGE = "Keep the language: people have answered in it."


def changes_of_meaning(before: Study, after: Study) -> tuple[Problem, ...]:
    """Everything in a changed study document that would change what collected answers mean.

    Parameters
    ----------
    before : Study
        The document people have answered.
    after : Study
        The document as it is to become.

    Returns
    -------
    tuple of Problem
        One for each place, with the way to mend it; empty where the change may be made.

    Examples
    --------
    >>> from commonground.records.words import Words
    >>> item = Item(id="a", label=Words({"en": "Trust"}), short_label=Words({"en": "Trust"}))
    >>> in_french = item.model_copy(update={"label": Words({"en": "Trust", "fr": "Confiance"})})
    >>> reworded = item.model_copy(update={"label": Words({"en": "Mistrust"})})
    >>> list(changed_parts(item, in_french, "item a")), list(changed_parts(item, reworded, "item a"))
    ([], ['item a.label'])
    """
    found = [
        Problem("Answers depend on this, and it has changed.", where, MEND) for where in changed_parts(before, after)
    ]
    if before.consent.version == after.consent.version and before.consent != after.consent:
        found.append(Problem("The consent reads differently under the same version.", "consent", MEND_CONSENT))
    gone = [language for language in before.languages if language not in after.languages]
    found += [Problem(f"The language '{language}' is gone.", "languages", MEND_LANGUAGE) for language in gone]
    return tuple(found)


def changed_parts(before: object, after: object, where: str = "") -> Iterator[str]:
    """The places at which two parts differ in what matters; words in a new language do not."""
    match before, after:
        case Words(), Words():
            if any(after.root.get(language) != text for language, text in before.root.items()):
                yield where
        case BaseModel(), BaseModel():
            yield from _changed_fields(before, after, where)
        case tuple(), tuple():
            yield from _changed_list(before, after, where)  # pyright: ignore[reportUnknownArgumentType]  # parts of a study
        case _:
            if before != after:
                yield where


def _free(part: BaseModel) -> frozenset[str]:
    """Fields of a part that may change; a text to read between questions is no question."""
    free = FREE.get(type(part), frozenset())
    is_text = isinstance(part, Question) and part.type is QuestionType.INFORMATION
    return free | {"text"} if is_text else free


def _changed_fields(before: BaseModel, after: BaseModel, where: str) -> Iterator[str]:
    free = _free(before)
    for name in type(before).model_fields:
        if name not in free:
            place = f"{where}.{name}" if where else name
            yield from changed_parts(getattr(before, name), getattr(after, name, None), place)


def _changed_list(before: Sequence[object], after: Sequence[object], where: str) -> Iterator[str]:
    if len(before) != len(after):
        yield where
        return
    for place, (was, becomes) in enumerate(zip(before, after, strict=True), start=1):
        name = getattr(was, "id", "")
        yield from changed_parts(was, becomes, f"{where} {name or place}")

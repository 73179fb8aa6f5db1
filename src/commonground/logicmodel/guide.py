"""A focus-group guide made from the mechanisms of a logic model: three questions for each, and a round to close."""

from dataclasses import dataclass

from commonground.logicmodel.model import LogicModel
from commonground.records.words import Words


@dataclass(frozen=True, slots=True)
class GuidePart:
    """A part of the talk: what it is about, minutes, and questions to ask."""

    about: Words
    minutes: int
    questions: tuple[Words, ...]


OPENING = GuidePart(
    Words({"en": "Arriving", "fr": "Pour commencer"}),
    5,
    (
        Words(
            {
                "en": "In one sentence: what was this project for you?",
                "fr": "En une phrase : qu’a été ce projet pour vous ?",
            }
        ),
    ),
)
CLOSING = GuidePart(
    Words({"en": "Looking back", "fr": "Pour finir"}),
    10,
    (
        Words(
            {
                "en": "What did we not ask that mattered?",
                "fr": "Qu’est-ce qui comptait et que nous n’avons pas demandé ?",
            }
        ),
        Words({"en": "What should the next group know?", "fr": "Que devrait savoir le prochain groupe ?"}),
    ),
)
FEWEST_MINUTES = 5


def focus_group_guide(model: LogicModel, *, minutes: int = 60) -> tuple[GuidePart, ...]:
    """A guide of about so many minutes: an opening, one part a mechanism, a closing."""
    left = minutes - OPENING.minutes - CLOSING.minutes
    each = max(left // max(len(model.mechanisms), 1), FEWEST_MINUTES)
    parts = (GuidePart(one.name, each, _questions(one.assumption)) for one in model.mechanisms)
    return (OPENING, *parts, CLOSING)


def _questions(assumption: Words) -> tuple[Words, ...]:
    return (
        Words(
            {
                "en": f"We assumed: {assumption.in_language('en')} When did you see that, and when not?",
                "fr": f"Nous supposions : {assumption.in_language('fr')} Quand l’avez-vous vu, et quand non ?",
            }
        ),
        Words(
            {
                "en": "For whom did it work less well, and why?",
                "fr": "Pour qui cela a-t-il moins bien marché, et pourquoi ?",
            }
        ),
        Words({"en": "What would you change?", "fr": "Que changeriez-vous ?"}),
    )

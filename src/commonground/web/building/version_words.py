"""What changed from one document to the next, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonground.survey.differences import Difference, Kind

LONGEST = 300
"""Letters of a text that are shown; the whole is in the document."""

PARTS: Mapping[str, Promise] = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "languages": gettext_lazy("Languages"),
    "citation": gettext_lazy("The study it follows"),
    "minutes": gettext_lazy("Minutes it takes"),
    "contact": gettext_lazy("Whom to ask"),
    "frame": gettext_lazy("Question of every task"),
    "items": gettext_lazy("Items"),
    "groups": gettext_lazy("Partner groups"),
    "consent": gettext_lazy("Consent"),
    "background": gettext_lazy("Questions before the tasks"),
    "eligibility": gettext_lazy("Who can take part"),
    "group_rules": gettext_lazy("Who belongs to which group"),
    "glossary": gettext_lazy("Words explained"),
    "task_explanation": gettext_lazy("How a task works"),
    "worked_example": gettext_lazy("Worked example"),
    "design": gettext_lazy("Design"),
    "quality_questions": gettext_lazy("Questions after the tasks"),
    "demographics": gettext_lazy("Questions about the person"),
    "thanks": gettext_lazy("Last page"),
    "translations": gettext_lazy("Translations"),
    "fielding": gettext_lazy("Fielding"),
    "ethics": gettext_lazy("Ethics"),
    "screening": gettext_lazy("Screening"),
    "analysis": gettext_lazy("Analysis plan"),
}
"""What the parts of a study document are called."""


@dataclass(frozen=True, slots=True)
class Told:
    """A difference as the page shows it."""

    part: str
    place: str
    kind: str
    before: str
    after: str


def told(one: Difference) -> Told:
    """One difference in words; the place within its part as the document names it."""
    kinds = {
        Kind.ADDED: _("added"),
        Kind.REMOVED: _("taken away"),
        Kind.CHANGED: _("changed"),
        Kind.MOVED: _("in another order"),
    }
    part = PARTS.get(one.place[0])
    name = str(part) if part is not None else one.place[0]
    return Told(name, " · ".join(one.place[1:]), kinds[one.kind], _short(one.before), _short(one.after))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"

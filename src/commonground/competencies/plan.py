"""A development plan: who learns what, how, with whose help, by when, and what will show it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commonground.records.words import Words


class LineState(StrEnum):
    """Where a line of the plan stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan; `person` empty: the whole team."""

    capability: str
    activity: str
    person: str = ""
    support: str = ""
    due: date | None = None
    evidence: str = ""
    state: LineState = LineState.PLANNED


@dataclass(frozen=True, slots=True)
class Activity:
    """A way of learning."""

    id: str
    label: Words


ACTIVITIES = tuple(
    Activity(name, Words({"en": english, "fr": french}))
    for name, english, french in (
        ("methods-training", "Sound training in research methods", "Formation solide aux méthodes de recherche"),
        ("immersion", "Time spent inside the health system", "Immersion dans le système de santé"),
        ("professional", "Professional development", "Développement professionnel"),
        ("problem-based", "Learning from real problems", "Apprentissage à partir de problèmes réels"),
        ("reflection", "Guided reflection", "Réflexion guidée"),
        ("interprofessional", "Facilitated work between disciplines", "Travail animé entre professions et disciplines"),
        ("active", "Less lecturing, more doing", "Moins de cours magistraux, plus de pratique"),
        ("contexts", "Working together across places and settings", "Travail commun entre lieux et contextes"),
        ("apprenticeship", "Supervision or apprenticeship", "Supervision ou compagnonnage"),
        ("mentoring", "A mentor", "Mentorat"),
        ("communities", "A learning community or community of practice", "Communauté d’apprentissage ou de pratique"),
        ("in-residence", "A stay in residence with another organisation", "Résidence dans une autre organisation"),
        ("fellowship", "A fellowship", "Bourse ou mandat de recherche"),
        ("clinical-academic", "A role in both service and university", "Rôle partagé entre service et université"),
    )
)  # fmt: skip
"""The fourteen ways the EISEN report names, in our words (B-37)."""

"""How the demo's items came to be: invented candidates, a round by the team, and one by a simulated panel."""

import numpy as np
from django.utils import timezone

from commonground.development.ratings import Criterion, ListAim, Mark
from commonground.development.records import RoundKind, RoundPlan, Source, Wording
from commonground.records.study import ProvenanceSource
from commonground.records.words import Words
from commonground.web.accounts.models import User
from commonground.web.items import actions
from commonground.web.items.reviewing import invite_reviewer, save_list_rating, save_rating
from commonground.web.items.standing import development_of
from commonground.web.studies.models import Study

PANEL = ("HP", "HP", "R", "R", "P", "P")
LIKELY = (0.86, 0.08, 0.04, 0.02)
"""How often a simulated reviewer says yes, partly, no, and cannot say."""

DROPPED = (
    ("A pleasant room to meet in", "Une salle agréable pour se réunir", RoundKind.INTERNAL, "Nobody would choose it."),
    ("Good will", "De la bonne volonté", RoundKind.INTERNAL, "Nobody could act on it."),
    ("Being paid for one’s time", "Être payé pour son temps", RoundKind.PANEL, "Part of access to resources."),
)
"""Candidates that are not on the list: what they read, which round removed them, and why."""

ROUNDS = (
    (RoundKind.INTERNAL, "", "Nothing was said against it."),
    (RoundKind.PANEL, "A panel of six, simulated", "The panel found it clear."),
)


def develop(study: Study, *, owner: User, seed: int) -> None:
    """Give the demo's items a history that ends with the list its study document has."""
    actions.start_from_document(study=study, actor=owner)
    ids = [(_add(study, owner, english, french), kind, why) for english, french, kind, why in DROPPED]
    rng = np.random.default_rng(seed)
    for kind, title, reason in ROUNDS:
        actions.open_round(study=study, plan=RoundPlan(kind=kind, title=title), actor=owner)
        if kind is RoundKind.PANEL:
            _review(study, owner, rng)
        for item, when, why in ids:
            if when is kind:
                actions.remove(study=study, item=item, reason=why, actor=owner)
        actions.keep(study=study, items=_undecided(study), reason=reason, actor=owner)
        actions.close_round(study=study, actor=owner)


def _add(study: Study, owner: User, english: str, french: str) -> str:
    wording = Wording(label=Words({"en": english, "fr": french}))
    source = Source(kind=ProvenanceSource.OTHER, note="Invented for this demo")
    return actions.add_item(study=study, wording=wording, sources=(source,), actor=owner)


def _undecided(study: Study) -> tuple[str, ...]:
    round_ = development_of(study).open_round
    return round_.undecided if round_ else ()


def _review(study: Study, owner: User, rng: np.random.Generator) -> None:
    """Six people of the panel say something about every item, at random."""
    for place, role in enumerate(PANEL, start=1):
        label = f"Panel {place}"
        reviewer, _token = invite_reviewer(study=study, label=label, role=role, actor=owner, now=timezone.now())
        for item in _undecided(study):
            drawn = zip(Criterion, rng.choice(list(Mark), len(Criterion), p=LIKELY), strict=True)
            marks = {criterion: Mark(mark) for criterion, mark in drawn}
            save_rating(reviewer=reviewer, item=item, marks=marks, comment="")
        save_list_rating(reviewer=reviewer, marks=dict.fromkeys(ListAim, Mark.YES), comments={}, finished=True)

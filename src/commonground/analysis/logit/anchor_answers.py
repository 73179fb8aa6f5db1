"""How answers about mattering fit together: with each other, and with the choices of the same person."""

import numpy as np

from commonground.analysis.logit.anchor_records import AnchorAnswers
from commonground.records.anchors import Anchors
from commonground.records.choices import ALL_MATTER, MISSING, NONE_MATTER, SOME_MATTER, BoolArray, ChoiceData, IntArray

MANY = 0.2
"""Above this share of people, contradictions and one-sided answers are said in a message."""


def summarise(anchors: Anchors, data: ChoiceData, members: BoolArray) -> AnchorAnswers:
    """Count answers, one-sided people and contradictions.

    An answer that all matter says so of every item shown; where some do, the best pick of the task matters and the
    worst does not.

    Parameters
    ----------
    anchors : Anchors
        Of the members only.
    data : ChoiceData
    members : (n_respondents,) bool
    """
    yes, no = stated(anchors, len(data.respondents), len(data.items))
    answered = np.bincount(anchors.respondent, minlength=members.size) > 0
    both = yes & no
    whole = ~anchors.direct
    return AnchorAnswers(
        respondents=int(answered.sum()),
        direct=int(anchors.direct.sum()),
        none=int((whole & (anchors.answer == NONE_MATTER)).sum()),
        some=int((anchors.answer == SOME_MATTER).sum()),
        all_=int((whole & (anchors.answer == ALL_MATTER)).sum()),
        only_yes=int(_always(anchors, ALL_MATTER, members.size).sum()),
        only_no=int(_always(anchors, NONE_MATTER, members.size).sum()),
        contradicting=int(both.any(axis=1).sum()),
        contradictions=int(both.sum()),
        against_choices=int(_against_choices(data, yes & ~no, no & ~yes).sum()),
    )


def about_answers(answers: AnchorAnswers, people: int) -> tuple[str, ...]:
    """What a reader must know of them, in words."""
    said: list[str] = []
    asked = answers.respondents
    if 0 < asked < people:
        said.append(f"{people - asked} of {people} respondents were not asked whether items matter.")
    if answers.contradictions:
        told = "respondent says" if answers.contradicting == 1 else "respondents say"
        said.append(f"{answers.contradicting} {told} of {answers.contradictions} items that they matter and do not.")
    if answers.against_choices:
        who = "respondent" if answers.against_choices == 1 else "respondents"
        said.append(f"{answers.against_choices} {who} picked against what they say matters.")
    for number, always in ((answers.only_yes, "everything matters"), (answers.only_no, "nothing matters")):
        if asked and number / asked > MANY:
            said.append(f"For {number} of {asked} respondents {always} by every answer: perhaps a way of answering.")
    return tuple(said)


def stated(anchors: Anchors, people: int, items: int) -> tuple[BoolArray, BoolArray]:
    """Of which items each person said that they matter, and that they do not: (n_people, n_items) twice."""
    yes, no = np.zeros((people, items), dtype=np.bool_), np.zeros((people, items), dtype=np.bool_)
    some = anchors.answer == SOME_MATTER
    for said, whole, pick in ((yes, ALL_MATTER, anchors.best), (no, NONE_MATTER, anchors.worst)):
        rows = (anchors.answer == whole)[:, None] & (anchors.shown != MISSING)
        who = np.broadcast_to(anchors.respondent[:, None], rows.shape)
        said[who[rows], anchors.shown[rows]] = True
        picked = some & (pick != MISSING)
        said[anchors.respondent[picked], pick[picked]] = True
    return yes, no


def _always(anchors: Anchors, answer: int, people: int) -> BoolArray:
    """Who gave this answer every time, more than once: (n_people,)."""
    times = np.bincount(anchors.respondent, minlength=people)
    so = np.bincount(anchors.respondent[anchors.answer == answer], minlength=people)
    return (times > 1) & (so == times)


def _against_choices(data: ChoiceData, matters: BoolArray, does_not: BoolArray) -> BoolArray:
    """Who picked the best among what does not matter though something shown does, or the like with worst."""
    rows = data.scored
    who, shown = data.respondent[rows], data.shown[rows].astype(np.int64)
    shown[shown == MISSING] = len(data.items)
    yes, no = (np.pad(said, ((0, 0), (0, 1)))[who[:, None], shown] for said in (matters, does_not))
    wrong = _held(does_not, who, data.best[rows]) & yes.any(axis=1)
    wrong |= _held(matters, who, data.worst[rows]) & no.any(axis=1)
    return np.bincount(who[wrong], minlength=len(data.respondents)) > 0


def _held(said: BoolArray, who: IntArray, pick: IntArray) -> BoolArray:
    """Whether each pick is an item of which its person said so."""
    return (pick != MISSING) & said[who, np.maximum(pick, 0)]

"""Who may do what in a team, so that nobody has power over what others answer."""

from enum import StrEnum

from commonground.records.words import Words


class Part(StrEnum):
    """What somebody is in a partnership; the facilitator may come from outside."""

    LEAD = "lead"
    FACILITATOR = "facilitator"
    PARTNER = "partner"


class Act(StrEnum):
    """Something that can be done in a partnership."""

    CHANGE_LIST = "change_list"
    INVITE = "invite"
    SEE_COUNT = "see_count"
    ANSWER_FOR_SELF = "answer_for_self"
    ANSWER_FOR_OTHERS = "answer_for_others"
    SEE_WHO_ANSWERED = "see_who_answered"
    SEE_ROWS = "see_rows"
    CLOSE_ROUND = "close_round"
    DELETE_DATA = "delete_data"
    LEAD_TALK = "lead_talk"
    MARK_FOR_SELF = "mark_for_self"
    MARK_FOR_OTHERS = "mark_for_others"


NOBODY = frozenset({Act.ANSWER_FOR_OTHERS, Act.SEE_WHO_ANSWERED, Act.SEE_ROWS, Act.MARK_FOR_OTHERS})
"""What no part of a partnership can do, whoever asks."""

HOLDING_DATA = frozenset({Act.CLOSE_ROUND, Act.DELETE_DATA})
"""What whoever holds the data does: a facilitator where there is one, else the lead."""


def may(part: Part, act: Act, *, has_facilitator: bool) -> bool:
    """Whether somebody may do something.

    Examples
    --------
    >>> may(Part.LEAD, Act.CLOSE_ROUND, has_facilitator=False), may(Part.LEAD, Act.CLOSE_ROUND, has_facilitator=True)
    (True, False)
    >>> any(may(part, Act.SEE_ROWS, has_facilitator=False) for part in Part)
    False
    """
    if act in NOBODY:
        return False
    holder = Part.FACILITATOR if has_facilitator else Part.LEAD
    if act in HOLDING_DATA or act is Act.LEAD_TALK:
        return part is holder
    if act in {Act.CHANGE_LIST, Act.INVITE, Act.SEE_COUNT}:
        return part in {Part.LEAD, holder}
    return part is not Part.FACILITATOR


NOT_SEEN_BY_LEAD = Words(
    {
        "en": "Whoever leads sees how many have answered, never who, and no answers but their own.",
        "fr": "La personne qui dirige voit combien ont répondu, jamais qui, et aucune autre réponse que la sienne.",
    }
)
"""What people are told beforehand."""

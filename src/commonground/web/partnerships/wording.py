"""Words for what the core knows by short names."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonground.partnership.agreement import Line, Section, in_order
from commonground.partnership.own import Band
from commonground.partnership.standing import Standing


def band_words(band: Band) -> str:
    """What a band is called on a page."""
    return {Band.HIGH: _("Matters most"), Band.MIDDLE: _("In between"), Band.LOW: _("Matters least")}[band]


def standing_words(standing: Standing) -> str:
    """What a team's answers say about an item, in a few words."""
    return {
        Standing.SHARED_PRIORITY: _("We share this"),
        Standing.SHARED_LOW: _("Lower for nearly all of us"),
        Standing.SPLIT: _("We differ: talk about it"),
        Standing.MIXED: _("Mixed"),
        Standing.CANT_TELL: _("Hard to say"),
    }[standing]


SECTIONS = {
    Section.GOAL: gettext_lazy("Our goal, and when it will have been worth it"),
    Section.ACTIVITY: gettext_lazy("What we do, and where"),
    Section.PEOPLE: gettext_lazy("Who is in, what each brings and wants"),
    Section.DECISIONS: gettext_lazy("How we decide"),
    Section.COMMUNICATION: gettext_lazy("How we reach each other"),
    Section.MEETINGS: gettext_lazy("How we meet"),
    Section.TIME: gettext_lazy("Time and means"),
    Section.PAY: gettext_lazy("Pay and expenses"),
    Section.CREDIT: gettext_lazy("Credit and authorship"),
    Section.KNOWLEDGE: gettext_lazy("Knowledge, data and whose stories they are"),
    Section.SUPPORT: gettext_lazy("Support and learning"),
    Section.CHANGE: gettext_lazy("What may change, and who may change it"),
    Section.DISAGREEMENT: gettext_lazy("When we disagree, and how one leaves"),
    Section.OTHER: gettext_lazy("Other things"),
}
"""Headings of the agreement, in its order."""


def by_section(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under their headings; headings without lines are left out."""
    ordered = in_order(lines)
    under = ((words, [line for line in ordered if line.section is section]) for section, words in SECTIONS.items())
    return [(str(words), found) for words, found in under if found]

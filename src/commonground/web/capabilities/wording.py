"""Words for what the core knows by short names."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.competencies.coverage import Cover, Coverage
from commonground.competencies.framework import Tier
from commonground.competencies.gaps import GapKind


def cover_words(cover: Cover) -> str:
    """How a need is met, in a few words."""
    return {
        Cover.NOT_SET: _("need not set yet"),
        Cover.NOBODY: _("nobody yet"),
        Cover.ONE: _("one person alone"),
        Cover.SEVERAL: _("several of us"),
    }[cover]


def able_words(one: Coverage) -> str:
    """How many can and how many want to learn, in words."""
    able = ngettext("%(number)s can", "%(number)s can", one.able) % {"number": one.able}
    learners = ngettext("%(number)s wants to learn", "%(number)s want to learn", one.learners)
    return f"{able} · {learners % {'number': one.learners}}"


def tier_words(tier: Tier) -> str:
    """What a tier is called; the sources use two names for one of them."""
    return {
        Tier.CORE: _("core"),
        Tier.GENERAL: _("general (or common)"),
        Tier.SPECIFIC: _("specific"),
    }[tier]


def gap_words(kind: GapKind) -> str:
    """What could close a gap."""
    return {
        GapKind.LEARN: _("Somebody here would like to learn it."),
        GapKind.ASK_OR_RECRUIT: _("Nobody here has said so: ask in your network, or invite somebody."),
        GapKind.CHANGE_THE_SYSTEM: _("Not a matter of training: something around us has to change."),
    }[kind]

"""What a design is, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.design.audit import DesignAudit, Fitness
from commonground.records.design import Design
from commonground.web.building.design_offers import minutes_of

Span = tuple[int, int]


def summary(design: Design, found: DesignAudit, *, repeated: int) -> str:
    """The first thing the page says: how many tasks, how often items and pairs, how long."""
    return " ".join([size_words(design), seen_words(found), minutes_words(design, repeated=repeated)])


def size_words(design: Design) -> str:
    """How many tasks of how many items."""
    words = ngettext("%(tasks)d task of %(per_task)d.", "%(tasks)d tasks of %(per_task)d.", design.tasks)
    return words % {"tasks": design.tasks, "per_task": design.per_task}


def seen_words(found: DesignAudit) -> str:
    """How often everyone sees an item and a pair."""
    items, pairs = found.appearances_each, found.co_appearances_each
    return _("Everyone sees every item %(items)s and every pair %(pairs)s.") % {
        "items": times_words((items.min, items.max)),
        "pairs": times_words((pairs.min, pairs.max)),
    }


def minutes_words(design: Design, *, repeated: int) -> str:
    """How long the tasks take."""
    number = minutes_of(design.tasks, design.per_task, repeated=repeated)
    return ngettext("About %(number)d minute.", "About %(number)d minutes.", number) % {"number": number}


def times_words(span: Span) -> str:
    """How often, from the fewest to the most."""
    fewest, most = span
    if fewest == most:
        return _often(most)
    if (fewest, most) == (0, 1):
        return _("at most once")
    if (fewest, most) == (1, 2):
        return _("once or twice")
    return _("%(fewest)d to %(most)d times") % {"fewest": fewest, "most": most}


def _often(number: int) -> str:
    return {0: _("never"), 1: _("once"), 2: _("twice")}.get(number) or _("%(number)d times") % {"number": number}


def status_words(status: str) -> str:
    """Whether a design will do."""
    return {
        Fitness.GOOD.value: _("Good"),
        Fitness.WARNING.value: _("Usable with a warning"),
        Fitness.UNUSABLE.value: _("Not usable"),
    }[status]


NOTICE = {Fitness.GOOD.value: "good", Fitness.WARNING.value: "warn", Fitness.UNUSABLE.value: "error"}
"""The kind of notice a status takes."""


def reasons(found: DesignAudit) -> list[str]:
    """Why a design has its status, as an owner would ask."""
    said = []
    if not found.connected:
        return [_("Some items can never be compared with the others, not even through a chain of tasks.")]
    if found.appearances_each.min < 2:
        said.append(_("One person sees some items less than twice, so only groups can be described, not one person."))
    if not found.connected_each:
        said.append(_("One person’s answers do not join all items, so only groups can be described, not one person."))
    efficiency = _("It is %(percent)d %% as precise as a balanced design of its size would be.")
    said.append(efficiency % {"percent": int(100 * found.efficiency + 0.5)})
    if found.balanced:
        said.append(_("Every pair of items meets equally often: no item has easier company than another."))
    return said


def position_words(found: DesignAudit) -> str:
    """How evenly items stand in positions."""
    if found.positions.equal:
        return _("Every item stands in every position equally often (%(times)s).") % {
            "times": _often(found.positions.min)
        }
    return _("An item stands in a position %(times)s: as even as this size allows, or nearly.") % {
        "times": times_words((found.positions.min, found.positions.max))
    }


def matrix_words(design: Design, found: DesignAudit) -> str:
    """The picture of pairs in words."""
    return _(
        "A square of %(items)d by %(items)d items. Two items stand together %(pairs)s; an item is shown %(shown)s."
    ) % {
        "items": design.items,
        "pairs": times_words((found.co_appearances.min, found.co_appearances.max)),
        "shown": times_words((found.appearances.min, found.appearances.max)),
    }

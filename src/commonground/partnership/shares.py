"""Which of the bands people want to share can be shown without giving away what others, or they themselves, keep.

What is shown depends on what people allow and on nobody's kept answers, so that leaving something out tells nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonground.partnership.own import Band, outer_size
from commonground.partnership.publication import Choice, NamedShare, Sharing
from commonground.partnership.thresholds import Thresholds

UNSEEN = 2
"""Of those who do not name themselves, so many at least are not among the bands shown without a name: whoever looks
may be one of them, and then one other is still unseen."""


@dataclass(frozen=True, slots=True)
class Sharer:
    """One person's bands and what they allow."""

    id: str
    bands: tuple[Band, ...]
    choice: Choice


Shown = Mapping[str, tuple[NamedShare, ...]]
"""Item to the shares under a name."""


def named_shares(items: Sequence[str], sharers: Sequence[Sharer], fewest_silent: int) -> Shown:
    """The bands that are shown under a name.

    Of each item: all who want it, if nobody or at least `fewest_silent` people do not name themselves. Of each person:
    everything, or fewer of their high and of their low items than there can be; otherwise the rest of their row would
    follow.

    Parameters
    ----------
    items : sequence of str
    sharers : sequence of Sharer
    fewest_silent : int

    Examples
    --------
    >>> items, loud = ("a", "b", "c", "d", "e", "f"), Choice({"a": Sharing.NAMED, "b": Sharing.NAMED})
    >>> row = (Band.HIGH, Band.HIGH, Band.MIDDLE, Band.MIDDLE, Band.LOW, Band.LOW)
    >>> team = [Sharer("p1", row, loud), *(Sharer(f"p{number}", row, Choice()) for number in range(2, 6))]
    >>> {item: [share.person for share in shares] for item, shares in named_shares(items, team, 4).items() if shares}
    {'a': ['p1']}
    """
    wanted = {item: _who_wants(item, sharers, Sharing.NAMED) for item in items}
    while (allowed := _without_surplus(items, sharers, _without_few_silent(wanted, len(sharers), fewest_silent))) != (
        wanted
    ):
        wanted = allowed
    band_of = {(one.id, item): band for one in sharers for item, band in zip(items, one.bands, strict=True)}
    return {item: tuple(NamedShare(who, band_of[who, item]) for who in people) for item, people in wanted.items()}


def unnamed_bands(
    items: Sequence[str], sharers: Sequence[Sharer], named: Shown, spare: int
) -> dict[str, tuple[Band, ...]]:
    """The bands that are shown without a name, of each item high first.

    At least `UNSEEN` of those who do not name themselves on an item stay unseen, whatever they allow; and over all
    items no more bands are shown than ends of lists can be spared.

    Parameters
    ----------
    items : sequence of str
    sharers : sequence of Sharer
        Those who joined the picture together; the first in order are shown where not all can be.
    named : mapping of item to NamedShare
        Who is shown under a name.
    spare : int
        From `spare_ends`, less what the splits take.
    """
    left, shown = spare, dict[str, tuple[Band, ...]]()
    for place, item in enumerate(items):
        willing = _willing(place, item, sharers, {share.person for share in named[item]})
        shown[item] = tuple(sorted(willing, key=list(Band).index)) if len(willing) <= left else ()
        left -= len(shown[item])
    return shown


def _willing(place: int, item: str, sharers: Sequence[Sharer], loud: set[str]) -> list[Band]:
    silent = [one for one in sharers if one.id not in loud]
    willing = [one.bands[place] for one in silent if one.choice.of(item) is Sharing.UNNAMED]
    return willing[: max(len(silent) - UNSEEN, 0)]


def spare_ends(people: int, items: int, named: Shown) -> int:
    """How many high places, or low ones, may be accounted for among those who are shown nowhere under a name.

    A person has a third of the list at each end, at most. Whoever looks knows their own, and two stay unaccounted for:
    if all were, everything else would have to be in the middle.

    Examples
    --------
    >>> spare_ends(5, 11, {"goal": (NamedShare("p1", Band.HIGH),)})
    7
    """
    loud = {share.person for shares in named.values() for share in shares}
    return max((people - 1 - len(loud)) * outer_size(items) - 2, 0)


def silent_beside(thresholds: Thresholds, *, newcomers: bool = False) -> int:
    """How many people must not name themselves on an item, so that nothing follows about any of them.

    Whoever looks may be one of them; of the others not all may be needed to make up one end of a split. Where only
    halves are told, nobody's band ever follows.
    """
    if newcomers:
        return max(thresholds.each_end + 2, 3)
    return 0 if thresholds.halves_only else thresholds.each_end + 2


def _who_wants(item: str, sharers: Sequence[Sharer], sharing: Sharing) -> tuple[str, ...]:
    return tuple(one.id for one in sharers if one.choice.of(item) is sharing)


def _without_few_silent(
    wanted: Mapping[str, tuple[str, ...]], people: int, fewest_silent: int
) -> dict[str, tuple[str, ...]]:
    return {item: () if 0 < people - len(who) < fewest_silent else who for item, who in wanted.items()}


def _without_surplus(
    items: Sequence[str], sharers: Sequence[Sharer], wanted: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    shown = {one.id: _shown_of(one, items, [item for item in items if one.id in wanted[item]]) for one in sharers}
    return {item: tuple(who for who in people if item in shown[who]) for item, people in wanted.items()}


def _shown_of(one: Sharer, items: Sequence[str], wanted: Sequence[str]) -> set[str]:
    """What can be shown of one person: the whole row, or not all that can be high nor all that can be low."""
    if len(wanted) == len(items):
        return set(wanted)
    band_of, most = dict(zip(items, one.bands, strict=True)), outer_size(len(items)) - 1
    of_band = {band: [item for item in wanted if band_of[item] is band] for band in Band}
    return {*of_band[Band.MIDDLE], *of_band[Band.HIGH][:most], *of_band[Band.LOW][:most]}

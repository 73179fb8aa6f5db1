"""Which role groups may be shown, and where they lean: in halves only, and never on an item where somebody is named."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from commonground.partnership.own import places
from commonground.partnership.publication import Choice, Lean, Person, RoleLean, Rules
from commonground.partnership.standing import Standing
from commonground.partnership.thresholds import Thresholds


def roles_shown(people: Sequence[Person], choices: Mapping[str, Choice], rules: Rules) -> tuple[str, ...]:
    """The role groups that may be shown, in alphabetical order.

    Large enough groups, and smaller ones whose people all allow it. Those who are in no such group must be nobody or
    enough to be shown themselves: otherwise the smallest group shown is hidden with them, until that holds.

    Parameters
    ----------
    people : sequence of Person
        Those whose answers are counted.
    choices : mapping of person to Choice
    rules : Rules

    Examples
    --------
    >>> people = [Person(f"p{number}", "nurse" if number < 6 else "parent") for number in range(8)]
    >>> roles_shown(people, {}, Rules())
    ()
    >>> allowed = {one.id: Choice(open_role=True) for one in people}
    >>> roles_shown(people[:6] + [Person(f"q{number}", "parent") for number in range(5)], {}, Rules())
    ('nurse', 'parent')
    >>> roles_shown(people, allowed, Rules()), roles_shown(people[:7] + [Person("q")], allowed, Rules())
    ((), ())
    """
    sizes = Counter(one.role for one in people if one.role)
    shown = {role: size for role, size in sizes.items() if _may_be_shown(role, size, people, choices, rules)}
    while shown and 0 < len(people) - sum(shown.values()) < rules.role_group:
        del shown[min(shown, key=lambda role: (shown[role], role))]
    return () if len(shown) == 1 and sum(shown.values()) == len(people) else tuple(sorted(shown))


def role_leans(
    item: int, standing: Standing, people: Sequence[Person], shown: Sequence[str], thresholds: Thresholds
) -> tuple[RoleLean, ...]:
    """Where each role group shown has one item; nothing where the whole team shares it.

    On a split item only where every group, and whoever is in none, is so large that the people at one end of the
    split need not all be in it.

    Parameters
    ----------
    item : int
        Its place in the list.
    standing : Standing
    people : sequence of Person
        Those whose answers are counted.
    shown : sequence of str
        From `roles_shown`.
    thresholds : Thresholds
    """
    if standing in {Standing.SHARED_PRIORITY, Standing.SHARED_LOW}:
        return ()
    groups = {role: [one for one in people if one.role == role] for role in shown}
    rest = len(people) - sum(len(group) for group in groups.values())
    parts = [len(group) for group in groups.values()] + ([rest] if rest else [])
    if standing is Standing.SPLIT and min(parts, default=0) < thresholds.each_end + 2:
        return ()
    return tuple(RoleLean(role, _lean(item, group)) for role, group in groups.items())


def _lean(item: int, group: Sequence[Person]) -> Lean:
    found = places(np.array([one.scores for one in group]))
    most = -(-3 * len(group) // 4)
    upper, lower = (int(half[:, item].sum()) >= most for half in (found.upper, found.lower))
    if upper == lower:
        return Lean.DIVIDED
    return Lean.UPPER if upper else Lean.LOWER


def _may_be_shown(role: str, size: int, people: Sequence[Person], choices: Mapping[str, Choice], rules: Rules) -> bool:
    allowed = all(choices.get(one.id, Choice()).open_role for one in people if one.role == role)
    return size >= rules.role_group or (size >= rules.open_role_group and allowed)

"""The one place where answers become something others see.

What is shown is settled by how many people answered and by what they allow, never by what they answered; only then
is it filled in. So nothing follows from what is left out. Why nothing follows from what is shown either, and how
that is tested: docs/explanations/team-privacy.md.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from commonground.partnership.own import bands
from commonground.partnership.publication import (
    Choice,
    Edition,
    ItemPicture,
    Person,
    Publication,
    Rules,
    Sharing,
    Status,
    Team,
)
from commonground.partnership.roles import role_leans, roles_shown
from commonground.partnership.shares import Sharer, Shown, named_shares, silent_beside, spare_ends, unnamed_bands
from commonground.partnership.standing import Standing, stand_all, tallies
from commonground.partnership.thresholds import FULL_CLASSES_FROM, Thresholds, set_thresholds
from commonground.records.errors import Problem, RequestError


def publish(
    team: Team, choices: Mapping[str, Choice], rules: Rules | None = None, previous: Edition | None = None
) -> Edition:
    """What a team is shown of its answers: once when it closes, and again when enough late answers have come in.

    A later edition can confirm what was said, or loosen it to "mixed"; it never says anything sharper, for that would
    tell of the few who came late. Once somebody has withdrawn whose answers were in it, late answers wait for the
    next round: the difference would tell of who left. To hear everybody afresh, a team answers again.

    Parameters
    ----------
    team : Team
        Everybody who was asked. Somebody who withdrew is no longer in it.
    choices : mapping of person to Choice
        Who is not in it keeps everything.
    rules : Rules, optional
    previous : Edition, optional
        The last edition that anybody has seen.

    Returns
    -------
    Edition
        Its `publication` is all that may be shown, printed or exported.

    Raises
    ------
    RequestError
        If the scores of a person are not one an item, or two people have the same label.

    Examples
    --------
    >>> from commonground.partnership.tasks import plan_tasks
    >>> items = tuple("abcdef")
    >>> people = tuple(Person(f"p{number}", scores=(4, 2, 1, -1, -2, -4)) for number in range(4))
    >>> edition = publish(Team(items, plan_tasks(6).design, people), {})
    >>> [one.standing.value for one in edition.publication.items][::3]
    ['shared_priority', 'shared_low']
    >>> publish(Team(items, plan_tasks(6).design, people[:3]), {}).publication.status.value
    'needs_consent'
    """
    rules = rules or Rules()
    _check(team)
    answered = tuple(one for one in team.people if one.scores is not None)
    if previous is None or not previous.included:
        return _first_edition(team, answered, choices, rules)
    return _next_edition(team, answered, choices, rules, previous)


def _first_edition(team: Team, people: tuple[Person, ...], choices: Mapping[str, Choice], rules: Rules) -> Edition:
    status = _status(people, choices, rules)
    if status is not Status.PUBLISHED:
        return Edition(Publication(status, 0, len(team.people), len(people)))
    thresholds = _thresholds(team, len(people))
    sharers = _sharers(people, choices)
    named = named_shares(team.items, sharers, silent_beside(thresholds))
    spare = spare_ends(len(people), len(team.items), named)
    standings = _standings(team, people, thresholds, spare)
    taken = thresholds.each_end * standings.count(Standing.SPLIT)
    unnamed = unnamed_bands(team.items, sharers, named, spare - taken)
    roles = roles_shown(people, choices, rules)
    pictures = tuple(
        ItemPicture(
            item,
            standings[place],
            leans=() if named[item] else role_leans(place, standings[place], people, roles, thresholds),
            named=named[item],
            unnamed=unnamed[item],
        )
        for place, item in enumerate(team.items)
    )
    publication = Publication(
        status,
        1,
        len(team.people),
        len(people),
        items=pictures,
        roles=roles,
        halves_only=thresholds.halves_only,
        false_splits=thresholds.false_splits,
    )
    return Edition(publication, frozenset(one.id for one in people), pictures, _held_back(sharers, named))


def _next_edition(
    team: Team, people: tuple[Person, ...], choices: Mapping[str, Choice], rules: Rules, previous: Edition
) -> Edition:
    here, before = {one.id for one in team.people}, previous.publication
    late = tuple(one for one in people if one.id not in previous.included)
    seen = tuple(_without(one, previous.included - here) for one in previous.seen)
    if previous.included <= here and _may_be_counted(late, people, choices, rules):
        return _edition_with(late, team, people, choices, replace(previous, seen=seen))
    fewest = rules.whole_team - (before.counted < rules.whole_team)
    if len(previous.included & here) < fewest:
        gone = Publication(Status.TOO_FEW, before.edition, len(here), len(people) - len(late), waiting=len(late))
        return replace(previous, publication=gone, seen=seen)
    invited = before.counted + len(here - previous.included)
    shown = replace(before, status=Status.PUBLISHED, invited=invited, waiting=len(late), items=seen)
    return replace(previous, publication=shown, seen=seen)


def _edition_with(
    late: tuple[Person, ...],
    team: Team,
    people: tuple[Person, ...],
    choices: Mapping[str, Choice],
    previous: Edition,
) -> Edition:
    """The next edition, late answers counted in: what was said stands, or is loosened; shares are added."""
    thresholds = _thresholds(team, len(people))
    everybody = {one.item: one.named for one in previous.seen}
    standings = _standings(team, people, thresholds, spare_ends(len(people), len(team.items), everybody))
    sharers = _sharers(late, choices)
    named = named_shares(team.items, sharers, silent_beside(thresholds, newcomers=True))
    unnamed = unnamed_bands(team.items, sharers, named, spare_ends(len(late), len(team.items), named))
    rest = Standing.CANT_TELL if len(people) < len(team.people) else Standing.MIXED
    pictures = tuple(
        replace(
            one,
            standing=one.standing if one.standing is standings[place] else rest,
            named=one.named + (() if one.leans else named[one.item]),
            unnamed=one.unnamed + unnamed[one.item],
        )
        for place, one in enumerate(previous.seen)
    )
    publication = replace(
        previous.publication,
        status=Status.PUBLISHED,
        edition=previous.publication.edition + 1,
        invited=len(team.people),
        counted=len(people),
        waiting=0,
        items=pictures,
    )
    included = previous.included | {one.id for one in late}
    return Edition(publication, included, pictures, {**previous.held_back, **_held_back(sharers, named)})


def _status(people: Sequence[Person], choices: Mapping[str, Choice], rules: Rules) -> Status:
    if len(people) >= rules.whole_team:
        return Status.PUBLISHED
    if len(people) < max(rules.whole_team - 1, 3):
        return Status.TOO_FEW
    allowed = all(choices.get(one.id, Choice()).open_team for one in people)
    return Status.PUBLISHED if allowed else Status.NEEDS_CONSENT


def _may_be_counted(
    late: Sequence[Person], people: Sequence[Person], choices: Mapping[str, Choice], rules: Rules
) -> bool:
    """Late answers come in together with enough others, or with everybody's word for it."""
    allowed = all(choices.get(one.id, Choice()).late_ok for one in people)
    return len(late) >= rules.late_batch or (len(late) > 0 and allowed)


def _thresholds(team: Team, answered: int) -> Thresholds:
    """For everybody who was asked; in a team of few answers halves only, and all must agree."""
    found = set_thresholds(team.design, len(team.people))
    if answered >= FULL_CLASSES_FROM:
        return found
    return replace(found, shared=max(found.shared, answered), halves_only=True, false_splits=None)


def _standings(team: Team, people: Sequence[Person], thresholds: Thresholds, spare: int) -> tuple[Standing, ...]:
    missing = len(people) < len(team.people)
    counted = tallies([one.scores for one in people if one.scores is not None])
    return stand_all(counted, thresholds, missing=missing, most_splits=spare // thresholds.each_end)


def _sharers(people: Sequence[Person], choices: Mapping[str, Choice]) -> tuple[Sharer, ...]:
    """In the order of their labels, which tell nothing."""
    chosen = {one.id: choices.get(one.id, Choice()) for one in people}
    found = [Sharer(one.id, bands(one.scores), chosen[one.id]) for one in people if one.scores is not None]
    return tuple(sorted(found, key=lambda one: one.id))


def _held_back(sharers: Sequence[Sharer], named: Shown) -> dict[str, tuple[str, ...]]:
    shown = {(share.person, item) for item, shares in named.items() for share in shares}
    wanted = {
        one.id: tuple(item for item in named if one.choice.of(item) is Sharing.NAMED and (one.id, item) not in shown)
        for one in sharers
    }
    return {person: items for person, items in wanted.items() if items}


def _without(one: ItemPicture, left: Collection[str]) -> ItemPicture:
    """The picture without what those who withdrew had shown under their name."""
    return replace(one, named=tuple(share for share in one.named if share.person not in left))


def _check(team: Team) -> None:
    labels = [one.id for one in team.people]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    ragged = [one.id for one in team.people if one.scores is not None and len(one.scores) != len(team.items)]
    found = [Problem(f"'{label}' stands twice among the people.") for label in twice]
    found += [Problem(f"'{label}' has not one score for each of the {len(team.items)} items.") for label in ragged]
    if found:
        raise RequestError(found)

"""Look, in teams of real size, for other answers that would have led to the very same publication.

For somebody who was shown nothing of, two bands of an item are both possible if a world can be named in which they
have the other band and everybody sees the same. A world found is a proof; it is always checked by publishing it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from commonground.partnership.own import Band, bands
from commonground.partnership.publication import Choice, Edition, Person, Publication, Rules, Sharing, Team
from commonground.partnership.publish import publish
from commonground.partnership.tasks import plan_tasks
from commonground.partnership.thresholds import answered_scores
from commonground.records.design import Design


@dataclass(frozen=True)
class Story:
    """A team, what it allows, and who was there at each edition."""

    team: Team
    choices: Mapping[str, Choice]
    arrivals: tuple[int, ...]

    def published(self) -> tuple[Publication, ...]:
        """Everything that is ever shown."""
        edition: Edition | None = None
        shown: list[Publication] = []
        for size in self.arrivals:
            team = replace(self.team, people=self.team.people[:size])
            edition = publish(team, self.choices, Rules(), edition)
            shown.append(edition.publication)
        return tuple(shown)

    def arrived(self, place: int) -> int:
        """At which edition this person came in."""
        return sum(place >= size for size in self.arrivals)

    def with_scores(self, rows: Mapping[int, Sequence[int]]) -> "Story":
        """The same story with other answers of some."""
        people = list(self.team.people)
        for place, row in rows.items():
            people[place] = replace(people[place], scores=tuple(int(score) for score in row))
        return replace(self, team=replace(self.team, people=tuple(people)))


def given_away(story: Story, viewer: int, rng: np.random.Generator, *, tries: int = 1500) -> list[tuple[str, str]]:
    """(person, item) wherever the member `viewer` was found no world in which that person has another band."""
    search = _Search(story, story.published(), viewer, rng, tries)
    if not search.shown[-1].items:
        return []
    others = [place for place in range(story.arrivals[-1]) if place != viewer]
    return [(story.team.people[one].id, item) for one in others for item in search.certain(one)]


class _Search:
    """For one member who looks on: what other answers of the others lead to the same publications."""

    def __init__(
        self, story: Story, shown: tuple[Publication, ...], viewer: int, rng: np.random.Generator, tries: int
    ) -> None:
        self.story, self.shown, self.viewer, self.rng, self.tries = story, shown, viewer, rng, tries
        people = range(story.arrivals[-1])
        self.rows = [list(near(story.team.design, _scores(story, place), rng, 250)) for place in people]

    def certain(self, one: int) -> list[str]:
        """The items of one person for which no second band was found, but for those they wanted under their name."""
        items, asked = self.story.team.items, self.story.choices.get(self.story.team.people[one].id, Choice())
        possible = [{band} for band in bands(_scores(self.story, one))]
        wanting = {place for place, item in enumerate(items) if asked.of(item) is not Sharing.NAMED}
        for rows in islice(self._changes(one), self.tries):
            if not wanting:
                break
            other = bands(rows[one])
            fresh = any(other[place] not in possible[place] for place in wanting)
            if fresh and _looks_the_same(self.story, self.shown, self.viewer, rows):
                for band, known in zip(other, possible, strict=True):
                    known.add(band)
                wanting = {place for place in wanting if len(possible[place]) < 2}
        return [items[place] for place in sorted(wanting)]

    def _changes(self, one: int) -> Iterator[dict[int, tuple[int, ...]]]:
        """Other answers to try: two people's exchanged, one person's changed, up to three other people's with it."""
        others = [place for place in range(len(self.rows)) if place not in {self.viewer, one}]
        mine = _scores(self.story, one)
        yield from ({one: _scores(self.story, place), place: mine} for place in others)
        yield from ({one: row} for row in self.rows[one])
        while True:
            also = self.rng.choice(others, size=min(int(self.rng.integers(1, 4)), len(others)), replace=False).tolist()
            source = self.rng.choice([one, also[0]])
            yield {
                one: self._any_row(int(source)),
                **{place: self._any_row(place) for place in also[1:]},
                also[0]: mine,
            }
            yield {one: self._any_row(one), **{place: self._any_row(place) for place in also}}

    def _any_row(self, place: int) -> tuple[int, ...]:
        return self.rows[place][int(self.rng.integers(len(self.rows[place])))]


def _looks_the_same(
    story: Story, shown: tuple[Publication, ...], viewer: int, rows: Mapping[int, tuple[int, ...]]
) -> bool:
    changed = story.with_scores(rows)
    for wishes in (story.choices, _without_wishes(story, shown, rows)):
        choices = _shared_alike(replace(changed, choices=wishes), shown, viewer, rows)
        if choices is not None and replace(changed, choices=choices).published() == shown:
            return True
    return False


def _without_wishes(story: Story, shown: tuple[Publication, ...], rows: Collection[int]) -> dict[str, Choice]:
    """The choices as if those people had never wished to be named where they are not: nobody else knows."""
    found = dict(story.choices)
    for label in (story.team.people[place].id for place in rows):
        choice = found.get(label, Choice())
        kept = {
            item: chosen
            for item, chosen in choice.sharing.items()
            if chosen is not Sharing.NAMED or _named(shown, label, item)
        }
        found[label] = replace(choice, sharing=kept)
    return found


def _shared_alike(
    story: Story, shown: tuple[Publication, ...], viewer: int, last: Collection[int]
) -> dict[str, Choice] | None:
    """Choices under which the same bands would be shown without a name; the viewer's own stay.

    Those in `last` are only thought to have shared where nobody else can have. None where nobody has a band shown.
    """
    people = story.team.people
    sharing = {person.id: dict(story.choices.get(person.id, Choice()).sharing) for person in people}
    of_person = [bands(_scores(story, place)) for place in range(len(people))]
    for place, item in enumerate(story.team.items):
        for edition, wanted in enumerate(_shown_unnamed(shown, place)):
            if not wanted:
                continue
            came = [one for one in range(story.arrivals[-1]) if story.arrived(one) == edition and one != viewer]
            open_bands = list(wanted)
            is_mine = story.arrived(viewer) == edition and sharing[people[viewer].id].get(item) is Sharing.UNNAMED
            if is_mine and of_person[viewer][place] in open_bands:
                open_bands.remove(of_person[viewer][place])
            for one in came:
                if sharing[people[one].id].get(item) is Sharing.UNNAMED:
                    del sharing[people[one].id][item]
            quiet = [one for one in came if not _named(shown, people[one].id, item)]
            for one in sorted(quiet, key=lambda other: (other in last, item in sharing[people[other].id])):
                if of_person[one][place] in open_bands:
                    open_bands.remove(of_person[one][place])
                    sharing[people[one].id][item] = Sharing.UNNAMED
            if open_bands:
                return None
    return {one.id: replace(story.choices.get(one.id, Choice()), sharing=sharing[one.id]) for one in people}


def _shown_unnamed(shown: tuple[Publication, ...], place: int) -> list[list[Band]]:
    """The bands shown without a name, by the edition in which they came."""
    found: list[list[Band]] = []
    for one in shown:
        bands_now = list(one.items[place].unnamed) if one.items else []
        found.append(bands_now[sum(len(before) for before in found) :])
    return found


def _scores(story: Story, place: int) -> tuple[int, ...]:
    scores = story.team.people[place].scores
    assert scores is not None
    return scores


def _named(shown: tuple[Publication, ...], person: str, item: str) -> bool:
    shares = [share for one in shown for picture in one.items if picture.item == item for share in picture.named]
    return any(share.person == person for share in shares)


def near(design: Design, scores: Sequence[int], rng: np.random.Generator, tries: int) -> Iterator[tuple[int, ...]]:
    """Rows that answers to the design can give, most of them near one, some with two items exchanged; each once."""
    wanted = np.repeat(np.array(scores, dtype=float)[None], tries, axis=0)
    for row in wanted[::2]:
        this, that = rng.choice(len(scores), size=2, replace=False)
        row[[this, that]] = row[[that, this]]
    wanted *= rng.choice([0.4, 0.8, 1.5, 3.0], size=(tries, 1))
    wanted += rng.normal(size=wanted.shape) * rng.choice([0.5, 1.0, 3.0], size=(tries, 1))
    yield from sorted({tuple(row) for row in answered_scores(design, wanted, rng).tolist()})


def some_choices(items: Sequence[str], people: Sequence[Person], rng: np.random.Generator) -> dict[str, Choice]:
    """What people allow: most keep most, some share much."""
    eager = rng.choice([0.0, 0.1, 0.4, 0.9], size=len(people))

    def one(place: int) -> Choice:
        sharing = {
            item: Sharing(str(rng.choice(["unnamed", "named"]))) for item in items if rng.random() < eager[place]
        }
        return Choice(sharing, open_team=True, open_role=bool(rng.random() < 0.7))

    return {person.id: one(place) for place, person in enumerate(people)}


def some_people(design: Design, number: int, roles: Sequence[str], rng: np.random.Generator) -> tuple[Person, ...]:
    """A team of one of several kinds: at one, at one but for somebody, in two camps, with ties, or anyhow."""
    base, other = rng.normal(scale=3.0, size=(2, design.items))
    kind = rng.integers(5)
    wanted = np.repeat(base[None], number, axis=0) * rng.choice([1.0, 3.0])
    if kind == 1:
        wanted[rng.integers(number)] = -base
    if kind == 2:
        wanted[: number // 2] = -base * rng.choice([1.0, 3.0])
    if kind == 3:
        wanted = np.repeat(np.round(base / 4)[None] * 4, number, axis=0)
    if kind == 4:
        wanted = rng.normal(scale=3.0, size=(number, design.items))
    wanted[rng.random(number) < 0.1] = other
    scores = answered_scores(design, wanted, rng).tolist()
    return tuple(Person(f"p{place:02d}", str(rng.choice(list(roles))), tuple(row)) for place, row in enumerate(scores))


def drawn_story(rng: np.random.Generator) -> Story:
    """A team of three to ten on a list of six to eleven, some with late answers, with roles and with shares."""
    items, number = int(rng.choice([6, 7, 8, 11])), int(rng.choice([3, 4, 5, 5, 6, 7, 8, 10]))
    late = int(rng.choice([0, 0, 3, 4]))
    design, names = plan_tasks(items).design, tuple(f"i{place}" for place in range(items))
    people = some_people(design, number + late, ("a", "b", "") if rng.random() < 0.5 else ("a", "a", "b"), rng)
    keep_all = {person.id: Choice(open_team=True) for person in people}
    choices = some_choices(names, people, rng) if rng.random() < 0.7 else keep_all
    return Story(Team(names, design, people), choices, (number, number + late) if late else (number,))

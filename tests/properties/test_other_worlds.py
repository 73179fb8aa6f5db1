"""In teams of real size everything published has other explanations: late answers, role groups and shares included."""

import numpy as np
import pytest
from other_worlds import Story, drawn_story, given_away

from commonground.partnership.own import Band, bands
from commonground.partnership.publication import ItemPicture, Publication


class Naive(Story):
    """Shows every band of everybody, only without the names: what many tools do."""

    def published(self) -> tuple[Publication, ...]:
        (honest, *_) = super().published()
        rows = [bands(one.scores) for one in self.team.people if one.scores is not None]
        shown = tuple(
            ItemPicture(
                one.item, one.standing, unnamed=tuple(sorted((row[place] for row in rows), key=list(Band).index))
            )
            for place, one in enumerate(honest.items)
        )
        return (Publication(honest.status, 1, honest.invited, honest.counted, items=shown),)


@pytest.mark.parametrize("seed", [101, 103, 104, 105, 109, 111, 112, 114])
def test_nothing_is_given_away(seed: int) -> None:
    rng = np.random.default_rng(seed)
    story = drawn_story(rng)
    viewer = int(rng.integers(story.arrivals[0]))
    assert not given_away(story, viewer, rng)


def test_the_test_finds_what_a_naive_publication_gives_away() -> None:
    """The negative control: where all but the viewer have a band, bands without names are as good as with names."""
    rng = np.random.default_rng(104)
    story = drawn_story(rng)
    naive = Naive(story.team, story.choices, story.arrivals[:1])
    assert given_away(naive, 0, rng, tries=60)

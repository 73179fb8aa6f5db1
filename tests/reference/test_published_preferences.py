"""The population fitted to the published study answers as its participants did, within what chance allows."""

import numpy as np
import pytest

from commonground.design.build import build_design
from commonground.published.preferences import AGREEMENT_FITTED, PERSON_TO_PERSON_SD, PUBLISHED_LIKE
from commonground.published.tables import GROUP_SIZES, ITEMS, TABLES
from commonground.simulation.calibrate import expected_counts, expected_repeats, fit_means
from commonground.simulation.picks import draw_picks
from commonground.simulation.population import Population
from commonground.simulation.respondents import draw_utilities

PEOPLE = 8000
TASKS = np.array(build_design(11, 5).versions[0])


def _published(group):
    rows = TABLES[group]
    return np.array([[rows[item].most for item in ITEMS], [rows[item].least for item in ITEMS]], dtype=float)


def _departures(population, group):
    """Published counts minus expected ones, in standard errors of a group of this size: (2, n_items)."""
    rng = np.random.default_rng(1)
    people = draw_utilities(population.mean(group), population.sd, PEOPLE, rng)
    picks = draw_picks(people, np.broadcast_to(TASKS, (PEOPLE, *TASKS.shape)), rng)
    each = np.stack([(side[..., None] == np.arange(11)).sum(axis=1) for side in picks])
    expected = GROUP_SIZES[group] * expected_counts(people, TASKS)
    return (_published(group) - expected) / (np.sqrt(GROUP_SIZES[group]) * each.std(axis=1))


@pytest.mark.parametrize("group", GROUP_SIZES)
def test_published_counts_are_within_simulation_error(group):
    departures = _departures(PUBLISHED_LIKE, group)
    assert np.abs(departures).max() < 3
    assert (departures**2).mean() < 1.6


@pytest.mark.parametrize("group", GROUP_SIZES)
def test_another_groups_preferences_would_be_noticed(group):
    other = {"HP": "R", "R": "P", "P": "HP"}[group]
    swapped = Population(ITEMS, {group: PUBLISHED_LIKE.means[other]}, PUBLISHED_LIKE.sd)
    assert (_departures(swapped, group) ** 2).mean() > 3


def test_people_without_differences_would_be_noticed():
    """Were everybody alike, far fewer would repeat themselves than did."""
    means = {
        group: fit_means(*_published(group), TASKS, people=size, sd=0.0, rng=np.random.default_rng(1))
        for group, size in GROUP_SIZES.items()
    }
    alike = np.average(
        [expected_repeats(mean[None, :], TASKS).agreement for mean in means.values()],
        weights=list(GROUP_SIZES.values()),
    )
    assert alike < AGREEMENT_FITTED - 0.1


def test_repeats_are_as_steady_as_published():
    """42.5, 44.9 and 12.6 per cent of 127: standard errors are 4.4, 4.4 and 2.9 points."""
    rng = np.random.default_rng(2)
    shares = [
        expected_repeats(draw_utilities(PUBLISHED_LIKE.mean(group), PERSON_TO_PERSON_SD, PEOPLE, rng), TASKS)
        for group in GROUP_SIZES
    ]
    sizes = list(GROUP_SIZES.values())
    found = [
        np.average([getattr(one, name) for one in shares], weights=sizes)
        for name in ("both_same", "one_changed", "both_changed")
    ]
    assert found == pytest.approx([0.425, 0.449, 0.126], abs=0.02)
    assert np.average([one.agreement for one in shares], weights=sizes) == pytest.approx(AGREEMENT_FITTED, abs=0.008)


def test_means_are_those_the_fit_gives():
    """The constants in the module are the outcome of the recipe they name, for the largest group."""
    found = fit_means(
        *_published("HP"), TASKS, people=GROUP_SIZES["HP"], sd=PERSON_TO_PERSON_SD, rng=np.random.default_rng(9)
    )
    np.testing.assert_allclose(found, PUBLISHED_LIKE.mean("HP"), atol=0.2)

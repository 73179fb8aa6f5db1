"""Every balanced design that ships, counted."""

from math import comb

import pytest

from commonground.design.blocks import Parameters, verified
from commonground.design.existence import MOST_ITEMS, NONEXISTENT, admissible_parameters, missing_parameters
from commonground.design.recipes import recipe_for, recipes


@pytest.mark.parametrize("items", range(3, MOST_ITEMS + 1))
def test_every_admissible_design_is_built_or_known_not_to_be(items, together):
    for parameters in admissible_parameters(items):
        recipe = recipe_for(parameters)
        if recipe is None:
            assert parameters in NONEXISTENT or parameters in missing_parameters()
            continue
        blocks = recipe.blocks()
        assert len(blocks) == parameters.tasks
        assert {len(block) for block in blocks} == {parameters.per_task}
        assert together(blocks, items) == {parameters.co_appearances}, recipe.source


def test_every_recipe_keeps_its_promise():
    for parameters, recipe in recipes().items():
        assert verified(recipe.build(), parameters)


def test_no_recipe_claims_what_is_proven_impossible():
    assert not [parameters for parameters in NONEXISTENT if recipe_for(parameters)]


def test_tasks_repeat_only_where_they_must():
    """A union renames its parts; where every set of that size fits, none is left to repeat."""
    for parameters in [Parameters(7, 3, 2), Parameters(11, 5, 4), Parameters(9, 3, 4), Parameters(13, 4, 3)]:
        blocks = recipe_for(parameters).blocks()
        assert len(set(blocks)) == len(blocks) <= comb(parameters.items, parameters.per_task)


def test_the_published_design_is_the_difference_set_and_its_complement():
    published = recipe_for(Parameters(11, 5, 2)).blocks()
    assert {frozenset((item + shift) % 11 for item in (1, 3, 4, 5, 9)) for shift in range(11)} == set(published)
    alternative = recipe_for(Parameters(11, 6, 3)).blocks()
    assert set(alternative) == {frozenset(range(11)) - block for block in published}


def test_every_source_names_its_origin():
    for items in range(3, MOST_ITEMS + 1):
        for parameters in admissible_parameters(items):
            recipe = recipe_for(parameters)
            assert recipe is None or "all sets" in recipe.source or "(" in recipe.source

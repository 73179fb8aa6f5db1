"""Languages compared within partner groups."""

from collections.abc import Sequence

import numpy as np

from commonground.analysis.comparison import Verdict
from commonground.analysis.languages import changed_language, compare_languages
from commonground.records.choices import ChoiceData

ITEMS = ("a", "b", "c", "d")
TASKS = ((0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3))


def answers(groups: Sequence[str], orders: Sequence[Sequence[int]]) -> ChoiceData:
    """Everybody answers every task by an order of their own, the most important item first."""
    people, shown, best, worst = [], [], [], []
    for person, order in enumerate(orders):
        for task in TASKS:
            ranked = sorted(task, key=list(order).index)
            people.append(person)
            shown.append(task)
            best.append(ranked[0])
            worst.append(ranked[-1])
    return ChoiceData.from_rows(
        ITEMS,
        tuple(f"r{person}" for person in range(len(orders))),
        respondent=people,
        task=[1, 2, 3, 4] * len(orders),
        shown=shown,
        best=best,
        worst=worst,
        covariates={"group": tuple(groups)},
    )


def mixed(size: int, rng: np.random.Generator) -> list[tuple[int, ...]]:
    return [tuple(rng.permutation(4)) for _ in range(size)]


def test_languages_that_turn_the_order_round_differ_and_groups_are_kept_apart() -> None:
    rng = np.random.default_rng(3)
    turned = [(0, 1, 2, 3)] * 15 + [(3, 2, 1, 0)] * 15
    data = answers(["P"] * 30 + ["R"] * 40, turned + mixed(40, rng))
    found = compare_languages(
        data, ["en"] * 15 + ["fr"] * 15 + ["en", "fr"] * 20, by="group", resamples=200, permutations=200
    )
    patients, researchers = found
    assert (patients.group, patients.people) == ("P", {"en": 15, "fr": 15})
    assert {item.pairs[0].verdict for item in patients.comparison.items} == {Verdict.DIFFERS}  # type: ignore[union-attr]  # it is there in this test
    assert Verdict.DIFFERS not in {item.pairs[0].verdict for item in researchers.comparison.items}  # type: ignore[union-attr]  # it is there in this test


def test_few_people_of_a_language_are_not_compared() -> None:
    data = answers(["P"] * 30, mixed(30, np.random.default_rng(1)))
    (found,) = compare_languages(data, ["en"] * 25 + ["fr"] * 4 + [None], by="group")
    assert (found.people, found.compared, found.comparison) == ({"en": 25, "fr": 4}, ("en",), None)


def test_one_language_is_nothing_to_compare() -> None:
    data = answers(["P"] * 12, mixed(12, np.random.default_rng(1)))
    (found,) = compare_languages(data, ["en"] * 11 + [None], by="group")
    assert (found.people, found.comparison) == ({"en": 11}, None)
    assert compare_languages(data, [None] * 12, by="group") == ()


def test_who_changed_language_on_the_way_is_counted() -> None:
    data = answers(["P"] * 2, mixed(2, np.random.default_rng(1)))
    told = ChoiceData(
        **{name: getattr(data, name) for name in data.__slots__} | {"language": ("en", "fr", *["fr"] * 6)}
    )
    assert (changed_language(data), changed_language(told)) == (0, 1)

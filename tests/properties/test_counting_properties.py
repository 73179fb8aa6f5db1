"""What holds of counts, rounding and the threshold rule whatever the numbers."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.classify import CLASSES, classify
from commonground.analysis.count import Added, count
from commonground.analysis.descriptives import summarise_numbers
from commonground.analysis.ratios import ranks, rescale
from commonground.records.choices import ChoiceData, CountTable
from commonground.records.rounding import half_up, percent

SCORES = st.dictionaries(st.sampled_from("uvwxyz"), st.floats(0, 1), min_size=2, max_size=6)
COUNTS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=12)


@st.composite
def choice_data(draw: st.DrawFn) -> ChoiceData:
    """People who each answer some tasks of two to four of five items; some leave best, worst or both empty."""
    rows = []
    people = draw(st.integers(1, 4))
    for person in range(people):
        for task in range(1, draw(st.integers(1, 4)) + 1):
            shown = draw(st.permutations(range(5)))[: draw(st.integers(2, 4))]
            best, worst = draw(st.sampled_from([(shown[0], shown[1]), (shown[0], -1), (-1, shown[1]), (-1, -1)]))
            rows.append((person, task, shown + [-1] * (4 - len(shown)), best, worst, draw(st.sampled_from([0, 0, 1]))))
    person, task, shown, best, worst, repeat = zip(*rows, strict=True)
    return ChoiceData.from_rows(
        tuple("abcde"),
        tuple(f"p{index}" for index in range(people)),
        respondent=person,
        task=task,
        shown=shown,
        best=best,
        worst=worst,
        repeat_of=repeat,
        covariates={"group": tuple(draw(st.sampled_from(["x", "y"])) for _ in range(people))},
    )


@given(choice_data())
def test_counting_agrees_with_a_loop(data: ChoiceData) -> None:
    if data.scored.size == 0:
        return
    found = count(data).groups[0]
    for place, item in enumerate(found.items):
        assert item.best == sum(int(data.best[row] == place) for row in data.scored)
        assert item.worst == sum(int(data.worst[row] == place) for row in data.scored)
        assert item.shown == sum(int(place in data.shown[row]) for row in data.scored)


@given(choice_data())
def test_groups_sum_to_everybody(data: ChoiceData) -> None:
    if data.scored.size == 0:
        return
    everybody, groups = count(data).groups[0], count(data, by="group").groups
    for item in everybody.items:
        assert item.best == sum(group.item(item.item).best for group in groups)
        assert item.worst == sum(group.item(item.item).worst for group in groups)


@given(choice_data(), st.randoms())
def test_the_order_of_rows_does_not_matter(data: ChoiceData, random: Random) -> None:
    if data.scored.size == 0:
        return
    order = list(range(data.task.size))
    random.shuffle(order)
    shuffled = ChoiceData.from_rows(
        data.items,
        data.respondents,
        respondent=data.respondent[order],
        task=data.task[order],
        shown=data.shown[order],
        best=data.best[order],
        worst=data.worst[order],
        repeat_of=data.repeat_of[order],
        covariates=data.covariates,
    )
    assert count(shuffled, by="group") == count(data, by="group")


@given(COUNTS, st.floats(0.01, 2))
def test_rescaled_scores_run_from_0_to_1_and_rank_like_ratios(counts: list[tuple[int, int]], constant: float) -> None:
    best, worst = (np.array([column], dtype=float) for column in zip(*counts, strict=True))
    items = tuple(f"i{place}" for place in range(len(counts)))
    found = count(CountTable(items, ("all",), best, worst), added=Added(constant)).groups[0].items
    scores = [item.rescaled for item in found]
    if None in scores:
        assert len({item.rank_by_ratio for item in found}) == 1
        return
    assert (min(scores), max(scores)) == (0, 1)
    assert [item.rank_by_ratio for item in found] == list(ranks(np.array(scores, dtype=float)))


@given(SCORES)
def test_the_order_of_groups_does_not_matter(scores: dict[str, float]) -> None:
    found, turned = classify(scores, 0.2), classify(dict(reversed(scores.items())), 0.2)
    assert found.class_ == turned.class_
    assert set(found.apart) == set(turned.apart)
    assert found.range == turned.range


@given(SCORES)
def test_turning_the_scale_round_changes_no_class(scores: dict[str, float]) -> None:
    turned = classify({group: 1 - score for group, score in scores.items()}, 0.2)
    found = classify(scores, 0.2)
    assert (turned.class_, set(turned.apart)) == (found.class_, set(found.apart))


@given(SCORES, st.floats(0.01, 1))
def test_similar_means_no_strict_pair_and_the_reverse(scores: dict[str, float], threshold: float) -> None:
    found = classify(scores, threshold)
    assert found.class_ in CLASSES
    assert (found.class_ == "similar") == (not found.strict_pairs) == (not any(found.parts[1:]))


@given(SCORES)
def test_parts_hold_every_group_once(scores: dict[str, float]) -> None:
    found = classify(scores, 0.2)
    assert sorted(group for part in found.parts for group in part) == sorted(scores)
    assert (found.class_ == "all_differ") == (len(scores) > 2 and len(found.parts) == len(scores))


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=10))
def test_rescaling_twice_changes_nothing(values: list[float]) -> None:
    once = rescale(np.array(values))
    if not np.isnan(once).any():
        np.testing.assert_allclose(rescale(once), once, atol=1e-12)


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 4))
def test_percentages_are_within_half_a_digit_and_never_below_the_half(n: int, of: int, digits: int) -> None:
    exact, rounded = Fraction(100 * n, of), Fraction(percent(n, of, digits))
    half = Fraction(1, 2 * 10**digits)
    assert -half <= exact - rounded < half


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 5))
def test_half_up_is_the_decimal_modules_rounding(value: Decimal, digits: int) -> None:
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        assert half_up(value, digits) == round_with(value, digits)


def round_with(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_the_mean_lies_within_the_range(values: list[float]) -> None:
    found = summarise_numbers(values)
    assert found.smallest is not None
    assert found.largest is not None
    assert found.mean is not None
    assert found.smallest - 1e-6 <= found.mean <= found.largest + 1e-6

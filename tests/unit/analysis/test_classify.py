"""The threshold rule, case by case."""

import numpy as np
import pytest

from commonground.analysis.classify import CLASSES, class_codes, classify


@pytest.mark.parametrize(
    ("scores", "class_", "apart"),
    [
        ({"HP": 0.61, "R": 0.61, "P": 0.48}, "similar", ()),
        ({"HP": 0.42, "R": 0.79, "P": 0.39}, "one_differs", ("R",)),
        ({"HP": 0.79, "R": 1.0, "P": 0.45}, "all_differ", ("HP", "R", "P")),
        # No gap of 0.2, but a range of 0.26: split at the widest gap, below HP.
        ({"HP": 0.8335, "R": 0.8948, "P": 0.6377}, "one_differs", ("P",)),
        # No gap is wider than another, so nothing says which group is the odd one.
        ({"HP": 0.0, "R": 0.15, "P": 0.3}, "all_differ", ("HP", "R", "P")),
        ({"x": 0.5, "y": 0.69}, "similar", ()),
        ({"x": 0.5, "y": 0.75}, "differ", ("x", "y")),
        ({"w": 0.0, "x": 0.05, "y": 0.5, "z": 0.55}, "groups_split", ()),
        ({"w": 0.0, "x": 0.3, "y": 0.6, "z": 0.62}, "groups_split", ("w", "x")),
        ({"w": 0.0, "x": 0.5, "y": 0.5, "z": 0.55}, "one_differs", ("w",)),
        ({"w": 0.0, "x": 0.25, "y": 0.5, "z": 0.75}, "all_differ", ("w", "x", "y", "z")),
    ],
)
def test_the_parts_tell_the_class(scores: dict[str, float], class_: str, apart: tuple[str, ...]) -> None:
    found = classify(scores, 0.2)
    assert (found.class_, found.apart) == (class_, apart)


def test_a_gap_of_exactly_the_threshold_counts() -> None:
    """0.3 + 0.1 − 0.2 is a little more than 0.2 in binary, 0.7 − 0.5 a little less; both are 0.2."""
    assert classify({"x": 0.5, "y": 0.7}, 0.2).class_ == "differ"
    assert classify({"x": 0.3 + 0.1 - 0.2, "y": 0.4}, 0.2).strict_pairs == (("x", "y"),)


def test_strict_pairs_may_disagree_with_the_class() -> None:
    """`res`: P stands apart by the rule, yet only one of its two pairs is 0.2 apart."""
    found = classify({"HP": 0.8335, "R": 0.8948, "P": 0.6377}, 0.2)
    assert (found.apart, found.strict_pairs) == (("P",), (("R", "P"),))


def test_many_items_at_once_agree_with_one_at_a_time() -> None:
    scores = np.random.default_rng(3).random((40, 4, 6))
    codes = class_codes(scores, 0.2)
    for draw in range(40):
        for item in range(6):
            one = classify(dict(zip("wxyz", scores[draw, :, item].tolist(), strict=True)), 0.2)
            assert CLASSES[codes[draw, item]] == one.class_

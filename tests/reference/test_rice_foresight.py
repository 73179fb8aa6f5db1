"""Real answers left out and foreseen, beside what established hierarchical Bayes programs reach on the same tasks.

Two tasks a person (`holdout.csv`). Shares of best, worst and both right: R's bayesm .73 / .72 / .54, ChoiceModelR
.73 / .71 / .53, RSGHB .69 / .67 / .48; aggregate logit .41 / .54 / .22; each person's counts .72 / .63 / .45.
"""

from pathlib import Path

import pytest

from commonground.analysis.prediction.compare import Foresights, compare_foresight
from commonground.files.choices import read_choices
from commonground.files.holdout import read_holdout

ESTABLISHED = {"hb": (0.73, 0.72, 0.54), "aggregate": (0.41, 0.54, 0.22)}
BAYESM_LOG_SCORE = -1.436
"""Our own measurement: rhierMnlRwMixture, default prior, 12,000 draws, pairs as maxdiff."""


@pytest.fixture(scope="module")
def found(rice_data: Path) -> Foresights:
    data = read_choices(rice_data / "responses.csv").data
    held = read_holdout(rice_data / "holdout.csv", data)
    return compare_foresight(data, models=("counts", "aggregate", "eb", "hb"), left_out=held.rows)


@pytest.mark.parametrize("model", ESTABLISHED)
def test_hits_are_within_a_standard_error_of_established_programs(model: str, found: Foresights) -> None:
    one = next(one for one in found.models if one.model == model)
    for name, theirs in zip(("best", "worst", "both"), ESTABLISHED[model], strict=True):
        assert getattr(one.score, name) > theirs - getattr(one.standard_error, name), name


def test_the_log_score_is_as_good_as_bayesms(found: Foresights) -> None:
    score = {one.model: one.score.log_score or 0.0 for one in found.models}
    assert score["hb"] > BAYESM_LOG_SCORE - 0.02
    assert score["eb"] == pytest.approx(score["hb"], abs=0.05), "the fast way is nearly as good"


def test_knowing_people_beats_one_utility_for_all_and_that_beats_chance(found: Foresights) -> None:
    both = {one.model: one.score.both or 0.0 for one in found.models}
    assert found.chance.both == pytest.approx(1 / 12)
    assert found.chance.both < both["aggregate"] < both["counts"] < both["hb"]

"""Whatever people answer, a fit gives numbers that mean something or says why there are none."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.agreement.agreement import agreement
from commonground.analysis.logit import spread
from commonground.analysis.logit.fit import fit
from commonground.likelihood.apart import SPLIT
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import scored_tasks
from commonground.records.anchors import dual_response
from commonground.records.choices import ALL_MATTER, MISSING, NONE_MATTER, SOME_MATTER, ChoiceData
from commonground.records.errors import RequestError

FAR = 60.0


def patched_pictures():
    """Fewer simulated people: nothing here hangs on how many."""
    return patch.object(spread, "PICTURES", 1000)


@st.composite
def answers(draw):
    """Up to six people, up to six items, tasks of any size, picks perhaps not made."""
    n_items, people = draw(st.integers(2, 6)), draw(st.integers(1, 6))
    rows = []
    for person in range(people):
        for task in range(draw(st.integers(1, 5))):
            shown = draw(st.permutations(range(n_items)))[: draw(st.integers(1, n_items))]
            asked = draw(st.sampled_from(["best", "worst", "both", "both"]))
            best = shown[0] if asked != "worst" else MISSING
            worst = shown[-1] if asked == "worst" or (asked == "both" and len(shown) > 1) else MISSING
            rows.append((person, task + 1, [*shown, *[MISSING] * (n_items - len(shown))], best, worst))
    respondent, task, shown, best, worst = zip(*rows, strict=True)
    return ChoiceData.from_rows(
        tuple("abcdef"[:n_items]),
        tuple(f"r{person}" for person in range(people)),
        respondent=respondent,
        task=task,
        shown=shown,
        best=best,
        worst=worst,
    )


@given(data=answers())
@pytest.mark.parametrize("model", list(MODELS))
@settings(max_examples=25)
def test_numbers_mean_something_or_are_missing_with_a_reason(model, data):
    reads = {"best": data.best, "worst": data.worst}
    if model in reads and (reads[model] == MISSING).all():
        with pytest.raises(RequestError, match="Nobody made a pick"):
            fit(data, model=model)
        return
    found = fit(data, model=model).models[0]
    given_ones = [item for item in found.items if item.utility is not None]
    missing = {item.item for item in found.items if item.utility is None}
    assert all(abs(item.utility) < FAR and np.isfinite(item.standard_error) for item in given_ones)
    assert missing == {name for one in found.separated for name in one.items}
    assert found.converged or found.separated
    assert found.log_likelihood >= found.null_log_likelihood - 1e-9
    if given_ones:
        assert sum(item.utility for item in given_ones) == pytest.approx(0, abs=1e-9)
        assert sum(item.share for item in given_ones) == pytest.approx(1)
    if found.converged and not missing:
        u = np.array([item.utility for item in found.items])
        np.testing.assert_allclose(MODELS[model].gradient(u, scored_tasks(data)), 0, atol=1e-5)


@given(data=answers(), seed=st.integers(0, 3))
@pytest.mark.parametrize("model", SPLIT)
@settings(max_examples=4)
def test_a_scale_of_worst_is_a_number_or_there_is_a_reason(model, data, seed):
    with patched_pictures():
        (group,) = fit(data, model=model, scale_worst=True, seed=seed).worst_scales.groups
    if group.scale is None:
        assert group.messages
        return
    assert group.scale.scale > 0
    assert np.isfinite([group.scale.robust_standard_error, group.scale.expected, group.scale.person_sd]).all()
    assert group.scale.p is None  # too few people to test


@given(data=answers(), told=st.lists(st.sampled_from([NONE_MATTER, SOME_MATTER, ALL_MATTER, MISSING]), min_size=30))
@settings(max_examples=25)
def test_anchored_utilities_are_numbers_or_there_is_a_reason(data, told):
    anchor = np.array(told[: data.task.size])
    single = (data.shown != MISSING).sum(axis=1) == 1
    anchor[single & (anchor == SOME_MATTER)] = ALL_MATTER
    for penalty in (0.0, 0.5):
        found = fit(data, anchors=dual_response(replace(data, anchor=anchor)), penalty=penalty).anchored
        (group,) = found.groups
        given_ones = [item for item in group.items if item.utility is not None]
        assert all(abs(item.utility) < FAR and np.isfinite(item.robust_standard_error) for item in given_ones)
        assert all(item.interval[0] <= item.utility <= item.interval[1] for item in given_ones)
        assert given_ones or group.messages
        assert group.converged or group.messages or penalty


@given(data=answers())
@settings(max_examples=8)
def test_agreement_lies_between_none_and_all(data):
    sides = tuple("xy"[person % 2] for person in range(len(data.respondents)))
    found = agreement(replace(data, covariates={"side": sides}), by="side", resamples=20, permutations=19)
    for one in found.within:
        assert one.w is None or 0 <= one.w <= 1
        assert one.p is None or 0 < one.p <= 1
    for apart in found.distances:
        figures = (apart.scores, apart.shares, apart.log_ratios)
        assert all(one.distance is None or 0 <= one.corrected <= one.distance for one in figures)

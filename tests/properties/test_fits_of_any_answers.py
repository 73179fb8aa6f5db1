"""Whatever people answer, a fit gives numbers that mean something or says why there are none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.logit.fit import fit
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import scored_tasks
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import RequestError

FAR = 60.0


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

"""Whatever tasks people answered, checking them gives sensible figures and never fails."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.quality.quality import quality
from commonground.records.choices import ChoiceData


@st.composite
def choice_data(draw):
    """Ragged tasks, missing picks, repeats with and without a twin."""
    items = draw(st.integers(2, 6))
    people = draw(st.integers(1, 4))
    width = draw(st.integers(2, items))
    rows = []
    for person in range(people):
        for task in range(1, draw(st.integers(0, 4)) + 1):
            shown = draw(st.permutations(range(items)))[: draw(st.integers(2, width))]
            best, worst = draw(st.permutations(shown))[:2]
            best = draw(st.sampled_from([best, -1]))
            worst = draw(st.sampled_from([worst, -1]))
            seconds = draw(st.sampled_from([np.nan, 0.0, 12.5]))
            repeat_of = draw(st.sampled_from([0, 0, 1]))
            rows.append((person, task, [*shown, *[-1] * (width - len(shown))], best, worst, repeat_of, seconds))
    columns = list(zip(*rows, strict=True)) or [[]] * 7
    return ChoiceData.from_rows(
        tuple(f"i{number}" for number in range(items)),
        tuple(f"r{number}" for number in range(people)),
        respondent=columns[0],
        task=columns[1],
        shown=np.array(columns[2], dtype=np.int64).reshape(len(rows), width),
        best=columns[3],
        worst=columns[4],
        repeat_of=columns[5],
        seconds=columns[6],
    )


def shares_of(one):
    """Every figure of a respondent that is a probability."""
    runs = (one.best_position, one.worst_position)
    return [
        one.rlh,
        one.cut_off,
        one.random_share,
        one.duplicate_chance,
        *(run.chance if run else None for run in runs),
    ]


@given(choice_data())
@settings(max_examples=15)
def test_quality_is_finite_and_adds_up(data):
    found = quality(data, seed=1, simulations=50)
    assert len(found.respondents) == len(data.respondents)
    assert sum(one.tasks for one in found.respondents) == data.scored.size == found.totals.tasks
    for one in found.respondents:
        assert all(share is None or 0 <= share <= 1 for share in shares_of(one))
        assert one.duplicate_of != one.respondent
        assert (one.rlh is None) == (one.tasks == 0)
    if found.totals.repeats is not None:
        repeats = found.totals.repeats
        assert repeats.both_same + repeats.one_changed + repeats.both_changed == repeats.compared

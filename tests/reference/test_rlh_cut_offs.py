"""Cut-offs of the root likelihood and their false flags, against figures computed independently for the project.

They were simulated once on these designs (per-person MAP logit with prior N(0, 4), best then worst; 95 % quantile of
random answerers; genuine people with independent normal utilities). Both sides carry simulation error: a cut-off from
a few hundred answerers has a standard error of 0.005 or so. The false flags belong to the cut-off they were told with,
so they are compared at that one.
"""

import numpy as np
import pytest

from commonground.analysis.logit.individual import fit_individuals
from commonground.analysis.quality.fit import equal_utilities_rlh
from commonground.design.build import build_design
from commonground.likelihood.tasks import Tasks
from commonground.simulation.picks import answer_again

PEOPLE = 1500

CUT_OFFS = {
    # (items, per task): equal utilities, cut-off, false flags at utility SD 1, 2 and 3
    (7, 3): (0.408, 0.679, (0.79, 0.49, 0.26)),
    (7, 4): (0.289, 0.495, (0.68, 0.24, 0.07)),
    (11, 5): (0.224, 0.361, (0.47, 0.04, 0.006)),
    (13, 4): (0.289, 0.457, (0.47, 0.05, 0.005)),
    (21, 5): (0.224, 0.338, (0.20, 0.002, 0.0)),
}


def _root_likelihoods(design, sd, seed):
    rng = np.random.default_rng(seed)
    shown = np.broadcast_to(np.array(design.versions[0]), (PEOPLE, design.tasks, design.per_task))
    asked = Tasks(shown, shown[..., 0], shown[..., 1])
    people = rng.normal(0, 1, (PEOPLE, design.items)) * sd
    return fit_individuals(answer_again(asked, people, rng), design.items).rlh, equal_utilities_rlh(asked)


@pytest.mark.parametrize(("items", "per_task"), CUT_OFFS)
def test_cut_offs_and_false_flags(items, per_task):
    equal, cut_off, false_flags = CUT_OFFS[items, per_task]
    design = build_design(items, per_task, tasks=items)
    random, chance = _root_likelihoods(design, 0.0, seed=1)
    assert chance == pytest.approx(equal, abs=0.0006)
    assert np.quantile(random, 0.95) == pytest.approx(cut_off, abs=0.018)
    for sd, expected in zip((1.0, 2.0, 3.0), false_flags, strict=True):
        genuine, _ = _root_likelihoods(design, sd, seed=2)
        assert (genuine < cut_off).mean() == pytest.approx(expected, abs=0.05)

"""A scale of worst is not seen where there is none, however people differ; anchored intervals hold what they should.

Size: 300 people, the published design. A 5 % test may reject 1 to 11 of 100 true hypotheses here (three standard errors
over 100 samples); the likelihood ratio and χ², the negative control, reject far more.
"""

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit
from commonground.likelihood import anchor
from commonground.records.anchors import Anchors, direct_anchors

PEOPLE = 300
SAMPLES = 100
ANCHORED_SAMPLES = 2_000
SPREADS = {"all items alike": np.ones(11), "items differ": np.linspace(1.6, 0.4, 11)}


@pytest.mark.parametrize("spread", SPREADS)
def test_people_who_differ_do_not_make_a_second_scale(spread, study, truth, counted, measured):
    """About 150 CPU seconds each."""
    rng = np.random.default_rng(1)
    found = []
    for _ in counted(SAMPLES, f"scale of worst, {spread}"):
        data = study("sequential", 1.5 * truth, SPREADS[spread], PEOPLE, rng)
        found.append(fit(data, scale_worst=True).worst_scales.groups[0].scale)
    scale, same = (
        np.mean([p < 0.05 for p in ps]) for ps in zip(*((f.p, f.same_utilities.p) for f in found), strict=True)
    )
    plain = np.mean([one.plain_p < 0.05 for one in found])
    figures = {"scale": scale, "same utilities": same, "plain": plain}
    measured(
        f"false alarms of the worst scale, {spread}", **{name: f"{100 * one:.0f} %" for name, one in figures.items()}
    )
    assert scale <= 0.11
    assert same <= 0.13
    assert plain > 0.3


@pytest.mark.parametrize("way", ["direct", "dual"])
def test_anchored_intervals_hold_as_often_as_they_say(way, study, truth, counted, measured):
    """Estimand: utilities less the threshold, of people who do not differ. About 60 CPU seconds each."""
    rng = np.random.default_rng(3)
    target = truth + 0.3
    hits = np.zeros((2, 11))
    for _ in counted(ANCHORED_SAMPLES, f"anchored, {way}"):
        data = study("sequential", target, 0.0, 100, rng)
        items = fit(data, anchors=_told(way, data, target, rng)).anchored.groups[0].items
        for row, name in enumerate(("standard_error", "robust_standard_error")):
            error = np.array([getattr(item, name) for item in items])
            hits[row] += np.abs(np.array([item.utility for item in items]) - target) < 1.96 * error
    shares = hits / ANCHORED_SAMPLES
    measured(
        f"coverage, anchored, {way}",
        plain=f"{100 * shares[0].mean():.1f} %",
        clustered=f"{100 * shares[1].mean():.1f} %",
    )
    assert (np.abs(shares - 0.95) < 0.02).all()


def _told(way, data, target, rng):
    if way == "direct":
        person, item = np.indices((len(data.respondents), 11))
        said = rng.random(person.shape) < 1 / (1 + np.exp(-target[item]))
        return direct_anchors(person.ravel(), item.ravel(), said.ravel())
    chances = anchor.probabilities(np.append(target, 0.0), data.shown).cumsum(axis=1)
    answer = (rng.random((data.task.size, 1)) > chances).sum(axis=1)
    return Anchors(data.respondent, data.shown, answer, data.best, data.worst)

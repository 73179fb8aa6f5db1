"""The likelihood of latent classes against its definition, and its derivatives against finite differences."""

from dataclasses import replace

import numpy as np
import pytest

from commonground.analysis.classes import answers as answers_module
from commonground.analysis.classes.answers import answers_of
from commonground.analysis.classes.mixture import Mixture, person_log_likelihoods
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import tasks_by_respondent
from commonground.records.choices import ChoiceData
from commonground.records.errors import RequestError

STEP = 1e-5


def ragged(seed=1, people=12):
    """Tasks of two to four of six items, some with one pick only, people with one to five tasks, and weights."""
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        for task in range(int(rng.integers(1, 6))):
            size = int(rng.integers(2, 5))
            shown = rng.permutation(6)[:size].tolist()
            best, worst = rng.permutation(shown)[:2].tolist()
            asked = rng.integers(4)
            rows.append(
                (
                    person,
                    task + 1,
                    shown + [-1] * (4 - size),
                    -1 if asked == 1 else best,
                    -1 if asked == 2 else worst,
                )
            )
    respondent, task, shown, best, worst = zip(*rows, strict=True)
    return ChoiceData.from_rows(
        tuple("abcdef"),
        tuple(map(str, range(people))),
        respondent=respondent,
        task=task,
        shown=shown,
        best=best,
        worst=worst,
        weight=rng.uniform(0.5, 2.0, people),
    )


def mixture_of(data, rule, classes=3, penalty=0.0):
    return Mixture(MODELS[rule], answers_of(data, rule), classes, len(data.items), penalty)


def somewhere(mixture, seed=2):
    return mixture.centred(np.random.default_rng(seed).normal(size=mixture.n_classes * (mixture.n_items + 1)))


def by_definition(mixture, data, at):
    """Person by person and class by class, each task's probability as the model says it."""
    utilities, sizes = mixture.utilities(at), np.exp(mixture.log_sizes(at))
    tasks = tasks_by_respondent(data)
    each = np.stack([mixture.model.log_likelihood(one, tasks) for one in utilities])
    inside = mixture.answers.people
    return float(data.weight[inside] @ np.log((sizes[:, None] * np.exp(each)).sum(axis=0))[inside])


@pytest.mark.parametrize("rule", MODELS)
def test_the_log_likelihood_is_what_its_definition_says(rule):
    """Sets that stand for many tasks, and picks added up apart, change nothing."""
    data = ragged()
    mixture = mixture_of(data, rule)
    at = somewhere(mixture)
    assert float(mixture.log_likelihood(at)) == pytest.approx(by_definition(mixture, data, at), abs=1e-10)


@pytest.mark.parametrize("rule", MODELS)
def test_derivatives_are_those_of_finite_differences(rule):
    mixture = mixture_of(ragged(), rule, penalty=0.3)
    at = somewhere(mixture)
    moves = STEP * np.eye(at.size)
    slope = [(mixture.value(at + move) - mixture.value(at - move)) / (2 * STEP) for move in moves]
    bend = [(mixture.slope(at + move) - mixture.slope(at - move)) / (2 * STEP) for move in moves]
    np.testing.assert_allclose(mixture.slope(at), slope, atol=1e-7)
    np.testing.assert_allclose(mixture.curvature(at), -np.array(bend), atol=1e-7)


def test_people_s_slopes_add_up():
    mixture = mixture_of(ragged(), "sequential")
    at = somewhere(mixture)
    np.testing.assert_allclose(mixture.answers.weight @ mixture.person_slopes(at), mixture.slope(at), atol=1e-10)


def test_seen_from_a_table_or_row_by_row_it_is_the_same(monkeypatch):
    """Data too large for a table of people and sets take the other way."""
    data = ragged()
    whole = mixture_of(data, "sequential")
    monkeypatch.setattr(answers_module, "MOST_DENSE", 0)
    rows = mixture_of(data, "sequential")
    assert whole.answers.dense is not None
    assert rows.answers.dense is None
    at = somewhere(whole)
    np.testing.assert_allclose(rows.slope(at), whole.slope(at), atol=1e-12)
    np.testing.assert_allclose(rows.curvature(at), whole.curvature(at), atol=1e-10)


def test_a_step_climbs_from_anywhere():
    """Where the likelihood bends upwards, the information used for steps does not."""
    mixture = mixture_of(ragged(), "sequential")
    at = somewhere(mixture)
    assert np.linalg.eigvalsh(mixture.curvature(at) + mixture.constants())[0] < 0, "a point worth testing"
    assert np.linalg.eigvalsh(mixture.information(at))[0] > 0


def test_few_sets_stand_for_many_answers():
    """A task of four has twelve answers, but only one set for the best and four for the worst."""
    rows = [(best, worst) for best in range(4) for worst in range(4) if best != worst]
    best, worst = zip(*rows, strict=True)
    data = ChoiceData.from_rows(
        tuple("abcd"),
        tuple(map(str, range(12))),
        respondent=range(12),
        task=[1] * 12,
        shown=[[0, 1, 2, 3]] * 12,
        best=best,
        worst=worst,
    )
    assert answers_of(data, "sequential").sets.best.size == 5
    assert answers_of(data, "maxdiff").sets.best.size == 1
    assert answers_of(data, "rank").sets.best.size == 12
    equal = person_log_likelihoods(mixture_of(data, "sequential"), np.zeros(4))
    np.testing.assert_allclose(np.exp(equal), 1 / 12)


def test_people_without_an_answer_are_in_no_class():
    data = ragged()
    silent = replace(data, best=np.where(data.respondent == 0, -1, data.best))
    silent = replace(silent, worst=np.where(data.respondent == 0, -1, data.worst))
    assert answers_of(silent, "sequential").people.tolist() == list(range(1, 12))
    nobody = replace(data, best=np.full_like(data.best, -1))
    with pytest.raises(RequestError, match="choice rule 'best'"):
        answers_of(nobody, "best")

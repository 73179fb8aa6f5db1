"""The bootstrapped likelihood-ratio test of the number of classes."""

import numpy as np
import pytest

from commonground.analysis.classes.attempt import attempt
from commonground.analysis.classes.bootstrap import simulated
from commonground.analysis.classes.fit import fit_classes
from commonground.analysis.logit.statistics import READS
from commonground.likelihood.models import MODELS
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import SettingError
from commonground.simulation.rules import draw_answers

ITEMS = ("a", "b", "c", "d")
TASKS = np.array([[0, 1, 2], [1, 2, 3], [2, 3, 0], [3, 0, 1]])
SURE = np.array([[6.0, 2.0, -2.0, -6.0], [-6.0, -2.0, 2.0, 6.0]])


def answers(utilities, rule="sequential", seed=1):
    """Everybody answers four tasks."""
    shown = np.broadcast_to(TASKS, (len(utilities), *TASKS.shape))
    return draw_answers(rule, utilities, shown, np.random.default_rng(seed)).as_data(ITEMS)


@pytest.fixture(scope="module")
def two_kinds() -> ChoiceData:
    return answers(SURE[np.repeat([0, 1], [14, 10])] / 3)


def test_two_kinds_are_told_from_one(two_kinds) -> None:
    found = fit_classes(two_kinds, classes=[1, 2], starts=3, bootstrap=19)
    one, two = found.solutions
    assert one.bootstrap is None
    assert (two.bootstrap.against, two.bootstrap.p, two.bootstrap.studies) == (1, 0.05, 19)
    assert two.bootstrap.statistic == pytest.approx(2 * (two.log_likelihood - one.log_likelihood))
    assert two.bootstrap.expected < two.bootstrap.statistic
    assert "classes against one fewer: 2 against 1 p = 0.05." in found.why
    assert "take 99 or more" in found.why
    assert found.to_polars("solutions")["bootstrap_p"].to_list() == [None, 0.05]


def test_one_kind_is_not_told_from_itself_and_the_seed_decides() -> None:
    alike, told = answers(np.tile(SURE[0] / 10, (20, 1))), []
    one, other = (
        fit_classes(alike, classes=[1, 2], starts=3, bootstrap=5, seed=4, progress=lambda *at: told.append(at))
        for _ in range(2)
    )
    assert one.solutions[1].bootstrap == other.solutions[1].bootstrap
    assert one.solutions[1].bootstrap.p > 0.2
    assert told[-1] == (4 + 5 * 4, 4 + 5 * 4)


@pytest.mark.parametrize("rule", MODELS)
def test_simulated_people_answer_what_was_asked_as_their_class_would(rule) -> None:
    """Tasks of two and three items, some without a best or a worst; people as sure as these never differ."""
    data = answers(SURE[np.repeat([0, 1], 8)])
    rows = np.arange(data.best.size)
    shown = np.where((rows % 4 == 3)[:, None] & (np.arange(3) == 2), MISSING, data.shown)
    kept = (data.best, data.worst)
    best, worst = (np.where((pick == data.shown[:, 2]) & (rows % 4 == 3), MISSING, pick) for pick in kept)
    best, worst = np.where(rows % 4 == 1, MISSING, best), np.where(rows % 4 == 2, MISSING, worst)
    asked = ChoiceData.from_rows(
        ITEMS, data.respondents, respondent=data.respondent, task=data.task, shown=shown, best=best, worst=worst
    )
    point = np.concatenate([10 * SURE.ravel(), np.log([0.5, 0.5])])
    found = simulated(asked, attempt(asked, rule, penalty=0.0, seed=1), point, np.random.default_rng(2))
    reads = READS.get(rule, (True, True))
    for pick, before, read in zip((found.best, found.worst), (asked.best, asked.worst), reads, strict=True):
        assert ((pick == MISSING) == (before == MISSING)).all() or not read
    for person in range(16):
        own = found.respondent == person
        tasks = [[item for item in task if item != MISSING] for task in found.shown[own].tolist()]
        picked = list(zip(tasks, found.best[own].tolist(), found.worst[own].tolist(), strict=True))
        assert sum(all(as_sure(kind, *one) for one in picked) for kind in SURE) == 1


def as_sure(kind, task, best, worst):
    """Whether people of this kind pick so."""
    in_order = sorted(task, key=lambda item: -kind[item])
    return best in {MISSING, in_order[0]} and worst in {MISSING, in_order[-1]}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"bootstrap": -1}, "0 or more"),
        ({"bootstrap": 9, "classes": [1, 3]}, "next to each other"),
        ({"bootstrap": 9, "penalty": 0.1}, "leave the penalty out"),
    ],
)
def test_what_cannot_be_tested_is_refused(settings, words, two_kinds) -> None:
    with pytest.raises(SettingError, match=words):
        fit_classes(two_kinds, **({"classes": [1, 2]} | settings))

"""Two people's decisions: what becomes of a case, how far they agree, against figures worked out elsewhere."""

from itertools import product

import numpy as np
import pytest

from commonground.records.errors import RequestError
from commonground.records.respondents import RespondentTable
from commonground.screening.agreement import agreement
from commonground.screening.decisions import REASON_WORDS, REASONS, Decision, Reason, Ruling, State, Verdict, settle
from commonground.screening.records import Stage
from commonground.screening.statuses import with_statuses

KEEP, EXCLUDE, UNSURE = Verdict.KEEP, Verdict.EXCLUDE, Verdict.UNSURE


def pairs(**counts: int) -> list[Decision]:
    """Decisions of two people: `pairs(ke=3)` are three cases one would keep and the other exclude."""
    known = {"k": KEEP, "e": EXCLUDE, "u": UNSURE}
    found: list[Decision] = []
    for both, number in counts.items():
        for one in range(number):
            found += [Decision(f"{both}{one}", name, known[way]) for name, way in zip(("Ann", "Bo"), both, strict=True)]
    return found


def fleiss_cohen_everitt(table: np.ndarray) -> float:
    """The standard error of kappa as Fleiss, Cohen and Everitt (1969, eq. 13) print it."""
    shares, n = table / table.sum(), table.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    same, chance = np.trace(shares), rows @ columns
    kappa = (same - chance) / (1 - chance)
    q = len(shares)
    on = sum(shares[i, i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in range(q))
    off = (1 - kappa) ** 2 * sum(
        shares[i, j] * (columns[i] + rows[j]) ** 2 for i, j in product(range(q), repeat=2) if i != j
    )
    return float(np.sqrt((on + off - (kappa - chance * (1 - kappa)) ** 2) / n) / (1 - chance))


def test_kappa_is_the_textbooks():
    found = agreement(pairs(kk=20, ee=15, ke=5, ek=10))  # the usual example: 0.7 observed, 0.5 by chance
    assert (found.cases, found.agreed, found.raw) == (50, 35, 0.7)
    assert found.kappa == pytest.approx(0.4)


def test_kappas_interval_is_that_of_fleiss_cohen_and_everitt():
    table = np.array([[40, 6, 2], [5, 20, 3], [1, 4, 9]])
    names = [f"{one}{other}" for one, other in product("keu", repeat=2)]
    found = agreement(pairs(**dict(zip(names, table.ravel().tolist(), strict=True))))
    low, high = found.kappa_interval
    n = table.sum()
    assert (high - low) / 2 / 1.959963984540054 == pytest.approx(
        fleiss_cohen_everitt(table) * np.sqrt(n / (n - 1)), rel=1e-9
    )


def test_ac1_holds_where_kappa_falls_to_nought():
    found = agreement(pairs(kk=118, ek=5, ke=2))
    pi = (118 + 3.5) / 125
    chance = (pi * (1 - pi) * 2) / 2
    assert found.ac1 == pytest.approx((118 / 125 - chance) / (1 - chance))
    assert found.kappa < 0
    assert found.ac1 > 0.9
    assert found.ac1_interval[0] < found.ac1 < found.ac1_interval[1] <= 1


def test_intervals_cover_as_often_as_they_say():
    rng, hits = np.random.default_rng(4), 0
    shares = np.array([[0.6, 0.08], [0.07, 0.25]])
    chance = shares.sum(axis=1) @ shares.sum(axis=0)
    truth = (np.trace(shares) - chance) / (1 - chance)
    for _ in range(200):
        numbers = rng.multinomial(80, shares.ravel()).tolist()
        low, high = agreement(pairs(**dict(zip(("kk", "ke", "ek", "ee"), numbers, strict=True)))).kappa_interval
        hits += low <= truth <= high
    assert 180 <= hits <= 199


def test_one_verdict_always_leaves_kappa_undefined_and_says_so():
    found = agreement(pairs(kk=4))
    assert (found.raw, found.kappa, found.ac1) == (1.0, None, 1.0)
    assert "kappa is not defined" in found.messages[0]


def test_nothing_to_compare_is_said():
    found = agreement([Decision("r1", "Ann", KEEP)])
    assert (found.cases, found.raw, found.ac1) == (0, None, None)
    assert "No case has been decided by two people" in found.messages[0]


def test_stages_are_compared_apart():
    second = [Decision("r1", "Ann", KEEP, stage=Stage.CHOICES), Decision("r1", "Bo", EXCLUDE, stage=Stage.CHOICES)]
    assert agreement(pairs(kk=2) + second).raw == 1.0
    assert agreement(pairs(kk=2) + second, stage=Stage.CHOICES).raw == 0.0


def state(decisions: list[Decision], rulings: tuple[Ruling, ...] = (), reviewers: int = 2) -> State:
    (found,) = settle(["r"], decisions, rulings, reviewers=reviewers)
    return found.state


def says(*verdicts: Verdict) -> list[Decision]:
    return [Decision("r", f"person {place}", verdict) for place, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("verdicts", "becomes"),
    [
        ((), State.WAITING),
        ((EXCLUDE,), State.WAITING),
        ((KEEP, KEEP), State.KEPT),
        ((EXCLUDE, EXCLUDE), State.EXCLUDED),
        ((KEEP, EXCLUDE), State.DISPUTED),
        ((KEEP, UNSURE), State.DISPUTED),
        ((UNSURE, UNSURE), State.DISPUTED),
    ],
)
def test_what_becomes_of_a_case(verdicts, becomes):
    assert state(says(*verdicts)) is becomes


def test_one_person_is_enough_only_where_the_study_says_so():
    assert state(says(EXCLUDE), reviewers=1) is State.EXCLUDED
    assert state(says(UNSURE), reviewers=1) is State.DISPUTED


def test_a_ruling_stands_over_the_decisions_and_the_last_one_counts():
    first, last = Ruling("r", EXCLUDE, "test", "Cy"), Ruling("r", KEEP, "explained", "Cy")
    assert state(says(KEEP, EXCLUDE), (first,)) is State.EXCLUDED
    assert state(says(KEEP, EXCLUDE), (first, last)) is State.KEPT


def test_nobody_decides_twice():
    with pytest.raises(RequestError, match="has decided twice about 'r'"):
        settle(["r"], [Decision("r", "Ann", KEEP), Decision("r", "Ann", EXCLUDE)])


def test_choices_alone_exclude_nobody():
    table = RespondentTable(("r1", "r2"), {"group": ("A", "B")})
    out = settle(
        [], [Decision("r1", name, EXCLUDE, stage=Stage.CHOICES) for name in ("Ann", "Bo")], stage=Stage.CHOICES
    )
    found = with_statuses(table, frozenset({"r1", "r2"}), [], out)
    assert found.values("screening") == ("kept", "kept")
    assert found.values("screening_sensitivity") == ("left_out", None)
    assert found.values("group") == ("A", "B")


def test_every_reason_has_words_and_a_verdict():
    assert set(REASON_WORDS) == set(Reason)
    assert set(REASONS[KEEP]) | set(REASONS[EXCLUDE]) == set(Reason)

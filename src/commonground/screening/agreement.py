"""How far two people agree who decided without knowing each other's opinion."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonground.records.choices import FloatArray
from commonground.records.sheet import Column, Sheet, cells
from commonground.records.tabular import Tabular
from commonground.screening.decisions import Decision, Verdict, decisions_by_case
from commonground.screening.records import Stage

Interval = tuple[float, float]

NORMAL_95 = 1.959963984540054

FEW = 30
"""With fewer cases the intervals, which rest on large samples, are a rough guide."""


@dataclass(frozen=True, slots=True)
class PairCount:
    """How often one person decided `first` and the other `second`."""

    first: Verdict
    second: Verdict
    cases: int


@dataclass(frozen=True, slots=True, repr=False)
class Agreement(Tabular):
    """Two people's decisions side by side.

    Parameters
    ----------
    cases : int
        Cases on which two people decided.
    agreed : int
        Cases on which they decided the same.
    raw : float or None
        The share of them, 0 to 1; None without cases.
    kappa, kappa_interval : or None
        Cohen's kappa, −1 to 1, with its 95 % interval; None where everybody always decided the same.
    ac1, ac1_interval : or None
        Gwet's AC1, which stays meaningful where nearly all cases are of one kind.
    pairs : tuple of PairCount
        How often each pair of verdicts came up.
    messages : tuple of str
    """

    cases: int
    agreed: int
    raw: float | None
    kappa: float | None
    kappa_interval: Interval | None
    ac1: float | None
    ac1_interval: Interval | None
    pairs: tuple[PairCount, ...]
    messages: tuple[str, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `agreement` with the coefficients, and `pairs` with the verdicts side by side."""
        names = ("cases", "agreed", "raw", "kappa", "ac1")
        shown = tuple(Column(name, name, digits=None if name in ("cases", "agreed") else 2) for name in names)
        verdicts = (Column("first", "one"), Column("second", "the other"), Column("cases", "cases"))
        return (
            Sheet("agreement", "How far two people agree", shown, (cells(self),), self.messages),
            Sheet("pairs", "Verdicts side by side", verdicts, tuple(cells(one) for one in self.pairs)),
        )


def agreement(decisions: Sequence[Decision], *, stage: Stage = Stage.APART) -> Agreement:
    """Compare the two decisions on each case; cases with one decision, or with more than two, are left out.

    With the shares of agreement p_a and of agreement by chance p_e, both coefficients are (p_a − p_e)/(1 − p_e). Cohen
    takes p_e from each person's own shares of verdicts, Gwet from Σ π(1 − π)/(q − 1) with the mean shares π of the q
    verdicts. Both variances are those of the linearised coefficient over cases.

    Parameters
    ----------
    decisions : sequence of Decision
    stage : Stage

    References
    ----------
    Cohen (1960), Educational and Psychological Measurement 20; Fleiss, Cohen and Everitt (1969), Psychological
    Bulletin 72, for its standard error; Gwet (2008), British Journal of Mathematical and Statistical Psychology 61,
    for AC1 and its variance.

    Examples
    --------
    >>> def case(number, one, other):
    ...     return [Decision(f"r{number}", "Ann", Verdict(one)), Decision(f"r{number}", "Bo", Verdict(other))]
    >>> both = [one for n in range(9) for one in case(n, "keep", "keep")] + case(9, "exclude", "keep")
    >>> found = agreement(both)
    >>> found.raw, round(found.kappa, 2), round(found.ac1, 2)
    (0.9, 0.0, 0.9)
    """
    pairs = [both for both in decisions_by_case(decisions, stage).values() if len(both) == 2]
    known = tuple(Verdict)
    first, second = (_ones([both[side].verdict for both in pairs], known) for side in (0, 1))
    same = (first * second).sum(axis=1)
    kappa, kappa_interval = _coefficient(same, _cohen_chance(first, second))
    ac1, ac1_interval = _coefficient(same, _gwet_chance((first + second) / 2))
    agreed = int(same.sum())
    return Agreement(
        cases=len(pairs),
        agreed=agreed,
        raw=agreed / len(pairs) if pairs else None,
        kappa=kappa,
        kappa_interval=kappa_interval,
        ac1=ac1,
        ac1_interval=ac1_interval,
        pairs=tuple(
            PairCount(one, other, int((first[:, row] * second[:, column]).sum()))
            for row, one in enumerate(known)
            for column, other in enumerate(known)
            if pairs
        ),
        messages=_messages(pairs, kappa),
    )


def _ones(verdicts: Sequence[Verdict], known: Sequence[Verdict]) -> FloatArray:
    """(n_cases, n_verdicts) float: 1 where the case has the verdict."""
    return np.array([[float(one == verdict) for verdict in known] for one in verdicts]).reshape(-1, len(known))


def _cohen_chance(first: FloatArray, second: FloatArray) -> FloatArray:
    """Each case's part of the agreement by chance: (n_cases,), its mean is p_e."""
    if not first.size:
        return np.empty(0)
    return (first @ second.mean(axis=0) + second @ first.mean(axis=0)) / 2


def _gwet_chance(mean: FloatArray) -> FloatArray:
    if not mean.size:
        return np.empty(0)
    return mean @ (1 - mean.mean(axis=0)) / (mean.shape[1] - 1)


def _coefficient(same: FloatArray, chance: FloatArray) -> tuple[float | None, Interval | None]:
    """(p_a − p_e)/(1 − p_e) with its interval: the variance is that of its linear part over cases."""
    if not same.size or chance.mean() > 1 - 1e-12:
        return None, None
    expected = float(chance.mean())
    value = float((same.mean() - expected) / (1 - expected))
    if same.size == 1:
        return value, None
    parts = (same - expected) / (1 - expected) - 2 * (1 - value) * (chance - expected) / (1 - expected)
    error = float(np.sqrt(((parts - value) ** 2).sum() / (same.size * (same.size - 1))))
    return value, (max(-1.0, value - NORMAL_95 * error), min(1.0, value + NORMAL_95 * error))


def _messages(pairs: Sequence[tuple[Decision, ...]], kappa: float | None) -> tuple[str, ...]:
    found: list[str] = []
    if not pairs:
        return ("No case has been decided by two people yet, so nothing can be said of agreement.",)
    if kappa is None:
        found.append("Both always gave the same verdict, so kappa is not defined; raw agreement and AC1 are.")
    if len({one.reviewer for both in pairs for one in both}) > 2:
        found.append("More than two people took part in the pairs; the figures are those of all pairs together.")
    if len(pairs) < FEW:
        found.append(f"With {len(pairs)} cases the intervals are a rough guide.")
    return tuple(found)

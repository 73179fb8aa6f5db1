"""Whether people of some groups leave a study more often: χ² of group × completed, and exactly for small numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import erfc, exp, lgamma, log, prod, sqrt

import numpy as np

from commonground.records.choices import FloatArray, IntArray
from commonground.records.errors import RequestError

SMALL_EXPECTED = 5
"""With a smaller expected count in any cell the χ² approximation is not trusted (Cochran's rule): use the exact p."""

MOST_TABLES = 2_000_000
"""More tables than this are not enumerated; with so many people the approximation is good."""


@dataclass(frozen=True, slots=True)
class GroupDropout:
    """One group: people who began, who completed, who did not."""

    group: str
    began: int
    completed: int
    left: int


@dataclass(frozen=True, slots=True)
class Dropout:
    """The test of equal drop-out.

    Parameters
    ----------
    chi_square, df, p : float, int, float, or None
        Pearson's χ² without correction; None where everybody or nobody completed.
    exact_p : float or None
        Fisher–Freeman–Halton: the probability, with the margins fixed, of all tables no likelier than this one. None
        where there are too many to enumerate.
    smallest_expected : float
        The smallest expected count of a cell.
    use : str
        "exact" or "chi-square": which of the two p values to report; "none" where everybody or nobody completed.
    """

    groups: tuple[GroupDropout, ...]
    chi_square: float | None
    df: int
    p: float | None
    exact_p: float | None
    smallest_expected: float
    use: str


def dropout(numbers: Mapping[str, tuple[int, int]]) -> Dropout:
    """Test whether the share of people who complete is the same in all groups.

    Parameters
    ----------
    numbers : mapping of group to (began, completed)

    Raises
    ------
    RequestError
        If there are fewer than two groups, a group has nobody, or more people completed than began.

    References
    ----------
    Freeman and Halton (1951), Biometrika 38, for the exact test.

    Examples
    --------
    >>> found = dropout({"HP": (75, 64), "R": (38, 32), "P": (39, 31)})
    >>> round(found.chi_square, 3), found.df, round(found.p, 3), found.use
    (0.654, 2, 0.721, 'chi-square')
    """
    _check(numbers)
    groups = tuple(GroupDropout(name, began, done, began - done) for name, (began, done) in numbers.items())
    began = np.array([group.began for group in groups])
    left = np.array([group.left for group in groups])
    expected = _expected(began, int(left.sum()))
    smallest, df = float(expected.min()), len(groups) - 1
    statistic = _chi_square(began, left, expected) if smallest > 0 else None
    exact = _exact_p(began, left) if statistic is not None else None
    return Dropout(
        groups=groups,
        chi_square=statistic,
        df=df,
        p=None if statistic is None else chi_square_tail(statistic, df),
        exact_p=exact,
        smallest_expected=smallest,
        use=_which(smallest, exact),
    )


def chi_square_tail(statistic: float, df: int) -> float:
    """The probability that a χ² variable exceeds `statistic`.

    Closed forms for whole degrees of freedom: a finite sum, with the normal tail in front where they are odd.

    Parameters
    ----------
    statistic : float
        0 or more.
    df : int
        1 or more.

    References
    ----------
    Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 26.4.4 and 26.4.5.

    Examples
    --------
    >>> round(chi_square_tail(0.70, 2), 3), round(chi_square_tail(3.841, 1), 3)
    (0.705, 0.05)
    """
    half = statistic / 2
    if half == 0:
        return 1.0
    odd = df % 2
    start = erfc(sqrt(half)) if odd else exp(-half)
    # The terms half^a · e^(−half) / Γ(a + 1): a = ½, 3/2, … up to df/2 − 1 where df is odd, else a = 1, 2, …
    first = 0.5 if odd else 1.0
    powers = [first + step for step in range((df - 1) // 2 if odd else df // 2 - 1)]
    return start + sum(exp(power * log(half) - half - lgamma(power + 1)) for power in powers)


def _check(numbers: Mapping[str, tuple[int, int]]) -> None:
    if len(numbers) < 2:
        raise RequestError("Comparing drop-out needs at least two groups.")
    for group, (began, completed) in numbers.items():
        if not 0 <= completed <= began or began == 0:
            raise RequestError(f"In '{group}' {completed} completed of {began} who began.")


def _which(smallest_expected: float, exact: float | None) -> str:
    if smallest_expected == 0:
        return "none"
    return "exact" if smallest_expected < SMALL_EXPECTED and exact is not None else "chi-square"


def _expected(began: IntArray, left: int) -> FloatArray:
    share = left / began.sum()
    return np.concatenate([began * share, began * (1 - share)])


def _chi_square(began: IntArray, left: IntArray, expected: FloatArray) -> float:
    observed = np.concatenate([left, began - left])
    return float(((observed - expected) ** 2 / expected).sum())


def _exact_p(began: IntArray, left: IntArray) -> float | None:
    """Over every way to spread those who left, none more likely than the way observed."""
    if prod(int(min(size, left.sum())) + 1 for size in began[:-1]) > MOST_TABLES:
        return None
    ways = splits(began, int(left.sum()))
    logs = _log_ways(began, ways)
    observed = float(_log_ways(began, left[None, :])[0])
    chances = np.exp(logs - logs.max())
    return float(chances[logs <= observed + 1e-7].sum() / chances.sum())


def splits(began: IntArray, left: int) -> IntArray:
    """Every way `left` people can come from groups of these sizes: (n_ways, n_groups) int.

    Examples
    --------
    >>> splits(np.array([2, 1]), 2).tolist()
    [[1, 1], [2, 0]]
    """
    axes = [np.arange(min(int(size), left) + 1) for size in began[:-1]]
    heads = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    last = left - heads.sum(axis=1)
    fits = (last >= 0) & (last <= began[-1])
    return np.column_stack([heads[fits], last[fits]])


def _log_ways(began: IntArray, left: IntArray) -> FloatArray:
    """Logarithm of the number of ways to choose these people: Σ ln C(began, left)."""
    factorials = np.array([lgamma(n + 1) for n in range(int(began.max()) + 1)])
    return (factorials[began] - factorials[left] - factorials[began - left]).sum(axis=1)

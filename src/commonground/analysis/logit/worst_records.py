"""What is found of worst picks against best ones, with the names the machine output carries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SideItem:
    """One item where worst picks have a scale of their own, and where they have utilities of their own.

    Parameters
    ----------
    utility, standard_error, robust_standard_error : float or None
        In logits of a best pick, summing to zero; a worst pick goes by −λ times it.
    best_utility, worst_utility : float or None
        Estimated apart; None where one of the sides does not give them all.
    """

    item: str
    utility: float | None
    standard_error: float | None
    robust_standard_error: float | None
    best_utility: float | None
    worst_utility: float | None


@dataclass(frozen=True, slots=True)
class SameUtilities:
    """Whether best and worst picks tell the same utilities but for a scale.

    Parameters
    ----------
    statistic : float
        Squared distance of the two from what is expected, measured by the covariance clustered by respondent.
    df : int
    p : float or None
        None with fewer people than utilities.
    plain_statistic, plain_p : float
        The likelihood ratio and χ², as if every choice were somebody else's and people did not differ.
    """

    statistic: float
    df: int
    p: float | None
    plain_statistic: float
    plain_p: float


@dataclass(frozen=True, slots=True)
class WorstScale:
    """The scale λ of worst picks against best ones.

    Parameters
    ----------
    scale, standard_error, robust_standard_error : float
    expected : float
        λ in the answers of simulated people who differ as these seem to and are on one scale.
    person_sd : float
        Their standard deviation, in logits.
    log_likelihood : float
        Nats, with the scale free.
    p : float or None
        Two-sided, of λ against `expected`; None with few people.
    plain_statistic, plain_p : float
        The likelihood ratio against λ = 1 and χ², as if every choice were somebody else's and people did not differ.
    same_utilities : SameUtilities or None
    items : tuple of SideItem
    warning : str
        Why the plain p is not to be used alone.
    """

    scale: float
    standard_error: float
    robust_standard_error: float
    expected: float
    person_sd: float
    log_likelihood: float
    p: float | None
    plain_statistic: float
    plain_p: float
    same_utilities: SameUtilities | None
    items: tuple[SideItem, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class ScaleTest:
    """Whether groups share the scale of worst against best.

    Parameters
    ----------
    statistic : float
        Σ (d − mean)² / variance over groups, d being ln λ less what is expected, variances clustered by respondent.
    df : int
    p : float
        From the χ² distribution, which suits because variances are clustered.
    """

    statistic: float
    df: int
    p: float


@dataclass(frozen=True, slots=True)
class GroupWorst:
    """One group's scale, or in `messages` why there is none."""

    group: str
    scale: WorstScale | None
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorstScales:
    """The scale of worst against best in every group, and whether groups share it.

    Parameters
    ----------
    groups : tuple of GroupWorst
    test : ScaleTest or None
        None with one group, or where a group has no scale.
    """

    groups: tuple[GroupWorst, ...]
    test: ScaleTest | None

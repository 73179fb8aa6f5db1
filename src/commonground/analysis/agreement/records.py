"""What agreement and distances give, as records with the names of the machine output."""

from dataclasses import dataclass

from commonground.records.sheet import Column, Sheet, cells
from commonground.records.tabular import Tabular

Interval = tuple[float, float]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WithinGroup:
    """How far the people of one group put the items in the same order.

    Parameters
    ----------
    respondents : int
    w : float or None
        Kendall's W of their best-minus-worst orders, corrected for ties: 0 to 1; None for a single person.
    interval : (low, high) or None
        By leaving out one respondent after the other.
    p : float or None
        That orders without anything in common give so large a W.
    mean_correlation : float or None
        Of any two people's orders, (m W − 1)/(m − 1).
    random : float or None
        W to be expected if all answered at random.
    alike : float or None
        W to be expected if all had the utilities of the group and differed only as the same person does from answer to
        answer.
    relative : float or None
        Where the mean correlation stands between those two: 0 random, 1 of one mind; a little outside by chance.
    """

    group: str
    respondents: int
    w: float | None
    interval: Interval | None
    p: float | None
    mean_correlation: float | None
    random: float | None
    alike: float | None
    relative: float | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """A correlation between two groups' orders.

    Parameters
    ----------
    value : float or None
    interval : (low, high) or None
        By resampling respondents.
    expected : float or None
        Mean where the two groups are one population, by permuting labels: below 1, because groups are small.
    p : float or None
        Share of those permutations with a correlation as low.
    """

    value: float | None
    interval: Interval | None
    expected: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two groups' orders by mean score per person: Spearman's and Kendall's (τ_b) correlation."""

    groups: Pair
    spearman: Likeness
    kendall: Likeness


@dataclass(frozen=True, slots=True)
class BetweenGroups:
    """How far the groups put the items in the same order.

    Parameters
    ----------
    w : Likeness
        Kendall's W of the groups' orders.
    pairs : tuple of PairAgreement
    """

    w: Likeness
    pairs: tuple[PairAgreement, ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance between two groups.

    Parameters
    ----------
    distance : float or None
    interval : (low, high) or None
        By resampling respondents; noise lies inside it as well, so it can lie above the corrected distance.
    expected : float or None
        Root of the mean squared distance where the two groups are one population, by permuting labels.
    corrected : float or None
        √(distance² − expected²), 0 where that is negative: what is left when noise is taken out.
    p : float or None
        Share of those permutations with so large a distance.
    """

    distance: float | None
    interval: Interval | None
    expected: float | None
    corrected: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class PairDistances:
    """How far apart two groups are.

    Parameters
    ----------
    scores : Distance
        Euclidean, of mean scores per person.
    shares : Distance
        Half the sum of absolute differences of ratio scores √(B/W) that sum to one: 0 to 1.
    log_ratios : Distance
        Of log ratios up to their scale: √(2 − 2 cos) of the centred vectors, 0 for the same profile, 2 for the
        opposite.
    """

    groups: Pair
    scores: Distance
    shares: Distance
    log_ratios: Distance


@dataclass(frozen=True, slots=True, repr=False)
class Agreement(Tabular):
    """Within groups, between groups, and distances."""

    within: tuple[WithinGroup, ...]
    between: BetweenGroups | None
    distances: tuple[PairDistances, ...]
    messages: tuple[str, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """Three tables: `within` groups, `between` every two of them, `distances`."""
        likeness = self.between.pairs if self.between else ()
        between = (
            {"pair": " – ".join(pair.groups), "measure": name, **cells(found)}
            for pair in likeness
            for name, found in (("Spearman", pair.spearman), ("Kendall", pair.kendall))
        )
        distances = (
            {"pair": " – ".join(pair.groups), "measure": name, **cells(found)}
            for pair in self.distances
            for name, found in (("scores", pair.scores), ("shares", pair.shares), ("log ratios", pair.log_ratios))
        )
        return (
            Sheet("within", "How far people of a group agree", _WITHIN, tuple(map(cells, self.within)), self.messages),
            Sheet("between", "How alike groups order the items", _BETWEEN, tuple(between)),
            Sheet("distances", "How far apart groups are", _DISTANCES, tuple(distances)),
        )


_WITHIN = (
    Column("group", "group"),
    Column("respondents", "respondents"),
    Column("w", "W", digits=3),
    Column("low", "low", digits=3),
    Column("high", "high", digits=3),
    Column("random", "random", digits=3),
    Column("alike", "of one mind", digits=3),
    Column("relative", "between them", digits=2),
)
_PAIR = (Column("pair", "groups"), Column("measure", "measure"))
_BETWEEN = (
    *_PAIR,
    Column("value", "value", digits=2, signed=True),
    Column("expected", "one population", digits=2, signed=True),
    Column("p", "p", digits=3),
)
_DISTANCES = (
    *_PAIR,
    Column("distance", "distance", digits=2),
    Column("expected", "one population", digits=2),
    Column("corrected", "corrected", digits=2),
    Column("p", "p", digits=3),
)

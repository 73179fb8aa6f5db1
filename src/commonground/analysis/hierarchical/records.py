"""What a hierarchical fit finds, with the names the machine output carries."""

from dataclasses import dataclass

from commonground.analysis.hierarchical.draws import Draws
from commonground.analysis.scoring.scores import Score
from commonground.records.choices import FloatArray


@dataclass(frozen=True, slots=True)
class PopulationItem:
    """The mean utility of one item among the people a group stands for.

    Parameters
    ----------
    group : str
        "all" where nobody asked for groups.
    mean, sd : float
        Of the posterior, in logits; means of a group's items sum to zero. `sd` is how uncertain the mean is, not how
        much people differ.
    interval : (low, high)
        Holds the mean with 95 % probability.
    ess_bulk, ess_tail, rhat : float or None
        See `hierarchical.diagnostics`; None without chains.
    """

    group: str
    item: str
    mean: float
    sd: float
    interval: tuple[float, float]
    ess_bulk: float | None
    ess_tail: float | None
    rhat: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How much people differ about one item: the standard deviation of their utilities within a group, in logits.

    Parameters
    ----------
    sd : float
        Posterior mean.
    interval : (low, high) or None
        Holds it with 95 % probability; None without chains.
    ess_bulk, ess_tail, rhat : float or None
    """

    item: str
    sd: float
    interval: tuple[float, float] | None
    ess_bulk: float | None
    ess_tail: float | None
    rhat: float | None


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """How people differ, within groups and the same in all of them.

    Parameters
    ----------
    sd : tuple of Spread
    correlation : n_items tuples of n_items float
        Posterior means. Because utilities sum to zero, correlations of unrelated items are about −1/(n_items − 1).
    """

    sd: tuple[Spread, ...]
    correlation: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """The mean over respondents of exp(utility)/Σ exp(utility): from 0 to 1, one in sum over a group's items.

    Parameters
    ----------
    interval : (low, high) or None
        95 %, for these respondents; None without chains.
    """

    group: str
    item: str
    share: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Whether the chains can be believed, over all means, variances and correlations.

    Parameters
    ----------
    max_rhat : float or None
        Below 1.01 is agreement.
    max_rhat_of, min_ess_of : str
        The quantity it belongs to, in words.
    min_ess : float or None
        The smallest effective sample size, bulk or tail; above 400 is enough.
    converged : bool or None
        Both are so. None without chains: then there is nothing to converge.
    chains, draws, warmup : int
        Draws are those kept of each chain; the warm-up is not.
    acceptance : float or None
        Mean share of proposals for people's utilities that were taken.
    """

    max_rhat: float | None
    max_rhat_of: str
    min_ess: float | None
    min_ess_of: str
    converged: bool | None
    chains: int
    draws: int
    warmup: int
    acceptance: float | None


@dataclass(frozen=True, slots=True)
class ItemsOrder:
    """How probable it is that one item's mean utility is above another's.

    Parameters
    ----------
    probability : n_items tuples of n_items float
        Row above column, from 0 to 1; ½ with itself.
    """

    group: str
    items: tuple[str, ...]
    probability: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class GroupsOrder:
    """How probable it is that an item's mean utility is higher in one group than in another.

    Parameters
    ----------
    difference : float
        Posterior mean, `group` minus `other`, in logits.
    interval : (low, high)
        95 %.
    probability : float
        That the difference is above 0.
    """

    item: str
    group: str
    other: str
    difference: float
    interval: tuple[float, float]
    probability: float


@dataclass(frozen=True, slots=True)
class SpreadUnderOther:
    """One item's spread with another prior; `other_sd` is None where the draws cannot tell."""

    item: str
    sd: float
    other_sd: float | None


@dataclass(frozen=True, slots=True)
class PriorSensitivity:
    """What the spreads would be had the prior been another.

    Parameters
    ----------
    scale, other_scale : float
        Of the half-t prior on spreads, in logits.
    items : tuple of SpreadUnderOther
    largest_change : float or None
        The largest relative change, from 0.
    effective_draws : float
        What the draws are worth under the other prior; with fewer than 50 nothing is said.
    """

    scale: float
    other_scale: float
    items: tuple[SpreadUnderOther, ...]
    largest_change: float | None
    effective_draws: float


@dataclass(frozen=True, slots=True)
class HitRate:
    """Share of the answered tasks in which a person's own utilities name what was picked; `both` wants the pair."""

    best: float | None
    worst: float | None
    both: float | None


@dataclass(frozen=True, slots=True)
class HeldOut:
    """How well answers were foreseen that the model had not seen, with chance beside it.

    Parameters
    ----------
    tasks, respondents : int
    log_score, log_score_best, log_score_worst, best, worst, both : float or None
        See `scoring.scores.Score`.
    standard_error, chance : Score
    """

    tasks: int
    respondents: int
    log_score: float | None
    log_score_best: float | None
    log_score_worst: float | None
    best: float | None
    worst: float | None
    both: float | None
    standard_error: Score
    chance: Score


@dataclass(frozen=True, slots=True)
class HierarchicalSummary:
    """Everything about the population, and how well the model fits.

    Parameters
    ----------
    method : str
        *sampled* (Markov chains) or *empirical_bayes* (fast: the population's shape taken as known).
    choice_rule : str
        sequential or maxdiff.
    respondents, choices : int
        People fitted; their picks, those left out not counted.
    rlh, null_rlh : float
        Geometric mean probability of the picks under each person's own utilities, and with equal utilities.
    hit_rate, chance : HitRate
        In sample: every person's utilities have seen these very answers.
    """

    method: str
    choice_rule: str
    groups: tuple[str, ...]
    respondents: int
    choices: int
    population: tuple[PopulationItem, ...]
    heterogeneity: Heterogeneity
    share: tuple[Share, ...]
    diagnostics: Diagnostics
    rlh: float
    null_rlh: float
    hit_rate: HitRate
    chance: HitRate
    held_out: HeldOut | None
    items_order: tuple[ItemsOrder, ...]
    groups_order: tuple[GroupsOrder, ...]
    prior: dict[str, float]
    prior_sensitivity: PriorSensitivity | None
    unanswered: int
    without_group: int
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Individuals:
    """One row a person.

    Parameters
    ----------
    respondents, items : tuple of str
    group : tuple of str
        Each person's.
    utilities, sds : (n_respondents, n_items) float
        Posterior means and standard deviations, in logits; means sum to zero for each person.
    rlh : (n_respondents,) float
        Geometric mean probability of the person's picks; NaN without picks.
    """

    respondents: tuple[str, ...]
    items: tuple[str, ...]
    group: tuple[str, ...]
    utilities: FloatArray
    sds: FloatArray
    rlh: FloatArray


@dataclass(frozen=True, slots=True)
class HierarchicalFit:
    """A fitted hierarchical model.

    Parameters
    ----------
    summary : HierarchicalSummary
    individuals : Individuals
    draws : Draws or None
        For whoever wants to look for themselves; `files.arviz_draws` gives them to ArviZ. None without chains.
    """

    summary: HierarchicalSummary
    individuals: Individuals
    draws: Draws | None

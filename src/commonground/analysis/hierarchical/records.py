"""What a hierarchical fit finds, with the names the machine output carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from commonground.analysis.hierarchical.draws import Draws
from commonground.analysis.scoring.scores import Score
from commonground.records.choices import FloatArray
from commonground.records.sheet import Column, Record, Sheet, cells
from commonground.records.tabular import Tabular


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
        Both are so. Without chains None, or False where the search for the population did not settle.
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


@dataclass(frozen=True, slots=True, repr=False)
class HierarchicalSummary(Tabular):
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

    def sheets(self) -> tuple[Sheet, ...]:
        """Three tables: `population` with means and shares, `spreads` between people, `groups` beside each other."""
        shares = {(one.group, one.item): one.share for one in self.share}
        population: tuple[Record, ...] = tuple(
            {**cells(one), "share": shares.get((one.group, one.item))} for one in self.population
        )
        front = (Column("group", "group"),) if len(self.groups) > 1 else ()
        believed = ", NOT converged" if self.diagnostics.converged is False else ""
        caption = f"Mean utilities of {self.respondents} people ({self.choice_rule}), 95 % intervals{believed}"
        return (
            Sheet("population", caption, (*front, *_POPULATION), population, self.messages),
            Sheet(
                "spreads",
                "How much people differ about each item, standard deviations in logits",
                _SPREADS,
                tuple(cells(one) for one in self.heterogeneity.sd),
            ),
            Sheet(
                "groups",
                "How probable it is that an item stands higher in the first group than in the other",
                _GROUPS,
                tuple(cells(one) for one in self.groups_order),
            ),
        )


_POPULATION = (
    Column("item", "item"),
    Column("mean", "mean", digits=2, signed=True),
    Column("low", "low", digits=2, signed=True),
    Column("high", "high", digits=2, signed=True),
    Column("share", "share", digits=3),
    Column("rhat", "R-hat", digits=3),
    Column("ess_bulk", "ESS", digits=0),
)
_SPREADS = (
    Column("item", "item"),
    Column("sd", "SD", digits=2),
    Column("low", "low", digits=2),
    Column("high", "high", digits=2),
)
_GROUPS = (
    Column("item", "item"),
    Column("group", "group"),
    Column("other", "other"),
    Column("difference", "difference", digits=2, signed=True),
    Column("low", "low", digits=2, signed=True),
    Column("high", "high", digits=2, signed=True),
    Column("probability", "probability", digits=3),
)


@dataclass(frozen=True, slots=True, repr=False)
class Individuals(Tabular):
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

    def sheets(self) -> tuple[Sheet, ...]:
        """One table, `individuals`: a row a person, with a utility for every item and `<item>_sd`."""
        items = (Column(item, item, digits=2, signed=True) for item in self.items)
        columns = (Column("respondent", "respondent"), *items, Column("rlh", "RLH", digits=3))
        caption = f"Utilities of {len(self.respondents)} people, logits that sum to zero for each"
        return (Sheet("individuals", caption, columns, tuple(self._rows())),)

    def _rows(self) -> Iterator[Record]:
        for place, (person, group) in enumerate(zip(self.respondents, self.group, strict=True)):
            means = dict(zip(self.items, self.utilities[place].tolist(), strict=True))
            sds = dict(zip((f"{item}_sd" for item in self.items), self.sds[place].tolist(), strict=True))
            rlh = float(self.rlh[place])
            yield {"respondent": person, "group": group, **means, **sds, "rlh": None if isnan(rlh) else rlh}


@dataclass(frozen=True, slots=True, repr=False)
class HierarchicalFit(Tabular):
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

    def sheets(self) -> tuple[Sheet, ...]:
        """The tables of the summary, and `individuals`."""
        return (*self.summary.sheets(), *self.individuals.sheets())

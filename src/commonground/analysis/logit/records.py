"""What a fit finds, with the names the machine output carries."""

from dataclasses import dataclass

from commonground.analysis.logit.anchor_records import Anchored
from commonground.analysis.logit.separation import Side
from commonground.analysis.logit.worst_records import WorstScales
from commonground.records.sheet import Column, Record, Sheet, cells
from commonground.records.tabular import Tabular

_ITEMS = (
    Column("item", "item"),
    Column("utility", "utility", digits=3, signed=True),
    Column("standard_error", "error", digits=3),
    Column("robust_standard_error", "robust error", digits=3),
    Column("share", "share", digits=3),
    Column("rank", "rank"),
    Column("joint_rank_low", "rank from"),
    Column("joint_rank_high", "to"),
)
_MODELS = (
    Column("group", "group"),
    Column("model", "model"),
    Column("respondents", "respondents"),
    Column("choices", "choices"),
    Column("log_likelihood", "log-likelihood", digits=2),
    Column("mcfadden_r2", "McFadden R²", digits=3),
    Column("bic", "BIC", digits=1),
    Column("converged", "converged"),
)
_GROUP = Column("group", "group")


@dataclass(frozen=True, slots=True)
class ItemFit:
    """One item. All are None where the answers give it no utility.

    Parameters
    ----------
    utility : float or None
        Logits, summing to zero over the items, or relative to the reference.
    standard_error : float or None
        From the curvature of the log-likelihood, as if every choice were somebody else's.
    robust_standard_error : float or None
        Clustered by respondent: a person's answers may hang together.
    share : float or None
        exp(utility) / Σ exp(utility), from 0 to 1.
    rank : int or None
        By utility, 1 the highest; None where any item has no utility.
    joint_rank_interval : (lowest, highest) or None
        Ranks it may have: with 95 % those of all items hold at once (`analysis.rank_sets`). None with a penalty, and
        of fewer than 20 people or no more people than items.
    """

    item: str
    utility: float | None
    standard_error: float | None
    robust_standard_error: float | None
    share: float | None
    rank: int | None = None
    joint_rank_interval: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Separation:
    """Items without a utility: which, where they stand, and why, in words."""

    items: tuple[str, ...]
    side: Side
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class ModelFit(Tabular):
    """One model fitted to one group.

    Parameters
    ----------
    respondents : int
        People with at least one choice that the model looks at.
    choices : int
        Picks, or for `maxdiff` and `rank` tasks, not weighted.
    log_likelihood, null_log_likelihood : float
        Nats; the second with equal utilities.
    mcfadden_r2 : float or None
        1 − log_likelihood / null_log_likelihood.
    aic, bic : float or None
        Smaller is better; `bic` counts respondents. None with a penalty.
    converged : bool
        The maximum was found and every item that was shown has a utility.
    parameters, steps : int
        Free differences between utilities; steps of Newton's method.
    separated : tuple of Separation
    messages : tuple of str
        What a reader must know before using the numbers.
    """

    group: str
    model: str
    respondents: int
    choices: int
    log_likelihood: float | None
    null_log_likelihood: float | None
    mcfadden_r2: float | None
    aic: float | None
    bic: float | None
    converged: bool
    items: tuple[ItemFit, ...]
    parameters: int
    steps: int
    separated: tuple[Separation, ...]
    messages: tuple[str, ...]

    def item(self, name: str) -> ItemFit:
        """The item with this id."""
        return next(item for item in self.items if item.item == name)

    @property
    def rows(self) -> tuple[Record, ...]:
        """A row an item."""
        return tuple({"group": self.group, "model": self.model, **cells(item)} for item in self.items)

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `items` with their utilities, `models` with the figures of the whole fit."""
        ended = "" if self.converged else ", NOT converged"
        caption = f"Utilities ({self.model}) of {self.group}, {self.respondents} respondents{ended}"
        return (
            Sheet("items", caption, _ITEMS, self.rows, self.messages),
            Sheet("models", "The fit as a whole", _MODELS, (cells(self),)),
        )


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """A likelihood-ratio test between groups.

    Parameters
    ----------
    statistic : float
        Twice the gain in log-likelihood.
    df : int
    plain_p : float
        From the χ² distribution, as if every choice were somebody else's: far too small where people differ.
    permuted_p : float or None
        Share of permutations of the group labels over respondents, the observed one included, with a statistic at
        least this large.
    permuted_mean : float or None
        Mean statistic of the permutations; where it is above `df` the plain p is too small.
    scales : dict or None
        The scale of each group's utilities beside the first's, where the test leaves it free.
    """

    statistic: float
    df: int
    plain_p: float
    permuted_p: float | None
    permuted_mean: float | None
    scales: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class GroupTests:
    """Whether groups share their utilities.

    Parameters
    ----------
    log_likelihood_pooled, log_likelihood_groups : float
        With one set of utilities for all, and with one a group.
    equal_utilities, equal_up_to_scale : LikelihoodRatio or None
        The second is Swait and Louviere's: the same utilities but for one factor a group. None where no difference is
        left to test.
    permutations : int
    warning : str
        Why the plain p is not to be used alone.
    """

    log_likelihood_pooled: float
    log_likelihood_groups: float
    equal_utilities: LikelihoodRatio | None
    equal_up_to_scale: LikelihoodRatio | None
    permutations: int
    warning: str


@dataclass(frozen=True, slots=True, repr=False)
class Fits(Tabular):
    """A model fitted to every group, the test between them, and what was left out."""

    models: tuple[ModelFit, ...]
    group_tests: GroupTests | None
    reference: str | None
    penalty: float
    unanswered: int
    without_group: int
    messages: tuple[str, ...]
    worst_scales: WorstScales | None = None
    anchored: Anchored | None = None

    def group(self, name: str) -> ModelFit:
        """The fit of this group."""
        return next(fit for fit in self.models if fit.group == name)

    def sheets(self) -> tuple[Sheet, ...]:
        """Three tables: `items` with their utilities, `models` with the figures of each fit, `group_tests`."""
        if len(self.models) == 1:
            items, models = self.models[0].sheets()
            items = Sheet(items.name, items.caption, items.columns, items.rows, (*self.messages, *items.notes))
        else:
            items = self._items_sheet()
            models = Sheet("models", "The fits as a whole", _MODELS, tuple(cells(one) for one in self.models))
        return (items, models, self._tests_sheet())

    def _items_sheet(self) -> Sheet:
        unfinished = [one.group for one in self.models if not one.converged]
        ended = f", NOT converged: {', '.join(unfinished)}" if unfinished else ""
        rows = tuple(row for one in self.models for row in one.rows)
        said = (*self.messages, *(f"{one.group}: {message}" for one in self.models for message in one.messages))
        caption = f"Utilities ({self.models[0].model}) in {len(self.models)} groups{ended}"
        return Sheet("items", caption, (_GROUP, *_ITEMS), rows, said)

    def _tests_sheet(self) -> Sheet:
        tests = self.group_tests
        found = (
            {}
            if tests is None
            else {
                "equal utilities": tests.equal_utilities,
                "equal up to a scale": tests.equal_up_to_scale,
            }
        )
        columns = (
            Column("hypothesis", "hypothesis"),
            Column("statistic", "2 × gain", digits=2),
            Column("df", "df"),
            Column("plain_p", "plain p", digits=3),
            Column("permuted_p", "permuted p", digits=3),
        )
        rows = tuple({"hypothesis": words, **cells(test)} for words, test in found.items() if test)
        return Sheet("group_tests", "Do groups differ?", columns, rows, (tests.warning,) if tests else ())

"""What checking the quality of answers gives, as records with the names of the machine output."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from commonground.records.sheet import Column, Sheet, Value, cells
from commonground.records.tabular import Tabular


class RepeatOutcome(StrEnum):
    """How the second showing of a task was answered, beside the first."""

    BOTH_SAME = "both_same"
    ONE_CHANGED = "one_changed"
    BOTH_CHANGED = "both_changed"


@dataclass(frozen=True, slots=True)
class RepeatCounts:
    """Repeated tasks by outcome.

    Parameters
    ----------
    compared : int
        Tasks with both picks at both showings; the three outcomes add up to it.
    both_same, one_changed, both_changed : int
    best_changed, worst_changed : int
        How often each pick changed, alone or with the other.
    swapped : int
        How often best became worst and worst best; among `both_changed`.
    """

    compared: int
    both_same: int
    one_changed: int
    both_changed: int
    best_changed: int
    worst_changed: int
    swapped: int


@dataclass(frozen=True, slots=True)
class RepeatShares:
    """Shares of repeated tasks by outcome, 0 to 1, summing to one."""

    both_same: float
    one_changed: float
    both_changed: float


@dataclass(frozen=True, slots=True)
class RepeatTotals(RepeatCounts):
    """All repeated tasks together, beside what to expect.

    Parameters
    ----------
    chance : RepeatShares
        What answering at random gives on tasks of these sizes.
    genuine : RepeatShares or None
        What genuine respondents give who differ as those of the data seem to; None where there is no fit.
    """

    chance: RepeatShares
    genuine: RepeatShares | None

    @property
    def counts(self) -> RepeatCounts:
        """The outcomes alone."""
        return RepeatCounts(*(getattr(self, one.name) for one in fields(RepeatCounts)))


@dataclass(frozen=True, slots=True)
class PositionRun:
    """The position picked most often, the first of several.

    Parameters
    ----------
    position : int
        From 1, as shown.
    times, of : int
        Tasks in which it was picked, of so many.
    chance : float
        How likely chance alone picks any one position so often; all of T tasks of k have chance k^(1−T).
    """

    position: int
    times: int
    of: int
    chance: float


@dataclass(frozen=True, slots=True)
class PersonTriads:
    """One person's circular triads: a over b, b over c and c over a.

    Parameters
    ----------
    circular : int
    decided : int
        Triads of which the answers put all three pairs in an order.
    cut_off : float or None
        The share of circular ones above which a person is no steadier than most random answerers.
    random_share : float or None
        Share of random answerers on tasks like these with as small a share of circular triads.
    """

    circular: int
    decided: int
    cut_off: float | None
    random_share: float | None

    @property
    def many(self) -> bool:
        """Whether there are more than the cut-off allows."""
        return self.cut_off is not None and self.circular / self.decided > self.cut_off


@dataclass(frozen=True, slots=True)
class RespondentQuality:
    """One respondent's answers, looked at as answers. None stands for what the data cannot tell.

    Parameters
    ----------
    respondent : str
    tasks : int
        Scored tasks answered; repeats are not among them.
    repeat : RepeatOutcome or None
        The least consistent, where several tasks were repeated.
    repeats : RepeatCounts or None
    rlh : float or None
        Root likelihood of the person's own logit (`analysis.logit.individual`).
    cut_off : float or None
        The quantile of the root likelihoods of random answerers on tasks like this person's.
    random_share : float or None
        Share of those random answerers who fit at least as well.
    triads : PersonTriads or None
        None where no three items are all decided.
    best_position, worst_position : PositionRun or None
    seconds : float or None
        On all tasks, repeats included.
    median_seconds : float or None
        A task.
    duplicate_of : str or None
        Another respondent whose every answer is the same.
    duplicate_chance : float or None
        How likely two people who answer these tasks at random agree in every answer.
    """

    respondent: str
    tasks: int
    repeat: RepeatOutcome | None
    repeats: RepeatCounts | None
    rlh: float | None
    cut_off: float | None
    random_share: float | None
    triads: PersonTriads | None
    best_position: PositionRun | None
    worst_position: PositionRun | None
    seconds: float | None
    median_seconds: float | None
    duplicate_of: str | None
    duplicate_chance: float | None


@dataclass(frozen=True, slots=True)
class GenuineShare:
    """Simulated respondents who mean what they answer.

    Parameters
    ----------
    sd : float
        Standard deviation of a person's utilities over items, in logits.
    median_rlh : float
    below : float
        Share who fall below their cut-off although they are genuine.
    """

    sd: float
    median_rlh: float
    below: float


@dataclass(frozen=True, slots=True)
class FitTotals:
    """Root likelihoods of the data beside those of random and of genuine respondents.

    Parameters
    ----------
    quantile : float
    cut_off : float
        This quantile of random answerers, for the most frequent kind of respondent (by tasks answered).
    below : int
        Respondents below their own cut-off.
    median : float
    equal_utilities : float
        The root likelihood of somebody to whom all items are equal, before anything is fitted.
    random_median : float
    simulations : int
        Random answerers behind that cut-off.
    estimated_sd : float
        Person-to-person SD at which genuine respondents fit as well as the median respondent did: a rough figure.
    genuine : tuple of GenuineShare
        For utility SDs of 1, 2 and 3.
    """

    quantile: float
    cut_off: float
    below: int
    median: float
    equal_utilities: float
    random_median: float
    simulations: int
    estimated_sd: float
    genuine: tuple[GenuineShare, ...]


@dataclass(frozen=True, slots=True)
class GenuineTriads:
    """Simulated people who mean what they answer: their utilities' SD, median share of circular triads, share above."""

    sd: float
    median: float | None
    above: float | None


@dataclass(frozen=True, slots=True)
class TriadTotals:
    """Shares of circular triads of the data beside those of random and of genuine respondents.

    Parameters
    ----------
    cut_off : float
        For the most frequent kind of respondent; with few items random answerers tie, so that more of them pass than
        the quantile asks.
    above : int
        Respondents above their own cut-off.
    median : float
    random_median, random_above : float
        Of random answerers: median share, and the share of them above the cut-off.
    genuine : tuple of GenuineTriads
        For utility SDs of 1, 2 and 3.
    """

    cut_off: float
    above: int
    median: float
    random_median: float
    random_above: float
    genuine: tuple[GenuineTriads, ...]


@dataclass(frozen=True, slots=True)
class StraightLining:
    """How many picked one position so often that chance gives it less than `limit`, as best or as worst."""

    limit: float
    respondents: int


@dataclass(frozen=True, slots=True)
class SecondsTotals:
    """Seconds on all tasks (median, fastest and slowest respondent) and on the median task."""

    respondents: int
    median: float
    fastest: float
    slowest: float
    median_task: float


@dataclass(frozen=True, slots=True)
class QualityTotals:
    """The whole data at a glance.

    Parameters
    ----------
    respondents, tasks : int
    repeats : RepeatTotals or None
    fit : FitTotals or None
    triads : TriadTotals or None
    straight_lining : StraightLining
    seconds : SecondsTotals or None
    duplicates : int
        Respondents whose every answer is another's too.
    never_best, never_worst, never_chosen : tuple of str
        Items nobody picked so.
    false_flags : mapping of str to (float or None)
        For each sign the share of genuine simulated respondents it would hit: `random_fit` (below the cut-off),
        `circular_triads` (above theirs), `repeat_changes` (both picks changed), `straight_line`,
        `identical_answers`. They differ from each other as the respondents of the data seem to.
    """

    respondents: int
    tasks: int
    repeats: RepeatTotals | None
    fit: FitTotals | None
    triads: TriadTotals | None
    straight_lining: StraightLining
    seconds: SecondsTotals | None
    duplicates: int
    never_best: tuple[str, ...]
    never_worst: tuple[str, ...]
    never_chosen: tuple[str, ...]
    false_flags: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, repr=False)
class Quality(Tabular):
    """Every respondent, and all together."""

    respondents: tuple[RespondentQuality, ...]
    totals: QualityTotals

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `respondents`, and `false_flags` with the share of genuine people each sign would hit."""
        columns = (
            Column("respondent", "respondent"),
            Column("tasks", "tasks"),
            Column("rlh", "RLH", digits=3),
            Column("cut_off", "cut-off", digits=3),
            Column("repeat", "repeat"),
            Column("best_position_chance", "run of best", digits=3),
            Column("worst_position_chance", "run of worst", digits=3),
            Column("seconds", "seconds", digits=0),
            Column("duplicate_of", "duplicate of"),
        )
        below = "" if self.totals.fit is None else f", {self.totals.fit.below} fit no better than random answerers"
        caption = f"Answers of {self.totals.respondents} respondents, {self.totals.tasks} tasks{below}"
        shares = tuple({"sign": sign, "genuine": share} for sign, share in self.totals.false_flags.items())
        return (
            Sheet("respondents", caption, columns, tuple(map(_quality_row, self.respondents))),
            Sheet(
                "false_flags",
                "Share of genuine respondents each sign would hit",
                (Column("sign", "sign"), Column("genuine", "genuine", digits=3)),
                shares,
            ),
        )


def _quality_row(one: RespondentQuality) -> dict[str, Value]:
    chances = {
        f"{name}_chance": None if run is None else run.chance
        for name, run in (("best_position", one.best_position), ("worst_position", one.worst_position))
    }
    return {**cells(one), **chances}

"""What latent classes are, with the names the machine output carries."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonground.analysis.logit.records import Separation
from commonground.records.choices import FloatArray
from commonground.records.sheet import Column, Record, Sheet, cells
from commonground.records.tabular import Tabular

_ITEMS = (
    Column("class", "class"),
    Column("item", "item"),
    Column("utility", "utility", digits=3, signed=True),
    Column("standard_error", "error", digits=3),
    Column("robust_standard_error", "robust error", digits=3),
    Column("share", "share", digits=3),
)
_SOLUTIONS = (
    Column("number_of_classes", "classes"),
    Column("log_likelihood", "log-likelihood", digits=1),
    Column("aic", "AIC", digits=1),
    Column("bic", "BIC", digits=1),
    Column("caic", "CAIC", digits=1),
    Column("entropy", "entropy", digits=2),
    Column("smallest", "smallest class", digits=2),
    Column("agreeing_starts", "starts that agree"),
    Column("starts", "of"),
    Column("bootstrap_p", "p against one fewer", digits=3),
)
_SIZES = (
    Column("class", "class"),
    Column("size", "size", digits=3),
    Column("size_standard_error", "error", digits=3),
    Column("people", "people", digits=1),
    Column("modal_size", "modal size", digits=3),
)
_GROUPS = (
    Column("group", "group"),
    Column("class", "class"),
    Column("adjusted", "adjusted", digits=3),
    Column("expected", "expected", digits=3),
    Column("modal", "modal", digits=3),
)

FEWEST_PEOPLE = 5
"""A class with fewer would describe persons, not a kind of people, so a solution that has one is not taken."""


@dataclass(frozen=True, slots=True)
class ClassItem:
    """One item in one class. All are None where the class gives it no utility.

    Parameters
    ----------
    utility : float or None
        Logits, summing to zero over the items that have one.
    standard_error : float or None
        From the curvature of the log-likelihood of people (not of single choices).
    robust_standard_error : float or None
        From the sandwich over people: holds when answers within a class are less even than the model says, too. None
        where fewer than two people are expected in the class.
    share : float or None
        exp(utility) / Σ exp(utility), from 0 to 1.
    share_standard_error, share_robust_standard_error : float or None
        To first order (delta method).
    """

    item: str
    utility: float | None
    standard_error: float | None
    robust_standard_error: float | None
    share: float | None
    share_standard_error: float | None
    share_robust_standard_error: float | None


@dataclass(frozen=True, slots=True)
class LatentClass:
    """One class.

    Parameters
    ----------
    class_ : int
        Its label, from 1: the largest class is 1.
    size : float
        Estimated share of people, from 0 to 1.
    size_standard_error : float or None
    people : float
        Expected number of respondents.
    modal_size : float
        Share of people whose most likely class this is.
    items : tuple of ClassItem
    separated : tuple of Separation
    """

    class_: int
    size: float
    size_standard_error: float | None
    people: float
    modal_size: float
    items: tuple[ClassItem, ...]
    separated: tuple[Separation, ...]

    def item(self, name: str) -> ClassItem:
        """The item with this id."""
        return next(item for item in self.items if item.item == name)


@dataclass(frozen=True, slots=True)
class GroupMembership:
    """How a group spreads over the classes.

    Parameters
    ----------
    group : str
    respondents : int
    expected : tuple of float
        Mean posterior probability of each class: pulled towards the sizes over everybody, because a person whose
        answers tell little is given those.
    adjusted : tuple of float
        The class sizes that fit the group's answers best, with the utilities of the classes held: free of that pull.
    modal : tuple of float
        Share of the group whose most likely class it is.
    """

    group: str
    respondents: int
    expected: tuple[float, ...]
    adjusted: tuple[float, ...]
    modal: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BootstrapTest:
    """Whether one class more fits better than one class too many would.

    Parameters
    ----------
    against : int
        The number of classes that the simulated studies have: one fewer.
    statistic : float
        Twice the gain in log-likelihood.
    expected : float
        Its mean over the simulated studies, where it is a class too many.
    p : float
        Share of the studies, this one included, with a statistic at least as large.
    studies : int
        Simulated ones.
    """

    against: int
    statistic: float
    expected: float
    p: float
    studies: int


@dataclass(frozen=True, slots=True)
class Solution:
    """The best fit found with a number of classes.

    Parameters
    ----------
    number_of_classes : int
    log_likelihood : float
        Nats, without the penalty.
    parameters : int
        Differences between utilities in every class, and class sizes less one.
    aic, bic, caic : float
        Smaller is better; `bic` and `caic` count respondents.
    entropy : float or None
        1 − Σ_r Σ_c −p ln p / (people · ln classes): 1 where everybody's class is certain, 0 where nothing is known;
        None with one class.
    starts, agreeing_starts : int
        Starts, and how many of them came to this summit.
    converged : bool
        The search of the best start ended, at a maximum.
    classes : tuple of LatentClass
        Largest first.
    groups : tuple of GroupMembership or None
    messages : tuple of str
        What a reader must know before using the numbers.
    bootstrap : BootstrapTest or None
        Against one class fewer, where that was asked for and fitted.
    """

    number_of_classes: int
    log_likelihood: float
    parameters: int
    aic: float
    bic: float
    caic: float
    entropy: float | None
    starts: int
    agreeing_starts: int
    converged: bool
    classes: tuple[LatentClass, ...]
    groups: tuple[GroupMembership, ...] | None
    messages: tuple[str, ...]
    bootstrap: BootstrapTest | None = None

    @property
    def smallest(self) -> LatentClass:
        """The class with the fewest people."""
        return self.classes[-1]

    @property
    def well_found(self) -> bool:
        """The search ended at a maximum that more than one start came to, and every class holds a few people."""
        peopled = self.number_of_classes == 1 or self.smallest.people >= FEWEST_PEOPLE
        return self.converged and peopled and (self.agreeing_starts > 1 or self.starts == 1)


@dataclass(frozen=True, slots=True, repr=False)
class LatentClasses(Tabular):
    """Solutions with several numbers of classes, and which of them to take.

    Parameters
    ----------
    choice_rule : str
        How people in a class choose.
    respondents, choices : int
        People who made a choice that the rule looks at, and their choices; not weighted.
    null_log_likelihood : float
        Nats, with equal utilities for everybody.
    solutions : tuple of Solution
    chosen : int
        The number of classes to take.
    why : str
        Why, in words.
    penalty : float
    unanswered, without_group : int
        Rows without an answer; people without a value in the group's column (they are in the classes all the same).
    messages : tuple of str
    answered : tuple of str
        Who the rows of `posteriors` are.
    posteriors : mapping of int to (n_people, n_classes) float
        For each number of classes everybody's posterior probabilities, in the order of the labels.
    """

    choice_rule: str
    respondents: int
    choices: int
    null_log_likelihood: float
    solutions: tuple[Solution, ...]
    chosen: int
    why: str
    penalty: float
    unanswered: int
    without_group: int
    messages: tuple[str, ...]
    answered: tuple[str, ...]
    posteriors: Mapping[int, FloatArray]

    def solution(self, number_of_classes: int) -> Solution:
        """The solution with so many classes."""
        return next(one for one in self.solutions if one.number_of_classes == number_of_classes)

    def sheets(self) -> tuple[Sheet, ...]:
        """Tables: `items` and `sizes` of the classes taken, `solutions` with every number of classes, `groups`."""
        taken = self.solution(self.chosen)
        items = tuple({"class": one.class_} | cells(item) for one in taken.classes for item in one.items)
        sizes = tuple(cells(one) for one in taken.classes)
        solutions = tuple(
            cells(one) | {"smallest": one.smallest.size, "bootstrap_p": one.bootstrap and one.bootstrap.p}
            for one in self.solutions
        )
        people = f"{self.respondents} respondents, {self.choice_rule}"
        return (
            Sheet(
                "items", f"Utilities in {self.chosen} classes ({people})", _ITEMS, items, (*taken.messages, self.why)
            ),
            Sheet("sizes", "Shares of people", _SIZES, sizes),
            Sheet("solutions", "Numbers of classes tried", _SOLUTIONS, solutions, (self.why,)),
            Sheet("groups", "Classes by group", _GROUPS, _by_group(taken), self.messages),
        )


def _by_group(taken: Solution) -> tuple[Record, ...]:
    """One row a group and class."""
    return tuple(
        {
            "group": group.group,
            "respondents": group.respondents,
            "class": one.class_,
            "adjusted": group.adjusted[one.class_ - 1],
            "expected": group.expected[one.class_ - 1],
            "modal": group.modal[one.class_ - 1],
        }
        for group in taken.groups or ()
        for one in taken.classes
    )

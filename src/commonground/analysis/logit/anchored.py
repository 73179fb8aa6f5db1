"""Anchored utilities: choices and answers to whether items matter at all, fitted together with a threshold as zero.

The threshold is one more thing with a utility (`likelihood.anchor`); choices place the items beside each other, the
answers about mattering place them beside the threshold. Both stand on one scale.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.anchor_answers import about_answers, summarise
from commonground.analysis.logit.anchor_records import Anchored, AnchoredGroup, AnchoredItem, Matter
from commonground.analysis.logit.estimate import between_people
from commonground.analysis.logit.group import Groups, Settings
from commonground.analysis.logit.newton import SMALLEST_SIZE, maximise
from commonground.analysis.logit.separation import connections, strong_components
from commonground.analysis.logit.statistics import Statistics, chosen_tasks
from commonground.analysis.logit.words import named
from commonground.likelihood import anchor
from commonground.likelihood.models import MODELS, Model
from commonground.likelihood.tasks import Tasks
from commonground.records.anchors import Anchors
from commonground.records.choices import (
    ALL_MATTER,
    MISSING,
    NONE_MATTER,
    SOME_MATTER,
    BoolArray,
    ChoiceData,
    FloatArray,
    IntArray,
)

TWO_SIDED_95 = 1.959963984540054
RIDGE = 1e-12
FAR = 4.0
"""Standard deviations between what is said of an item and what is expected, from which on a message says so."""

WARNING = (
    "Whether something 'matters' depends on the person's yardstick: some people, and some groups and cultures, say yes "
    "more readily than others. So compare the order of items between groups, and their distance from the threshold "
    "only with care. The place of the threshold hangs on far fewer answers than the distances between items."
)


@dataclass(frozen=True, slots=True)
class _Told:
    """Answers about mattering, each different one once."""

    shown: IntArray
    answer: IntArray
    weight: FloatArray


@dataclass(frozen=True, slots=True)
class _Anchored:
    """The log-likelihood of choices and answers together; the threshold is the last parameter.

    Parameters
    ----------
    model : module of `likelihood`
    tasks : Tasks
    told : _Told
    penalty : float
        Precision of a normal prior on the distance of utilities, the threshold's included, from their mean.
    """

    model: Model
    tasks: Tasks
    told: _Told
    penalty: float

    def log_likelihood(self, at: FloatArray) -> FloatArray:
        """Without the penalty."""
        told = anchor.log_probabilities(at, self.told.shown, self.told.answer)
        return self.model.log_likelihood(at, self.tasks) + self.told.weight @ told

    def value(self, at: FloatArray) -> FloatArray:
        """What is made as large as possible."""
        return self.log_likelihood(at) - self.penalty / 2 * ((at - at.mean()) ** 2).sum()

    def slope(self, at: FloatArray) -> FloatArray:
        """Its gradient: (n_items + 1,)."""
        told = self.told.weight @ anchor.scores(at, self.told.shown, self.told.answer)
        return self.model.gradient(at, self.tasks) + told - self.penalty * (at - at.mean())

    def information(self, at: FloatArray) -> FloatArray:
        """Minus its second derivatives; where *some* makes them no mountain, what is to be expected of them."""
        choices = self.penalty * (np.eye(at.size) - 1 / at.size) - self.model.hessian(at, self.tasks)
        told = anchor.hessian(at, self.told.shown, self.told.answer, self.told.weight)
        fully = _invertible(choices - told)
        if np.linalg.eigvalsh(fully)[0] > 0:
            return fully
        return _invertible(choices + anchor.expected_information(at, self.told.shown, self.told.weight))

    def centred(self, at: FloatArray) -> FloatArray:
        """Relative to the threshold."""
        return at - at[-1]


@dataclass(frozen=True, slots=True)
class _Own:
    """One group's answers of both kinds.

    Parameters
    ----------
    members : (n_respondents,) bool
    tasks : Tasks
        Each different answered task once, weighted.
    kept : (n_tasks,) int
        Which of all different tasks those are.
    anchors : Anchors
    told : _Told
    which : (n_answers,) int
        Which of the different answers about mattering each one is.
    shown : (n_items,) bool
        In an answer of either kind.
    """

    members: BoolArray
    tasks: Tasks
    kept: IntArray
    anchors: Anchors
    told: _Told
    which: IntArray
    shown: BoolArray

    @classmethod
    def of(cls, groups: Groups, place: int, anchors: Anchors, items: int) -> "_Own":
        members = groups.label == place
        own = _of(anchors, members)
        told, which = _distinct(own, groups.answers.weight)
        tasks, kept = chosen_tasks(groups.answers.tasks, groups.weights[place])
        shown = connections(tasks, items).shown
        shown[told.shown[told.shown != MISSING]] = True
        return cls(members, tasks, kept, own, told, which, shown)


def anchor_groups(data: ChoiceData, groups: Groups, settings: Settings, anchors: Anchors) -> Anchored:
    """Fit every group's choices together with its answers about mattering.

    Parameters
    ----------
    data : ChoiceData
    groups : Groups
    settings : Settings
        A reference plays no part: the threshold is the zero.
    anchors : Anchors

    References
    ----------
    Lattery, K. (2010). Anchoring maximum difference scaling against a threshold: dual response and direct binary
    responses. Proceedings of the Sawtooth Software Conference.
    """
    return Anchored(
        tuple(_one_group(data, groups, place, settings, anchors) for place in range(len(groups.names))), WARNING
    )


def _one_group(data: ChoiceData, groups: Groups, place: int, settings: Settings, anchors: Anchors) -> AnchoredGroup:
    own = _Own.of(groups, place, anchors, len(settings.items))
    answers, people = summarise(own.anchors, data, own.members), int(own.members.sum())
    core = _core(own.tasks, own.told, len(settings.items))
    said = about_answers(answers, people)
    problem = _why_not(own, core, settings)
    found = None if problem else _fit(groups.answers, own, settings)
    counts = _asked(own.anchors, len(settings.items))
    ended = found is not None and found.converged
    if found is not None:
        said = (*said, *_misfits(settings.items, found, counts))
    if found is not None and not ended:
        said = (*said, "The search for the maximum did not end: do not use the numbers.")
    return AnchoredGroup(
        group=groups.names[place],
        respondents=people,
        answers=answers,
        log_likelihood=found.log_likelihood if found else None,
        converged=ended and bool(core[own.shown].all()),
        items=tuple(
            _item(name, found, at, counts) if found and own.shown[at] else _unplaced(name, at, counts)
            for at, name in enumerate(settings.items)
        ),
        messages=(*((problem,) if problem else ()), *said),
    )


def _why_not(own: _Own, core: BoolArray, settings: Settings) -> str:
    """Why there is nothing to fit; empty where there is."""
    if not own.anchors.answer.size:
        return "Nobody was asked whether items matter, so there is no threshold."
    if settings.penalty > 0 or core[own.shown].all():
        return ""
    return _nothing_placed(own.told) if not core.any() else _out_of_reach(settings.items, own.shown & ~core)


@dataclass(frozen=True, slots=True)
class _Found:
    """Utilities relative to the threshold, and their plain and clustered errors (rows)."""

    utilities: FloatArray
    errors: FloatArray
    log_likelihood: float
    converged: bool


def _fit(answers: Statistics, own: _Own, settings: Settings) -> _Found:
    size = len(settings.items) + 1
    hill = _Anchored(MODELS[settings.model], own.tasks, own.told, settings.penalty)
    found = maximise(hill, np.zeros(size))
    contrasts = np.eye(size)
    contrasts[:, -1] -= 1.0
    inverse = contrasts @ np.linalg.inv(found.information)
    scores = np.concatenate(
        [
            hill.model.scores(found.utilities, own.tasks),
            anchor.scores(found.utilities, own.told.shown, own.told.answer),
        ]
    )
    joined, kept = _joined(answers, own)
    between = between_people(scores, kept, joined, own.members)
    variances = np.stack([np.diag(inverse @ contrasts.T), np.diag(inverse @ between @ inverse.T)])
    return _Found(
        found.utilities,
        np.sqrt(np.maximum(variances, 0.0)),
        float(found.log_likelihood),
        bool(found.converged),
    )


def _of(anchors: Anchors, members: BoolArray) -> Anchors:
    """The answers of some people."""
    rows = members[anchors.respondent]
    return Anchors(*(getattr(anchors, name)[rows] for name in ("respondent", "shown", "answer", "best", "worst")))


def _distinct(own: Anchors, weight: FloatArray) -> tuple[_Told, IntArray]:
    """Each different answer once, its weights added up, and for each answer which of them it is."""
    ordered = -np.sort(-own.shown, axis=1)
    rows = np.column_stack([ordered, own.answer])
    different, which = np.unique(rows, axis=0, return_inverse=True)
    counted = np.bincount(which.ravel(), weights=weight[own.respondent], minlength=len(different))
    return _Told(different[:, :-1], different[:, -1], counted.astype(np.float64)), which.ravel()


def _joined(answers: Statistics, own: _Own) -> tuple[Statistics, IntArray]:
    """Choices and answers about mattering as one set of statistics, for errors clustered by respondent."""
    distinct, more = answers.tasks.best.size, own.told.answer.size
    none = np.full(distinct + more, MISSING)
    joined = Statistics(
        Tasks(none[:, None], none, none),
        np.concatenate([answers.which, distinct + own.which]),
        np.concatenate([answers.owner, own.anchors.respondent]),
        answers.weight,
        answers.choices,
    )
    return joined, np.concatenate([own.kept, distinct + np.arange(more)])


def _core(tasks: Tasks, told: _Told, items: int) -> BoolArray:
    """The items that have a place beside the threshold: (n_items,).

    An arrow leads from what is ahead to what is behind, the threshold being the last. *Some* tells only that the
    largest is above and the smallest below, which ties a set to the threshold as soon as its items are tied together.
    """
    ahead = np.zeros((items + 1, items + 1), dtype=np.bool_)
    ahead[:items, :items] = connections(tasks, items).ahead
    for shown, answer in zip(told.shown, told.answer.tolist(), strict=True):
        there = shown[shown != MISSING]
        if answer == ALL_MATTER:
            ahead[there, items] = True
        elif answer == NONE_MATTER:
            ahead[items, there] = True
    label = strong_components(ahead)
    for shown in told.shown[told.answer == SOME_MATTER]:
        there = shown[shown != MISSING]
        if (label[there] == label[there[0]]).all():
            ahead[there[0], items] = ahead[items, there[0]] = True
    label = strong_components(ahead)
    return label[:items] == label[items]


def _asked(own: Anchors, items: int) -> IntArray:
    """People asked about each item alone, and those who said that it matters: (2, n_items)."""
    direct = own.direct
    item, yes = own.shown[direct].max(axis=1, initial=MISSING), own.answer[direct] == ALL_MATTER
    return np.stack([np.bincount(item, minlength=items), np.bincount(item[yes], minlength=items)]).astype(np.int64)


def _unplaced(name: str, place: int, counts: IntArray) -> AnchoredItem:
    return AnchoredItem(name, None, None, None, None, None, None, None, *counts[:, place].tolist())


def _item(name: str, found: _Found, place: int, counts: IntArray) -> AnchoredItem:
    utility, robust = float(found.utilities[place]), float(found.errors[1, place])
    low, high = utility - TWO_SIDED_95 * robust, utility + TWO_SIDED_95 * robust
    shares = 1 / (1 + np.exp(-np.array([utility, low, high])))
    asked, said = counts[:, place].tolist()
    return AnchoredItem(
        item=name,
        utility=utility,
        standard_error=float(found.errors[0, place]),
        robust_standard_error=robust,
        interval=(low, high),
        share=float(shares[0]),
        share_interval=(float(shares[1]), float(shares[2])),
        verdict=Matter.MATTERS if low > 0 else Matter.DOES_NOT if high < 0 else Matter.CANNOT_TELL,
        asked=asked,
        said=said,
    )


def _misfits(names: tuple[str, ...], found: _Found, counts: IntArray) -> tuple[str, ...]:
    """Items of which people say something else than choices and threshold together let expect."""
    asked, said = counts.astype(np.float64)
    share = 1 / (1 + np.exp(-found.utilities[:-1]))
    gap = np.abs(said - asked * share) / np.sqrt(np.maximum(asked * share * (1 - share), 1e-9))
    wrong = tuple(name for name, far, many in zip(names, gap, asked, strict=True) if many and far > FAR)
    if not wrong:
        return ()
    return (
        f"What people say of {named(wrong)} does not fit their choices: the two questions may tell different things.",
    )


def _nothing_placed(told: _Told) -> str:
    if not ((told.answer == ALL_MATTER).all() or (told.answer == NONE_MATTER).all()):
        return "No chain of answers ties any item to the threshold in both directions; a penalty, such as 0.1, does."
    yes = bool((told.answer == ALL_MATTER).all())
    always, end = ("matters", "below") if yes else ("does not matter", "above")
    return (
        f"By every answer everything {always}, so the threshold lies {end} every number that could be given. With a "
        "penalty, such as 0.1, it gets a place."
    )


def _out_of_reach(names: tuple[str, ...], outside: BoolArray) -> str:
    who = named(tuple(name for name, is_out in zip(names, outside, strict=True) if is_out))
    return (
        f"No chain of answers ties {who} to the threshold in both directions, so no utility is given beside it. With a "
        "penalty, such as 0.1, every item gets one."
    )


def _invertible(bare: FloatArray) -> FloatArray:
    """A multiple of 1·1ᵀ added, along which nothing changes."""
    size = max(float(np.trace(bare)) / len(bare), SMALLEST_SIZE)
    return bare + size * (np.full_like(bare, 1 / len(bare)) + RIDGE * np.eye(len(bare)))

"""The line of steps of a study: which are done, which is now, and the one thing to do next. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The way of a study."""

    ITEMS = "items"
    DESIGN = "design"
    QUESTIONNAIRE = "questionnaire"
    PRETEST = "pretest"
    LIVE = "live"
    SCREENING = "screening"
    LOCKED = "locked"
    REPORT = "report"


class State(StrEnum):
    """Where a step stands. `LEFT`: the study went on without it."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LEFT = "left"


class Next(StrEnum):
    """The one thing to do next."""

    ITEMS = "items"
    DESIGN = "design"
    QUESTIONNAIRE = "questionnaire"
    PRETEST = "pretest"
    LAUNCH = "launch"
    SHARE = "share"
    CLOSE = "close"
    REOPEN = "reopen"
    SCREEN = "screen"
    LOCK = "lock"
    REPORT = "report"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the steps are computed from.

    Parameters
    ----------
    items_settled, pretested : bool
        Whether the list of items is settled; whether interviews were held and nothing is left to ask, or a pilot was
        answered.
    design_usable, questionnaire_ready : bool
    launched, is_open : bool
        A study with answers counts as launched, however they came.
    complete : int
        People who answered every task.
    planned : int or None
    screened, locked : bool
        Screened: no case of the first stage waits for a decision.
    reported : bool
        Whether the newest report is made of the answers there are, and of locked data where they are locked.
    """

    items_settled: bool = True
    design_usable: bool = True
    questionnaire_ready: bool = True
    pretested: bool = False
    launched: bool = False
    is_open: bool = False
    complete: int = 0
    planned: int | None = None
    screened: bool = False
    locked: bool = False
    reported: bool = False

    @property
    def closed_with_answers(self) -> bool:
        """Whether collecting is over and gave something."""
        return self.locked or (self.launched and not self.is_open and self.complete > 0)


def done_steps(facts: Facts) -> frozenset[Step]:
    """What is behind the study."""
    over = facts.closed_with_answers
    holds = {
        Step.ITEMS: facts.launched or facts.items_settled,
        Step.DESIGN: facts.launched or facts.design_usable,
        Step.QUESTIONNAIRE: facts.launched or facts.questionnaire_ready,
        Step.PRETEST: facts.pretested,
        Step.LIVE: over,
        Step.SCREENING: facts.locked or (over and facts.screened),
        Step.LOCKED: facts.locked,
        Step.REPORT: over and facts.locked and facts.reported,
    }
    return frozenset(step for step, done in holds.items() if done)


def states(facts: Facts) -> dict[Step, State]:
    """The state of every step, in their order; at most one is now.

    Examples
    --------
    >>> [state.value for state in states(Facts()).values()]
    ['done', 'done', 'done', 'now', 'next', 'next', 'next', 'next']
    """
    done = done_steps(facts)
    left = {Step.PRETEST} - done if facts.launched else set()
    now = next((step for step in Step if step not in done and step not in left), None)
    return {step: _state(step, done, left, now) for step in Step}


def _state(step: Step, done: frozenset[Step], left: set[Step], now: Step | None) -> State:
    if step in done:
        return State.DONE
    if step in left:
        return State.LEFT
    return State.NOW if step is now else State.NEXT


def next_action(facts: Facts) -> Next:
    """The one thing to do next.

    Examples
    --------
    >>> next_action(Facts(pretested=True)).value, next_action(Facts(launched=True, is_open=True)).value
    ('launch', 'share')
    """
    if facts.launched:
        return _after_launch(facts)
    waiting = next((step for step in (Step.ITEMS, Step.DESIGN, Step.QUESTIONNAIRE, Step.PRETEST)
                    if step not in done_steps(facts)), None)  # fmt: skip
    return Next(waiting.value) if waiting else Next.LAUNCH


def _after_launch(facts: Facts) -> Next:
    if facts.is_open:
        return Next.CLOSE if facts.planned is not None and facts.complete >= facts.planned else Next.SHARE
    if not facts.complete and not facts.locked:
        return Next.REOPEN
    if not facts.locked:
        return Next.LOCK if facts.screened else Next.SCREEN
    return Next.READ if facts.reported else Next.REPORT

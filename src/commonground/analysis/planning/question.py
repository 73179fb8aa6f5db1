"""What is asked of a study before it is fielded."""

from dataclasses import dataclass

from commonground.analysis.planning.scenario import MODELS
from commonground.records.errors import SettingError

SCORE, UTILITY = "score", "utility"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found out.

    Parameters
    ----------
    precision : float or None
        The half-width wanted of a 95 % interval.
    difference : float or None
        Between two groups on one item, to be told apart.
    power : float
        How often.
    groups : int
    scale : {"score", "utility"}
        What precision and difference are measured in: mean scores per person, or logits.
    model : {"sequential", "maxdiff"}
        Fitted for the errors of utilities.

    Raises
    ------
    SettingError
        If nothing is asked, or a number is out of its range.
    """

    precision: float | None = None
    difference: float | None = None
    power: float = 0.8
    groups: int = 1
    scale: str = SCORE
    model: str = "sequential"

    def __post_init__(self) -> None:
        limits = (
            (self.precision is None and self.difference is None, "Say a precision or a difference, or both."),
            (self.precision is not None and self.precision <= 0, "The half-width wanted must be above 0."),
            (self.difference is not None and self.difference <= 0, "The difference must be above 0."),
            (not 0.05 < self.power < 1, "The power lies between 0.05 and 1, such as 0.8."),
            (self.groups < 1, "There is at least one group."),
            (self.difference is not None and self.groups < 2, "A difference needs two groups or more."),
            (self.scale not in {SCORE, UTILITY}, "The scale is 'score' or 'utility'."),
            (self.model not in MODELS, f"The model is one of {', '.join(MODELS)}."),
        )
        for wrong, words in limits:
            if wrong:
                raise SettingError(words)

"""One name for every model of best-worst choices."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, overload

from commonground.likelihood.models import MODELS
from commonground.records.errors import Problem, SettingError

if TYPE_CHECKING:
    from commonground.analysis.classes.records import LatentClasses
    from commonground.analysis.hierarchical.prior import Prior
    from commonground.analysis.hierarchical.records import HierarchicalFit
    from commonground.analysis.logit.records import Fits
    from commonground.records.anchors import Anchors
    from commonground.records.choices import BoolArray, ChoiceData

Aggregate = Literal["best", "worst", "marginal", "sequential", "maxdiff", "rank"]
Progress = Callable[[int, int], None]


@overload
def fit(
    data: "ChoiceData",
    *,
    model: Aggregate = ...,
    by: str | None = ...,
    reference: str | None = ...,
    penalty: float = ...,
    permutations: int = ...,
    scale_worst: bool = ...,
    anchors: "Anchors | None" = ...,
    seed: int = ...,
    progress: Progress | None = ...,
) -> "Fits": ...
@overload
def fit(
    data: "ChoiceData",
    *,
    model: Literal["hb"],
    by: str | None = ...,
    choice_rule: Literal["sequential", "maxdiff"] = ...,
    draws: int | None = ...,
    warmup: int = ...,
    chains: int = ...,
    prior: "Prior | None" = ...,
    left_out: "BoolArray | None" = ...,
    sensitivity: bool = ...,
    seed: int = ...,
    progress: Progress | None = ...,
) -> "HierarchicalFit": ...
@overload
def fit(
    data: "ChoiceData",
    *,
    model: Literal["latent-class"],
    classes: int | Iterable[int] = ...,
    choice_rule: Aggregate = ...,
    by: str | None = ...,
    starts: int = ...,
    penalty: float = ...,
    bootstrap: int = ...,
    seed: int = ...,
    progress: Progress | None = ...,
) -> "LatentClasses": ...
def fit(data: "ChoiceData", *, model: str = "sequential", **settings: Any) -> Any:
    """Fit a model of best-worst choices.

    Parameters
    ----------
    data : ChoiceData
    model : str
        best, worst, marginal, sequential, maxdiff, rank: one utility an item for everybody or each group
        (`analysis.logit.fit`). hb: utilities of each person (`analysis.hierarchical.fit`). latent-class: of a few
        kinds of people (`analysis.classes.fit`).
    by : str, optional
        The covariate that makes the groups.
    reference, permutations, scale_worst, anchors : of the models for everybody
        The item whose utility is 0; how often group labels are shuffled; whether worst picks get a scale of their own;
        answers on whether items matter at all.
    penalty : of the models for everybody, and of latent-class
        Precision of a normal prior on utilities.
    choice_rule : of hb and latent-class
        How a person, or a class, chooses: sequential unless said otherwise.
    draws, warmup, chains, prior, left_out, sensitivity : of hb
        `draws=None` goes on until the chains agree; a `hierarchical.prior.Prior`; rows to be foreseen; whether to
        look at another prior.
    classes, starts, bootstrap : of latent-class
        Numbers of classes to try, such as `range(1, 6)`; beginnings of the search for each; simulated studies to test
        each number against one fewer.
    seed : int
    progress : callable, optional
        Told (done, total).

    Returns
    -------
    Fits, HierarchicalFit or LatentClasses

    Raises
    ------
    SettingError
        If there is no such model, or a setting is out of its range.
    RequestError
        If a column or an item does not exist, or nobody made a choice the model looks at.

    Examples
    --------
    >>> from commonground.api.simulating import simulate
    >>> from commonground.design.build import build_design
    >>> found = fit(simulate(build_design(7, 3), 60))
    >>> found.models[0].converged
    True
    """
    if model == "hb":
        return _hierarchical(data, **settings)
    if model == "latent-class":
        return _latent_classes(data, **settings)
    if model in MODELS:
        from commonground.analysis.logit.fit import fit as fit_aggregate  # noqa: PLC0415 – only what is asked for

        return fit_aggregate(data, model=model, **settings)
    mend = f"Models: {', '.join([*MODELS, 'hb', 'latent-class'])}."
    raise SettingError([Problem(f"There is no model '{model}'.", mend=mend)])


def _hierarchical(
    data: "ChoiceData",
    *,
    draws: int | None = None,
    warmup: int | None = None,
    chains: int | None = None,
    choice_rule: str = "sequential",
    **settings: Any,
) -> "HierarchicalFit":
    from commonground.analysis.hierarchical.fit import CHAINS, WARMUP, Length, fit_hierarchical  # noqa: PLC0415 – as above

    length = Length(draws, WARMUP if warmup is None else warmup, CHAINS if chains is None else chains)
    return fit_hierarchical(data, rule=choice_rule, length=length, **settings)


def _latent_classes(
    data: "ChoiceData", *, classes: int | Iterable[int] = (1, 2, 3, 4, 5), **settings: Any
) -> "LatentClasses":
    from commonground.analysis.classes.fit import fit_classes  # noqa: PLC0415 – as above

    return fit_classes(data, classes=(classes,) if isinstance(classes, int) else tuple(classes), **settings)

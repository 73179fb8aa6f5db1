"""What a reader must know of classes, in words."""

from commonground.analysis.classes.records import FEWEST_PEOPLE, LatentClass, Solution
from commonground.analysis.logit.records import Separation
from commonground.analysis.logit.separation import Side
from commonground.analysis.logit.words import named

FEW_PEOPLE = 10
"""People; a class with fewer is small whatever the number of respondents."""

SMALL_SHARE = 0.05

CLEAR = 10.0
"""A BIC lower by this is a clear preference; by less than `WEAK` hardly one (Raftery 1995)."""

WEAK = 2.0

ENOUGH_STUDIES = 99
"""For a bootstrapped p that is more than a hint."""

ENTROPY_LOW = 0.6
"""Below it many people could be in another class."""

GROUPS_NOTE = (
    "Shares of a group: 'expected' and 'modal' are pulled towards everybody's sizes, because people whose answers tell "
    "little are given those; 'adjusted' is free of that pull. Compare groups by 'adjusted'."
)


def drifting_words(items: tuple[str, ...], side: Side, label: int) -> str:
    """Why some items have no utility in a class."""
    who = named(items)
    were, are, have, them = ("was", "is", "has", "it") if len(items) == 1 else ("were", "are", "have", "them")
    if side is Side.NEVER_SHOWN:
        return f"{who} {were} in no answered task."
    if side is Side.APART:
        return f"In class {label} the answers do not tell how far {who} {are} from the others."
    end, ahead = ("below", "ahead of") if side is Side.BELOW else ("above", "behind")
    return (
        f"In class {label} {who} {have} no utility: hardly an answer of its people puts {them} {ahead} the others, so "
        f"the best fit lies {end} every number that could be given."
    )


def about_search(starts: int, agreeing: int, ended: bool) -> tuple[str, ...]:
    """How far the search can be trusted."""
    said: list[str] = []
    if starts > 1 and agreeing == 1:
        said.append(
            f"Only one of {starts} starts came to this optimum: there may be a better one. Try more, "
            f"such as {5 * starts}."
        )
    if not ended:
        said.append("The search did not end at a maximum: do not use these numbers. Try more starts or fewer classes.")
    return tuple(said)


def about_sizes(classes: tuple[LatentClass, ...], people: int, differences: int) -> tuple[str, ...]:
    """Which classes rest on few people.

    Parameters
    ----------
    classes : tuple of LatentClass
    people : int
    differences : int
        Between utilities in one class.
    """
    said: list[str] = []
    for one in classes if len(classes) > 1 else ():
        if one.people < FEW_PEOPLE:
            reason = "its numbers describe these people, not a kind of people; robust errors are too small."
        elif one.people <= differences:
            reason = "robust errors are too small."
        elif one.size < SMALL_SHARE:
            reason = "see whether it comes back in other data."
        else:
            continue
        about = max(round(one.people), 1)
        said.append(f"Class {one.class_} is small (about {about} of {people} people): {reason}")
    return tuple(said)


def about_entropy(entropy: float | None) -> tuple[str, ...]:
    """Whether people can be assigned at all."""
    if entropy is None or entropy >= ENTROPY_LOW:
        return ()
    certainty = f"The entropy is low ({entropy:.2f}): many people could as well be in another class."
    return (f"{certainty} Use probabilities of membership, not assignments.",)


def about_utilities(separated: tuple[Separation, ...], penalty: float) -> tuple[str, ...]:
    """Which utilities are missing, and what the penalty does."""
    said = [one.words for one in separated]
    if separated and penalty == 0:
        said.append("With a penalty, such as 0.1, every item shown gets a utility in every class.")
    if penalty > 0:
        said.append(
            f"Penalised ({penalty:g}): the utilities of each class are shrunk towards each other. Log-likelihood and "
            "criteria are those of the shrunken utilities, so they are a little worse than the best."
        )
    return tuple(said)


def why(chosen: Solution, solutions: tuple[Solution, ...]) -> str:
    """Why this number of classes, in words.

    References
    ----------
    Nylund, K. L., Asparouhov, T., & Muthén, B. O. (2007). Deciding on the number of classes in latent class analysis
    and growth mixture modeling. Structural Equation Modeling, 14(4), 535–569 (BIC among criteria).
    Raftery, A. E. (1995). Bayesian model selection in social research. Sociological Methodology, 25, 111–163.
    """
    said = [f"{_classes(chosen)}: {_lowest(chosen, solutions)}"]
    if chosen.starts > 1:
        said.append(f"{chosen.agreeing_starts} of {chosen.starts} starts came to this optimum.")
    if chosen.number_of_classes > 1:
        about = max(round(chosen.smallest.people), 1)
        said.append(f"The smallest class holds {100 * chosen.smallest.size:.0f} % of people (about {about}).")
    said += _set_aside(chosen, solutions)
    said += _others(chosen, solutions)
    said += _tests(solutions)
    return " ".join(said)


def _classes(one: Solution) -> str:
    number = one.number_of_classes
    return f"{number} class{'' if number == 1 else 'es'}"


def _lowest(chosen: Solution, solutions: tuple[Solution, ...]) -> str:
    """How far ahead by BIC."""
    if len(solutions) == 1:
        return "no other number was tried."
    others = [one for one in solutions if one is not chosen and one.well_found]
    lowest = f"the lowest BIC ({chosen.bic:.1f}) of the solutions that can be relied on"
    if not chosen.well_found:
        lowest = f"the lowest BIC ({chosen.bic:.1f}), but no solution can be relied on"
    if not others:
        return f"{lowest}."
    second = min(others, key=lambda one: one.bic)
    ahead = second.bic - chosen.bic
    clear = "a clear preference" if ahead >= CLEAR else "hardly a preference" if ahead < WEAK else "a preference"
    come = "comes" if second.number_of_classes == 1 else "come"
    return f"{lowest}; {_classes(second)} {come} next, {ahead:.1f} higher: {clear}."


def _set_aside(chosen: Solution, solutions: tuple[Solution, ...]) -> list[str]:
    """Solutions with a lower BIC that were not taken."""
    return [
        f"{_classes(one)} would have a lower BIC ({one.bic:.1f}), but {_doubt(one)}."
        for one in solutions
        if one.bic < chosen.bic
    ]


def _doubt(one: Solution) -> str:
    if not one.converged:
        return "the search did not end at a maximum"
    if one.smallest.people < FEWEST_PEOPLE:
        return f"a class would hold fewer than {FEWEST_PEOPLE} people"
    return f"only {one.agreeing_starts} of {one.starts} starts came to it: try more starts"


def _others(chosen: Solution, solutions: tuple[Solution, ...]) -> list[str]:
    """What else a careful reader would look at."""
    said: list[str] = []
    if len(solutions) > 1 and chosen is solutions[-1]:
        said.append("No larger number was tried: more classes may fit better.")
    by_aic = min(solutions, key=lambda one: one.aic)
    if by_aic is not chosen:
        said.append(f"AIC, which forgives more parameters, would take {by_aic.number_of_classes}.")
    return said


def _tests(solutions: tuple[Solution, ...]) -> list[str]:
    """What the bootstrapped tests say, where there are any."""
    tests = [(one.number_of_classes, one.bootstrap) for one in solutions if one.bootstrap]
    if not tests:
        return []
    studies = tests[0][1].studies
    digits = 3 if studies >= 10 * ENOUGH_STUDIES else 2
    each = "; ".join(f"{number} against {test.against} p = {test.p:.{digits}f}" for number, test in tests)
    few = f" From {studies} simulated studies p is rough: take 99 or more." if studies < ENOUGH_STUDIES else ""
    return [f"Bootstrapped likelihood-ratio test, classes against one fewer: {each}.{few}"]

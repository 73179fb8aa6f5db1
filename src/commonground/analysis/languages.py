"""Whether people answer alike in every language: within each partner group, the languages compared with each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.records.choices import ChoiceData

FEWEST = 10
"""People who must have answered in a language before it is compared; with fewer nothing can be told either way."""

COLUMN = "language"


@dataclass(frozen=True, slots=True)
class GroupLanguages:
    """The languages of one partner group.

    Parameters
    ----------
    group : str
    people : mapping of language to int
        Who answered in it, the most used first; people whose language is not known are in none.
    compared : tuple of str
        Languages with enough people.
    comparison : Comparison or None
        Of those languages, as partner groups are compared; None where there are not two.
    """

    group: str
    people: Mapping[str, int]
    compared: tuple[str, ...]
    comparison: Comparison | None


def compare_languages(
    data: ChoiceData,
    languages: Sequence[str | None],
    *,
    by: str,
    resamples: int = 2000,
    permutations: int = 2000,
    margin: float = 0.5,
    level: float = 0.95,
    seed: int = 1,
) -> tuple[GroupLanguages, ...]:
    """Compare languages within each partner group, with the tests and the margin by which groups are compared.

    Groups are kept apart because they may use languages differently: then a difference between groups would look like
    one between languages. People who changed language on the way count in the one they began in. The p-values are
    adjusted within each group.

    Parameters
    ----------
    data : ChoiceData
    languages : sequence of str or None, one a respondent
    by : str
        The covariate that holds the partner group.
    resamples, permutations : int
    margin : float
        Mean scores per person closer than this are alike for practical purposes.
    level : float
    seed : int

    Returns
    -------
    tuple of GroupLanguages
        One a group in which somebody's language is known.

    Raises
    ------
    KeyError
        If there is no such covariate.

    Examples
    --------
    >>> data = ChoiceData.from_rows(
    ...     ("a", "b"), ("r1", "r2"), respondent=[0, 1], task=[1, 1], shown=[[0, 1]] * 2, best=[0, 1], worst=[1, 0],
    ...     covariates={"group": ("P", "P")},
    ... )
    >>> compare_languages(data, ("en", "fr"), by="group")
    (GroupLanguages(group='P', people={'en': 1, 'fr': 1}, compared=(), comparison=None),)
    """
    groups = data.groups_by(by)
    found: list[GroupLanguages] = []
    for group in dict.fromkeys(one for one in groups if one):
        spoken = [language if mine == group else None for language, mine in zip(languages, groups, strict=True)]
        people = dict(Counter(language for language in spoken if language).most_common())
        compared = tuple(language for language, number in people.items() if number >= FEWEST)
        comparison = None
        if len(compared) > 1:
            comparison = compare(
                _of_languages(data, spoken, compared), by=COLUMN, resamples=resamples,
                permutations=permutations, margin=margin, level=level, seed=seed,
            )  # fmt: skip
        if people:
            found.append(GroupLanguages(group, people, compared, comparison))
    return tuple(found)


def changed_language(data: ChoiceData) -> int:
    """How many people changed language on the way, as far as the data tell the language of each task."""
    if data.language is None:
        return 0
    told = {
        (int(person), language) for person, language in zip(data.respondent, data.language, strict=True) if language
    }
    return sum(number > 1 for number in Counter(person for person, _ in told).values())


def _of_languages(data: ChoiceData, spoken: Sequence[str | None], compared: tuple[str, ...]) -> ChoiceData:
    """Only the people of these languages, the language beside their answers."""
    told = replace(data, covariates={**data.covariates, COLUMN: tuple(spoken)})
    return told.keep(np.array([language in compared for language in spoken], dtype=np.bool_))

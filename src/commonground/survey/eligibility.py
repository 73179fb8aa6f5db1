"""Who can take part, and in which partner group."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from commonground.records.study import Study
from commonground.records.words import Words
from commonground.survey.conditions import Answers, holds

NO_GROUP = "no_group"
"""The reason recorded when no group rule fits a person's answers."""

GROUP_FULL = "group_full"
"""The reason recorded when a person fits the study, but their group has the answers it can take."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """A person who can take part; `group` is the partner group, empty while it cannot be told yet."""

    group: str


@dataclass(frozen=True, slots=True)
class Ineligible:
    """A person who cannot take part.

    Parameters
    ----------
    reason : str
        The rule's reason code, or `NO_GROUP`.
    message : Words or None
        What the study says to the person; None for `NO_GROUP`, where the page has its own words.
    """

    reason: str
    message: Words | None


def decide(study: Study, answers: Answers, *, asked: AbstractSet[str] | None = None) -> Eligible | Ineligible:
    """Whether a person can take part, by the first eligibility rule that fails, then by the group rules.

    Parameters
    ----------
    study : Study
    answers : mapping of question id to value
    asked : set of str, optional
        Questions asked so far: rules that look at any other wait, and so does the group.
        Left out, everything was asked.

    Returns
    -------
    Eligible or Ineligible

    Examples
    --------
    >>> from commonground.records.questions import Condition
    >>> from commonground.records.study import EligibilityRule, PartnerGroup
    >>> of_age = Condition(question="age", at_least=18)
    >>> adult = EligibilityRule(reason="under_18", requires=of_age, message=Words("Sorry"))
    >>> group = PartnerGroup.model_construct(id="HP")
    >>> study = Study.model_construct(eligibility=(adult,), groups=(group,), group_rules=())
    >>> decide(study, {"age": 40})
    Eligible(group='HP')
    >>> decide(study, {"age": 17}).reason
    'under_18'
    """
    for rule in study.eligibility:
        if asked is not None and not rule.requires.questions() <= asked:
            continue
        if not holds(rule.requires, answers):
            return Ineligible(rule.reason, rule.message)
    group = group_of(study, answers)
    if not group and asked is None:
        return Ineligible(NO_GROUP, None)
    return Eligible(group)


def group_of(study: Study, answers: Answers) -> str:
    """The partner group of the first rule that holds; empty where none does.

    A study with one group and no rules puts everybody there.
    """
    if not study.group_rules and len(study.groups) == 1:
        return study.groups[0].id
    return next((rule.group for rule in study.group_rules if holds(rule.when, answers)), "")

"""Whether collected answers belong to a study: its items, its groups, its design."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from commonground.files.study_checks import Findings, design_of
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import DataError, Problem
from commonground.records.study import Study


def check_data(study: Study, data: ChoiceData, name: str) -> Findings:
    """Compare choices with the study they should come from.

    Parameters
    ----------
    study : Study
    data : ChoiceData
    name : str
        The data file, for messages.
    """
    unknown = [*_unknown_items(study, data, name), *_unknown_groups(study, data, name)]
    other = [] if unknown else [*_other_tasks(study, data, name)]
    silent = [*_never_chosen(study, data, name), *_unfinished(study, data, name), *_too_few(study, data, name)]
    return Findings(tuple(unknown + other), tuple(silent))


def require_same_study(study: Study, data: ChoiceData, name: str) -> tuple[Problem, ...]:
    """Refuse answers about other items or from other groups than the study's.

    Returns
    -------
    tuple of Problem
        Tasks that are not those of the study's design: possible, but to be told.

    Raises
    ------
    DataError
    """
    unknown = [*_unknown_items(study, data, name), *_unknown_groups(study, data, name)]
    if unknown:
        raise DataError(unknown)
    return tuple(_other_tasks(study, data, name))


def require_groups(study: Study, data: ChoiceData, name: str) -> None:
    """Refuse answers that do not tell the partner group of anybody, where a study has several.

    Raises
    ------
    DataError
    """
    if len(study.groups) > 1 and not any(data.covariates.get("group", ())):
        mend = (
            f"Add a column 'group' with {', '.join(group.id for group in study.groups)}, or a respondents.csv with it."
        )
        raise DataError([Problem("nothing tells which partner group a respondent belongs to.", name, mend)])


def _unknown_items(study: Study, data: ChoiceData, name: str) -> Iterator[Problem]:
    known = {item.id for item in study.items}
    unknown = [item for item in data.items if item not in known]
    if unknown:
        what = f"the study has no item {_named(unknown)}."
        yield Problem(
            what, f"{name}, item columns", "Write the ids of the study's items, or use the study that was fielded."
        )


def _unknown_groups(study: Study, data: ChoiceData, name: str) -> Iterator[Problem]:
    known = {group.id for group in study.groups}
    values = {value for value in data.covariates.get("group", ()) if value}
    unknown = sorted(values - known)
    if unknown:
        mend = f"Its groups are {', '.join(sorted(known))}."
        yield Problem(f"the study has no partner group {_named(unknown)}.", f"{name}, column group", mend)


def _other_tasks(study: Study, data: ChoiceData, name: str) -> Iterator[Problem]:
    """Rows whose items are not those of the design's task with that number."""
    design = design_of(study)
    planned = {
        (version, task): frozenset(study.items[item].id for item in items)
        for version, tasks in enumerate(design.versions, start=1)
        for task, items in enumerate(tasks, start=1)
    }
    wrong = [row for row in range(data.task.size) if _shown(data, row) != planned.get(_planned_key(data, row))]
    if wrong:
        first = wrong[0]
        what = (
            f"{len(wrong)} of {data.task.size} answered tasks show other items than the design of the study, "
            f"first task {data.task[first]} of respondent '{data.respondents[data.respondent[first]]}'."
        )
        yield Problem(what, name, "Use the study as it was when people answered: its design and its seed.")


def _shown(data: ChoiceData, row: int) -> frozenset[str]:
    return frozenset(data.items[item] for item in data.shown[row] if item != MISSING)


def _planned_key(data: ChoiceData, row: int) -> tuple[int, int]:
    task = data.repeat_of[row] or data.task[row]
    return max(int(data.version[row]), 1), int(task)


def _never_chosen(study: Study, data: ChoiceData, name: str) -> Iterator[Problem]:
    """An item that nobody in a group ever chose as best, or as worst, has no ratio score without an added constant."""
    groups = data.covariates.get("group", (None,) * len(data.respondents))
    present: list[str | None] = [one.id for one in study.groups if one.id in groups]
    for group in present or [None]:
        members = np.array([group is None or value == group for value in groups])
        rows = data.scored[members[data.respondent[data.scored]]]
        for word, picks in (("most", data.best), ("least", data.worst)):
            chosen = {data.items[item] for item in picks[rows] if item != MISSING}
            never = [item.id for item in study.items if item.id not in chosen]
            if never and rows.size:
                whom = f"in group {group} " if group else ""
                yield Problem(f"nobody {whom}chose {_named(never)} as {word} important.", name, "")


def _unfinished(study: Study, data: ChoiceData, name: str) -> Iterator[Problem]:
    wanted = design_of(study).tasks
    answered = (data.best != MISSING) & (data.worst != MISSING) & (data.repeat_of == 0)
    tasks = np.bincount(data.respondent[answered], minlength=len(data.respondents))
    short = int((tasks < wanted).sum())
    if short:
        what = f"{short} of {len(data.respondents)} respondents answered fewer than {wanted} tasks."
        yield Problem(what, name, "With a column 'status', keep those with status=complete only.")


def _too_few(study: Study, data: ChoiceData, name: str) -> Iterator[Problem]:
    people = Counter(data.covariates.get("group", ()))
    for group in study.groups:
        if group.planned and people[group.id] < group.planned and "group" in data.covariates:
            yield Problem(f"group {group.id} has {people[group.id]} of {group.planned} people planned.", name, "")


def _named(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:12])
    return f"{shown} and {len(names) - 12} more" if len(names) > 12 else shown

"""The design a study document plans: built from its numbers, or the one it brings."""

from dataclasses import replace

from commonground.design.audit import audit
from commonground.design.build import build_design
from commonground.design.nearest import Progress
from commonground.records.design import Design
from commonground.records.study import DesignPlan

OWN = "a design made elsewhere, as it is in the study document"


def planned_design(
    plan: DesignPlan, items: tuple[str, ...], *, repeat: bool = False, progress: Progress | None = None
) -> Design:
    """The design of a study.

    Parameters
    ----------
    plan : DesignPlan
    items : tuple of str
        Ids, in the order of the study.
    repeat : bool
        Whether one task of each version is drawn to be shown a second time. In a design of the study's own none is:
        which one repeats is drawn for each person.
    progress : callable, optional
        Told how many versions are done, and of how many.

    Returns
    -------
    Design

    Raises
    ------
    SettingError
        If there is no such design.

    Examples
    --------
    >>> planned_design(DesignPlan(per_task=2, tasks=3), ("a", "b", "c")).tasks
    3
    """
    if plan.own is not None:
        return own_design(plan.own, items)
    return build_design(
        len(items),
        plan.per_task,
        tasks=plan.tasks,
        versions=plan.versions,
        repeat=repeat,
        seed=plan.seed,
        progress=progress,
    )


def own_design(versions: tuple[tuple[tuple[str, ...], ...], ...], items: tuple[str, ...]) -> Design:
    """A design made elsewhere, its items named by their ids.

    Parameters
    ----------
    versions : tuple of versions, a version a tuple of tasks, a task a tuple of ids in shown order
    items : tuple of str
        All items, in the order of their indices.

    Examples
    --------
    >>> design = own_design(((("a", "b"), ("b", "c"), ("c", "a")),), ("a", "b", "c"))
    >>> design.versions
    (((0, 1), (1, 2), (2, 0)),)
    """
    place = {item: number for number, item in enumerate(items)}
    numbered = tuple(tuple(tuple(place[item] for item in task) for task in version) for version in versions)
    design = Design(items=len(items), versions=numbered, repeats=(None,) * len(numbered), source=OWN)
    found = audit(design)
    notes = () if found.balanced else (f"This design is {found.status.value}: {found.reason}",)
    return replace(design, notes=notes)

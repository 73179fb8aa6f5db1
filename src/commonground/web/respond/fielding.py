"""The design a study is fielded with: built once a process from the study document, which never changes."""

from functools import lru_cache

from commonground.design.build import build_design
from commonground.records.design import Design
from commonground.web.studies.models import Study


def design_of(study: Study) -> Design:
    """The design of a study. The same document always gives the same design; which task repeats is drawn per person."""
    record = study.record()
    plan = record.design
    return _built(len(record.items), plan.per_task, plan.tasks, plan.versions, plan.seed)


@lru_cache(maxsize=32)
def _built(items: int, per_task: int, tasks: int | None, versions: int, seed: int) -> Design:
    return build_design(items, per_task, tasks=tasks, versions=versions, seed=seed)

"""The tasks of a round, drawn for one person from that person's own code: nobody has to be known to draw them."""

from collections.abc import Iterable
from typing import Any

from django.utils.crypto import salted_hmac

from commonground.partnership.tasks import plan_tasks
from commonground.partnership.tasks import tasks_of as draw
from commonground.records.sessions import ShownTask
from commonground.web.partnerships.models import Round, Voice


def tasks_of(one: Round, code: str, voice: Voice | None) -> tuple[ShownTask, ...]:
    """One person's tasks: as they were kept with the first answer, and before that the same, drawn."""
    return tasks_from_json(voice.tasks) if voice else drawn_tasks(one, code)


def drawn_tasks(one: Round, code: str) -> tuple[ShownTask, ...]:
    """The tasks of the person with this code, in the order shown."""
    digest = salted_hmac("commonground.partnerships.tasks", f"{one.pk}/{code}", algorithm="sha256").digest()
    items = [item.id for item in one.records()]
    return draw(plan_tasks(len(items)), items, seed=int.from_bytes(digest[:8], "big")).tasks


def tasks_as_json(tasks: Iterable[ShownTask]) -> list[dict[str, Any]]:
    """Tasks as a voice keeps them."""
    return [{"task": one.task, "items": list(one.items), "repeat_of": one.repeat_of} for one in tasks]


def tasks_from_json(kept: Iterable[dict[str, Any]]) -> tuple[ShownTask, ...]:
    """Tasks as they were kept."""
    return tuple(
        ShownTask(place, 1, one["task"], tuple(one["items"]), one["repeat_of"])
        for place, one in enumerate(kept, start=1)
    )

"""A partnership, and people who answer it through its pages."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from commonground.web.accounts.models import User
    from commonground.web.partnerships.models import Partnership


@pytest.fixture
def partnership(owner: "User") -> "Partnership":
    """A partnership with the starter list, whose questions are open; nobody is in yet."""
    from datetime import date

    from commonground.web.partnerships import starters
    from commonground.web.partnerships.actions import start_partnership
    from commonground.web.partnerships.models import Partnership
    from commonground.web.partnerships.rounds import begin_round
    from commonground.web.workspaces.actions import own_workspace

    made = start_partnership(
        workspace=own_workspace(owner),
        actor=owner,
        name="Less pain at blood tests",
        people=[],
        meets_on=date(2026, 12, 1),
        question=starters.QUESTION.model_dump(),
        items=starters.starter_items(),
        today=date(2026, 11, 22),
    )
    begin_round(partnership=made, actor=owner, kind="start", closes_on=None, today=date(2026, 11, 22))
    return Partnership.objects.get(pk=made.pk)


Joins = "Callable[..., Client]"


@pytest.fixture
def join(partnership: "Partnership") -> Callable[..., Client]:
    """Let somebody join by the one link, on a device of their own."""

    def joining(name: str, role: str = "") -> Client:
        client = Client()
        sent = client.post(f"{partnership.public_path}?with={partnership.invitation}", {"name": name, "role": role})
        assert sent.status_code == 302, sent.content
        return client

    return joining


@pytest.fixture
def answer(partnership: "Partnership", join: Callable[..., Client]) -> Callable[..., Client]:
    """Let somebody join and answer every task, always preferring what comes first in `order`."""

    def answering(name: str, role: str = "", order: tuple[str, ...] = ()) -> Client:
        client = join(name, role)
        answer_tasks(client, partnership, order)
        return client

    return answering


def answer_tasks(client: Client, partnership: "Partnership", order: tuple[str, ...] = ()) -> None:
    """Walk through the tasks as the pages show them."""
    wanted = order or tuple(item.id for item in partnership.records())
    where = f"{partnership.public_path}task/1/"
    for _task in range(40):
        page = client.get(where)
        shown = sorted((card.item for card in page.context["cards"]), key=wanted.index)
        sent = client.post(where, {"most": shown[0], "least": shown[-1], "go": "next"})
        assert sent.status_code == 302
        where = sent.headers["Location"]
        if "/task/" not in where:
            return
    raise AssertionError("the tasks never ended")

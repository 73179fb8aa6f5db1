"""Choosing a port: two sites never share one, although the server would let them."""

import socket

import pytest

from commonground.records.errors import RequestError
from commonground.web.site.ports import choose_port

HOST = "127.0.0.1"


@pytest.fixture
def wanted() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def test_a_port_that_is_chosen_is_taken_before_anything_listens_there(wanted: int) -> None:
    first = choose_port(HOST, wanted, may_move=True)
    second = choose_port(HOST, wanted, may_move=True)
    assert first.number == wanted
    assert second.number > wanted
    with pytest.raises(RequestError, match="in use"):
        choose_port(HOST, wanted, may_move=False)
    first.claim.close()
    again = choose_port(HOST, wanted, may_move=False)
    assert again.number == wanted
    again.claim.close()
    second.claim.close()


def test_a_port_somebody_listens_on_is_passed_over(wanted: int) -> None:
    with socket.socket() as other:
        other.bind((HOST, wanted))
        other.listen()
        moved = choose_port(HOST, wanted, may_move=True)
        moved.claim.close()
    assert moved.number > wanted

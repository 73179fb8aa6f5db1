"""Finding a port to listen on."""

import socket
from dataclasses import dataclass

from commonground.records.errors import Problem, RequestError

TRIES = 50


@dataclass(frozen=True, slots=True)
class Port:
    """A port this process has claimed; the claim ends with `claim.close()` or with the process, however it ends.

    The server shares its port with any other that asks to (SO_REUSEPORT), and it starts listening some seconds after
    the port was chosen; so a claim is a socket of its own: the UDP port of the same number, which nobody can share.
    """

    number: int
    claim: socket.socket


def choose_port(host: str, wanted: int, *, may_move: bool) -> Port:
    """The wanted port, or, where it may move, the next free one; claimed until the claim is closed.

    Raises
    ------
    RequestError
        If the port is taken and may not move, or none of the next fifty is free.
    """
    last = min(wanted + TRIES, 65535) if may_move else wanted
    for port in range(wanted, last + 1):
        claim = _claim(host, port)
        if claim is not None:
            return Port(port, claim)
    if may_move:
        raise RequestError([Problem(f"No port from {wanted} on is free.", "--port", "Choose another with --port.")])
    raise RequestError(
        [
            Problem(
                f"Port {wanted} is in use by another program.",
                "--port",
                "Stop that program, or choose another port; without --port the next free one is taken.",
            )
        ]
    )


def _claim(host: str, port: int) -> socket.socket | None:
    """The claim, if nothing listens there; `localhost` has two addresses, and a browser may try either."""
    claim = socket.socket(_family(host), socket.SOCK_DGRAM)
    try:
        claim.bind((host, port))
    except OSError:
        claim.close()
        return None
    if _can_bind(host, port) and not _answers("::1", port):
        return claim
    claim.close()
    return None


def _can_bind(host: str, port: int) -> bool:
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.2):
            return True
    except OSError:
        return False


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET

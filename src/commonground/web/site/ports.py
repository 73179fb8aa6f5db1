"""Finding a port to listen on."""

import socket

from commonground.records.errors import Problem, RequestError

TRIES = 50


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens there yet; `localhost` has two addresses, and a browser may try either."""
    return not _answers("::1", port) and _can_bind(host, port)


def choose_port(host: str, wanted: int, *, may_move: bool) -> int:
    """The wanted port, or, where it may move, the next free one.

    Raises
    ------
    RequestError
        If the port is taken and may not move, or none of the next fifty is free.
    """
    if is_free(host, wanted):
        return wanted
    if not may_move:
        raise RequestError(
            [
                Problem(
                    f"Port {wanted} is in use by another program.",
                    "--port",
                    "Stop that program, or choose another port; without --port the next free one is taken.",
                )
            ]
        )
    for port in range(wanted + 1, min(wanted + 1 + TRIES, 65536)):
        if is_free(host, port):
            return port
    raise RequestError([Problem(f"No port from {wanted} on is free.", "--port", "Choose another with --port.")])


def _can_bind(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
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

"""Slowing down whoever fills a draw that is open to all; a family or a waiting room is no crowd."""

from commonground.web.respond.throttle import Brake

OPEN_ENTRIES = Brake("open draw", most=10, minutes=60)

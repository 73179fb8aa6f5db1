"""How a page says what it needs. The gate (gate.py) lets nobody through who lacks it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import ImproperlyConfigured

from commonground.web.workspaces.roles import Permission

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a page asks for when it is read, and when something is sent to it."""

    reading: Permission
    writing: Permission

    def when(self, method: str) -> Permission:
        """What this request asks for."""
        return self.reading if method in {"GET", "HEAD", "OPTIONS"} else self.writing


def needs(reading: Permission, *, writing: Permission | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a page about a study or a workspace with what it needs; put it first, above other decorators.

    Parameters
    ----------
    reading : Permission
    writing : Permission, optional
        Needed to send something to the page; the same as for reading where left out.
    """

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def marked(*args: P.args, **kwargs: P.kwargs) -> R:
            return view(*args, **kwargs)

        marked.needs = Needs(reading, writing or reading)  # type: ignore[attr-defined]  # read by the gate
        return marked

    return mark


def needs_of(view: object) -> Needs:
    """What a page needs; a page that does not say stays shut.

    Raises
    ------
    ImproperlyConfigured
        If the page does not say.
    """
    found = getattr(view, "needs", None)
    if not isinstance(found, Needs):
        name = getattr(view, "__qualname__", repr(view))
        raise ImproperlyConfigured(f"The page '{name}' is about a study or a workspace and must say what it needs.")
    return found

"""What is looked at before anything else: where a request comes from, whether it is far too large, and no trick.

Behind a proxy every request comes from the proxy. Where the site was told to trust it, `REMOTE_ADDR` is here what the
proxy saw, so that brakes slow down one guesser and not everybody.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MOST_BYTES = 6_000_000
"""What a form may send in all. A study document has at most one megabyte; nothing else comes near."""

TOO_LARGE = "This is larger than anything that can be sent here. Nothing was kept."
NO_TEXT = "This request holds a sign that no text has. Nothing was kept."


class Doorstep:
    """Middleware; stands first, so that a body which is too large is never read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass on; what says nothing about caches is kept by none."""
        request.META["REMOTE_ADDR"] = came_from(request)
        if _length(request) > MOST_BYTES:
            return _refused(TOO_LARGE, 413)
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            return _refused(NO_TEXT, 400)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Refuse a form with the one sign that PostgreSQL can keep in no text."""
        if request.method == "POST" and any("\x00" in one for _name, all_ in request.POST.lists() for one in all_):
            return _refused(NO_TEXT, 400)
        return None


def came_from(request: HttpRequest) -> str:
    """The network address of who sent this: what a trusted proxy added last, else who is connected."""
    connected = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.ENVIRONMENT.trusts_proxy:
        return connected
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told if _is_address(told) else connected


def network_of(request: HttpRequest) -> str:
    """Where this comes from, for counting: an address, or of IPv6 the whole network that one household has."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if not _is_address(address):
        return address
    found = ipaddress.ip_address(address)
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _refused(words: str, status: int) -> HttpResponse:
    return HttpResponse(
        words, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )

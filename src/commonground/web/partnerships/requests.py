"""A request about a partnership, as the gate (workspaces/gate.py) hands it on."""

from typing import cast

from django.shortcuts import get_object_or_404

from commonground.web.partnerships.models import Partnership
from commonground.web.workspaces.models import Workspace
from commonground.web.workspaces.requests import MemberRequest


class LeadRequest(MemberRequest):
    """A request that came through the gate."""

    partnership: Partnership
    """On pages about a partnership only."""


def find_partnership(request: MemberRequest, public_id: str) -> Workspace | None:
    """Put the partnership on the request."""
    found = get_object_or_404(Partnership.objects.select_related("workspace", "facilitator"), public_id=public_id)
    cast("LeadRequest", request).partnership = found
    return found.workspace

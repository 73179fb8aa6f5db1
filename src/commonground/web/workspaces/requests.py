"""A request about a workspace, as the gate (gate.py) hands it on."""

from django.http import HttpRequest

from commonground.web.accounts.models import User
from commonground.web.workspaces.models import Workspace


class MemberRequest(HttpRequest):
    """A request of somebody signed in."""

    user: User
    workspace: Workspace
    """On pages about a workspace only."""
    role: str
    """The person's role in that workspace."""

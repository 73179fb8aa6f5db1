"""What the person signed in may do, for templates: `{% if may.edit %}`."""

from django.http import HttpRequest

from commonground.web.workspaces.roles import Permission, may


def may_do(request: HttpRequest) -> dict[str, dict[str, bool]]:
    """Every permission by its word; all False outside a study or a workspace."""
    role = getattr(request, "role", "")
    return {"may": {permission.value: may(role, permission) for permission in Permission}}

"""The workspaces app."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """Workspaces, their members and the audit log."""

    name = "commonground.web.workspaces"
    label = "workspaces"

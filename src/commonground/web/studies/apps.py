"""The studies app."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Studies and their documents."""

    name = "commonground.web.studies"

    def ready(self) -> None:
        """Tell the gate how to find a study."""
        from commonground.web.studies.gate import find_study  # noqa: PLC0415  # models cannot be imported earlier
        from commonground.web.workspaces.gate import is_about  # noqa: PLC0415  # as above

        is_about("public_id", find_study)

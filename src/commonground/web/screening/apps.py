"""The screening app."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Decisions about single sets of answers, and the lock."""

    name = "commonground.web.screening"
    label = "screening"

    def ready(self) -> None:
        """From now on a locked study refuses every change of its answers, whoever makes it."""
        from commonground.web.screening import guard  # noqa: PLC0415  # models are there only now

        guard.watch()

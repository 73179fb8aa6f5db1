"""What the worker does for workspaces."""

from django_tasks import task

from commonground.web.workspaces.passwords import write_to


@task()
def write_password_letter(number: int, language: str) -> None:
    """Send somebody the link to a new password; the number 0 is nobody's."""
    write_to(number=number, language=language)

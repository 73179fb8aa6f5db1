"""What can be done with accounts: each action writes in one transaction or not at all."""

from pathlib import Path

from django.db import transaction

from commonground.web.accounts.first_run import forget_token, needs_owner
from commonground.web.accounts.models import User


def make_first_owner(*, name: str, email: str, password: str, data: Path) -> User | None:
    """Make the account a new site begins with; None where somebody was quicker."""
    with transaction.atomic():
        if not needs_owner():
            return None
        owner = User.objects.create_user(email, password, name=name)
    forget_token(data)
    return owner

"""Turn off somebody's second factor: phone, passkeys and recovery codes are lost, and only the terminal can help."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from commonground.web.accounts.models import User
from commonground.web.accounts.second_factor import forget_everything


class Command(BaseCommand):
    """The command."""

    help = "Turn off the second factor of an account, passkeys and all, so that the password alone signs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the account."""
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        """Turn it off, or say that there is no such account."""
        del args, options
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        forget_everything(user=user)
        self.stdout.write(f"The second factor of {user.email} is off.")

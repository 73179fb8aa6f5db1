"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who run studies."""

    name = "commonground.web.accounts"

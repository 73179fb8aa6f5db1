"""Addresses of the accounts app."""

from django.urls import path

from commonground.web.accounts import account, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/once/", views.sign_in_link, name="sign-in-link"),
    path("sign-in/code/", views.sign_in_code, name="sign-in-code"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("sign-out/", views.sign_out, name="sign-out"),
]

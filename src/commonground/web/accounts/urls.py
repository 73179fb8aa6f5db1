"""Addresses of the accounts app."""

from django.urls import path

from commonground.web.accounts import account, passkey_pages, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/once/", views.sign_in_link, name="sign-in-link"),
    path("sign-in/code/", views.sign_in_code, name="sign-in-code"),
    path("sign-in/passkey/", passkey_pages.sign_in, name="sign-in-passkey"),
    path("sign-in/passkey/question/", passkey_pages.question, name="passkey-question"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("account/passkeys/", passkey_pages.passkeys, name="passkeys"),
    path("account/passkeys/new/", passkey_pages.made, name="passkey-made"),
    path("account/passkeys/<int:number>/", passkey_pages.passkey, name="passkey"),
    path("account/sign-out-elsewhere/", account.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("sign-out/", views.sign_out, name="sign-out"),
]

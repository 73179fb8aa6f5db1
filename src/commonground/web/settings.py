"""Django's settings. Everything that differs between machines comes from `environment`.

The page docs/reference/settings.md lists what can be set.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from commonground.web.databases import databases
from commonground.web.environment import read_environment, secret_key
from commonground.web.mail import Security, read_mail

ENVIRONMENT = read_environment(os.environ)
DATA = ENVIRONMENT.data
SITE_URL = ENVIRONMENT.url
IS_DEMO = ENVIRONMENT.is_demo
PACKAGE = Path(__file__).parent

DEBUG = ENVIRONMENT.debug
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "commonground.web.look",
    "commonground.web.accounts",
    "commonground.web.workspaces",
    "commonground.web.partnerships",
    "commonground.web.logicmodels",
    "commonground.web.capabilities",
    "commonground.web.studies",
    "commonground.web.respond",
    "commonground.web.contacts",
    "commonground.web.building",
    "commonground.web.privacy",
    "commonground.web.items",
    "commonground.web.collecting",
    "commonground.web.screening",
    "commonground.web.results",
]

MIDDLEWARE = [
    "commonground.web.meter.Meter",
    "commonground.web.doorstep.Doorstep",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "commonground.web.workspaces.gate.Gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "commonground.web.urls"
WSGI_APPLICATION = "commonground.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commonground.web.workspaces.context.may_do",
            ],
        },
    }
]

DATABASES = databases(ENVIRONMENT)
DATABASE_ROUTERS = ["commonground.web.contacts.router.ContactsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Letters about forgotten passwords, and nothing else; without a mail server none are sent.
MAIL = read_mail(os.environ)
SENDS_EMAIL = bool(MAIL.host)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL.host else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.security is Security.STARTTLS, MAIL.security is Security.TLS
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = MAIL.sender
PASSWORD_RESET_TIMEOUT = int(timedelta(days=1).total_seconds())

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files come straight from the packages, so nothing has to be collected before a start.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# No page needs an inline script or style; the participant's page must not be framed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
CSRF_FAILURE_VIEW = "commonground.web.respond.views.stale_page"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# Secure cookies where the site's address is https; over plain http a browser would never send them back.
SESSION_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_NAME = "commonground_owner"
CSRF_COOKIE_NAME = "commonground_csrf"
LANGUAGE_COOKIE_NAME = "commonground_language"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.origin]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if ENVIRONMENT.is_https else 0
SECURE_SSL_REDIRECT = ENVIRONMENT.is_https and ENVIRONMENT.trusts_proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trusts_proxy else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
# A question with three hundred answers in four languages is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "commonground.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # The default handler of Django mails and prints request details; ours keeps to one line without them.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A wrong address is the visitor's affair, and the address may hold a code.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "commonground": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

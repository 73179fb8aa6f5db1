"""Every address of the site. What may be seen without signing in says so here or in its view (workspaces/gate.py)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from commonground.web import watching
from commonground.web.home import home
from commonground.web.start import start

urlpatterns = [
    path("", home, name="home"),
    path("start/", start, name="start"),
    path("", include("commonground.web.contacts.public_urls")),
    path("s/", include("commonground.web.respond.urls")),
    path("health/", watching.alive, name="health"),
    path("health/ready/", watching.ready, name="ready"),
    path("metrics/", watching.metrics, name="metrics"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("commonground.web.accounts.urls")),
    path("", include("commonground.web.workspaces.urls")),
    path("", include("commonground.web.partnerships.urls")),
    path("t/", include("commonground.web.partnerships.public_urls")),
    path("", include("commonground.web.capabilities.urls")),
    path("", include("commonground.web.logicmodels.urls")),
    path("t/", include("commonground.web.capabilities.public_urls")),
    path("", include("commonground.web.studies.urls")),
    path("", include("commonground.web.building.urls")),
    path("", include("commonground.web.building.preview_urls", namespace="preview")),
    path("", include("commonground.web.items.urls")),
    path("", include("commonground.web.items.public_urls")),
    path("", include("commonground.web.collecting.urls")),
    path("", include("commonground.web.contacts.urls")),
    path("", include("commonground.web.privacy.urls")),
    path("", include("commonground.web.screening.urls")),
    path("", include("commonground.web.results.urls")),
]

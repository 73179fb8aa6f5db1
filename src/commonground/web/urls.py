"""Every address of the site."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def health(request: HttpRequest) -> HttpResponse:
    """Say that the site is up, for whoever started it or watches over it."""
    del request
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("s/", include("commonground.web.respond.urls")),
    path("health/", health, name="health"),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("commonground.web.accounts.urls")),
    path("", include("commonground.web.studies.urls")),
    path("", include("commonground.web.results.urls")),
]

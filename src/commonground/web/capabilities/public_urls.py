"""Partners' pages of capabilities: nobody has to sign in."""

from django.urls import path

from commonground.web.capabilities import public_views

app_name = "capabilities_public"
urlpatterns = [
    path("<slug:public_id>/capabilities/", public_views.myself, name="myself"),
    path("<slug:public_id>/capabilities/done/", public_views.done, name="done"),
    path("<slug:public_id>/capabilities/<slug:area>/", public_views.myself, name="area"),
]

"""Respond's addresses once more, for previews: the same names, under the study's own pages and behind the gate."""

from django.urls import path

from commonground.web.building import preview

WALK = "studies/<slug:public_id>/preview/walk"

app_name = "respond"
urlpatterns = [
    path(f"{WALK}/", preview.enter, name="enter"),
    path(f"{WALK}/resume/", preview.resume, name="resume"),
    path(f"{WALK}/withdraw/", preview.withdraw, name="withdraw"),
    path(f"{WALK}/leave/", preview.leave, name="leave"),
    path(f"{WALK}/<slug:key>/", preview.page, name="page"),
]

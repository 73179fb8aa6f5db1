"""Addresses a participant meets, all under /s/<study>/."""

from django.urls import path, re_path

from commonground.web.respond import views

app_name = "respond"
urlpatterns = [
    path("<slug:public_id>/", views.enter, name="enter"),
    path("<slug:public_id>/resume/", views.resume, name="resume"),
    path("<slug:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:public_id>/leave/", views.leave, name="leave"),
    re_path(r"^(?P<public_id>[-\w]+)/(?P<key>[a-z]+(?:-\d+)?)/$", views.page, name="page"),
]

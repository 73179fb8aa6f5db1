"""Addresses of the studies app."""

from django.urls import path

from commonground.web.studies import views

app_name = "studies"
urlpatterns = [
    path("studies/new/", views.new, name="new"),
    path("studies/templates/<slug:name>.yaml", views.template, name="template"),
]

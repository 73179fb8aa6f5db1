"""Addresses of building a study."""

from django.urls import URLPattern

app_name = "building"
urlpatterns: list[URLPattern] = []

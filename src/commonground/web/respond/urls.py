"""Addresses of the respond app."""

from django.urls import URLPattern

app_name = "respond"
urlpatterns: list[URLPattern] = []

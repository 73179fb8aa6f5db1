"""Addresses of screening."""

from django.urls import path

from commonground.web.screening import deciding, locking, settling

app_name = "screening"
urlpatterns = [
    path("studies/<slug:public_id>/screening/", deciding.queue, name="queue"),
    path("studies/<slug:public_id>/screening/progress/", deciding.progress, name="progress"),
    path("studies/<slug:public_id>/screening/settle/", settling.disputed, name="disputed"),
    path("studies/<slug:public_id>/screening/settle/<int:stage>/<str:respondent>/", settling.settle, name="settle"),
    path("studies/<slug:public_id>/lock/", locking.lock, name="lock"),
]

"""The address of the data-flow page."""

from django.urls import path

from commonground.web.privacy import views

app_name = "privacy"
urlpatterns = [path("studies/<slug:public_id>/data-flow/", views.data_flow, name="data-flow")]

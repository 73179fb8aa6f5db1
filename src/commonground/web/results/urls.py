"""Addresses of the results app: one study's page, its files and its reports."""

from django.urls import path

from commonground.web.results import downloads, overview, reports

app_name = "results"
urlpatterns = [
    path("studies/<slug:public_id>/", overview.overview, name="overview"),
    path("studies/<slug:public_id>/collection/", overview.open_or_close, name="collection"),
    path("studies/<slug:public_id>/files/<str:name>", downloads.download, name="download"),
    path("studies/<slug:public_id>/reports/", reports.ask, name="ask"),
    path("studies/<slug:public_id>/reports/<int:number>/", reports.report, name="report"),
    path("studies/<slug:public_id>/reports/<int:number>/report.html", reports.read, name="read"),
    path("studies/<slug:public_id>/reports/<int:number>/report.zip", reports.files, name="files"),
]

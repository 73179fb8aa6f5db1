"""Addresses of collecting."""

from django.urls import path

from commonground.web.collecting import invitations, links, overview, pilot, recruitment

app_name = "collecting"
urlpatterns = [
    path("studies/<slug:public_id>/collecting/", overview.overview, name="overview"),
    path("studies/<slug:public_id>/collecting/links/", links.links, name="links"),
    path("studies/<slug:public_id>/collecting/links/switch/", links.switch, name="switch"),
    path("studies/<slug:public_id>/collecting/poster/", links.poster, name="poster"),
    path("studies/<slug:public_id>/collecting/code.svg", links.code, name="code"),
    path("studies/<slug:public_id>/collecting/invitations/", invitations.invitations, name="invitations"),
    path("studies/<slug:public_id>/collecting/pilot/", pilot.switch, name="pilot"),
    path("studies/<slug:public_id>/collecting/pilot/<str:name>", pilot.download, name="pilot-file"),
    path("studies/<slug:public_id>/recruitment/", recruitment.log, name="recruitment"),
    path("studies/<slug:public_id>/recruitment/stated/", recruitment.state, name="stated"),
    path("studies/<slug:public_id>/recruitment/recruitment.csv", recruitment.download, name="recruitment-file"),
    path("studies/<slug:public_id>/recruitment/<int:entry>/", recruitment.change, name="outreach"),
]

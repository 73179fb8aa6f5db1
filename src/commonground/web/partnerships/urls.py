"""The lead's pages."""

from django.urls import path

from commonground.web.partnerships import agreement_views, list_views, meeting_views, people_views, round_views, views

app_name = "partnerships"
urlpatterns = [
    path("partnerships/new/", views.new, name="new"),
    path("partnerships/sample/", views.sample, name="sample"),
    path("partnerships/<slug:partnership>/", views.overview, name="overview"),
    path("partnerships/<slug:partnership>/details/", views.details, name="details"),
    path("partnerships/<slug:partnership>/delete/", views.deleting, name="delete"),
    path("partnerships/<slug:partnership>/list/", list_views.the_list, name="list"),
    path("partnerships/<slug:partnership>/people/", people_views.people, name="people"),
    path("partnerships/<slug:partnership>/people/code.svg", people_views.code, name="code"),
    path("partnerships/<slug:partnership>/people/<int:number>/", people_views.remove, name="person"),
    path("partnerships/<slug:partnership>/seen/", people_views.seen, name="seen"),
    path("partnerships/<slug:partnership>/facilitator/", people_views.facilitator, name="facilitator"),
    path("partnerships/<slug:partnership>/round/", round_views.change, name="round"),
    path("partnerships/<slug:partnership>/agreement/", agreement_views.agreement, name="agreement"),
    path(
        "partnerships/<slug:partnership>/agreement/<int:number>/", agreement_views.agreement, name="agreement-version"
    ),
    path("partnerships/<slug:partnership>/agreement/draft/", agreement_views.draft, name="draft"),
    path("partnerships/<slug:partnership>/agreement/print/", agreement_views.printed, name="agreement-print"),
    path("partnerships/<slug:partnership>/meeting/", meeting_views.meeting, name="meeting"),
    path("partnerships/<slug:partnership>/meeting/<slug:item>/", meeting_views.talk, name="talk"),
    path("partnerships/<slug:partnership>/notes/<int:number>/", meeting_views.note, name="note"),
    path("partnerships/<slug:partnership>/results/", round_views.results, name="results"),
    path("partnerships/<slug:partnership>/results/table.csv", round_views.table, name="results-table"),
]

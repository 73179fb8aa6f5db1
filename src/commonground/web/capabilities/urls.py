"""The lead's pages of capabilities."""

from django.urls import path

from commonground.web.capabilities import programme_views, views

app_name = "capabilities"
urlpatterns = [
    path("partnerships/<slug:partnership>/capabilities/", views.overview, name="overview"),
    path("partnerships/<slug:partnership>/capabilities/change/", views.change, name="change"),
    path("partnerships/<slug:partnership>/capabilities/needed/", views.needed, name="needed"),
    path("partnerships/<slug:partnership>/capabilities/framework/", views.framework, name="framework"),
    path("partnerships/<slug:partnership>/capabilities/plan/", views.plan, name="plan"),
    path("partnerships/<slug:partnership>/capabilities/plan/<int:number>/", views.line, name="line"),
    path("partnerships/<slug:partnership>/programme/", programme_views.programme, name="programme"),
    path("partnerships/<slug:partnership>/programme/about/", programme_views.about, name="programme-about"),
    path("partnerships/<slug:partnership>/programme/matrix.csv", programme_views.table, name="programme-table"),
    path("partnerships/<slug:partnership>/programme/module/", programme_views.module, name="new-module"),
    path("partnerships/<slug:partnership>/programme/module/<slug:part>/", programme_views.module, name="module"),
    path(
        "partnerships/<slug:partnership>/programme/module/<slug:part>/outcomes/",
        programme_views.outcome,
        name="outcomes",
    ),
    path("partnerships/<slug:partnership>/capabilities/table.csv", views.table, name="table"),
    path(
        "partnerships/<slug:partnership>/capabilities/held-back/<slug:capability>/", views.held_back, name="held-back"
    ),
]

"""The lead's pages of capabilities."""

from django.urls import path

from commonground.web.capabilities import views

app_name = "capabilities"
urlpatterns = [
    path("partnerships/<slug:partnership>/capabilities/", views.overview, name="overview"),
    path("partnerships/<slug:partnership>/capabilities/change/", views.change, name="change"),
    path("partnerships/<slug:partnership>/capabilities/needed/", views.needed, name="needed"),
    path("partnerships/<slug:partnership>/capabilities/framework/", views.framework, name="framework"),
    path("partnerships/<slug:partnership>/capabilities/plan/", views.plan, name="plan"),
    path("partnerships/<slug:partnership>/capabilities/plan/<int:number>/", views.line, name="line"),
    path("partnerships/<slug:partnership>/capabilities/table.csv", views.table, name="table"),
    path(
        "partnerships/<slug:partnership>/capabilities/held-back/<slug:capability>/", views.held_back, name="held-back"
    ),
]

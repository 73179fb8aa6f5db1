"""Addresses of the workspaces app."""

from django.urls import path

from commonground.web.workspaces import forgotten, joining, log, views

app_name = "workspaces"
urlpatterns = [
    path("join/<str:token>/", joining.join, name="join"),
    path("password/forgotten/", forgotten.forgotten, name="forgotten"),
    path("password/new/<int:number>/<str:token>/", forgotten.new_password, name="new-password"),
    path("workspaces/new/", views.new, name="new"),
    path("workspaces/<slug:workspace>/", views.members, name="members"),
    path("workspaces/<slug:workspace>/members/<int:number>/", views.member, name="member"),
    path("workspaces/<slug:workspace>/members/<int:number>/password/", views.password_link, name="password-link"),
    path("workspaces/<slug:workspace>/second-factor/", views.second_factor, name="second-factor"),
    path("workspaces/<slug:workspace>/invitations/<int:number>/", views.invitation, name="invitation"),
    path("workspaces/<slug:workspace>/log/", log.log, name="log"),
    path("workspaces/<slug:workspace>/log.csv", log.log_file, name="log-file"),
]

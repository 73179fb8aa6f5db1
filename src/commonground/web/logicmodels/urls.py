"""The lead's pages of the logic model, the stakeholders and the logs."""

from django.urls import path

from commonground.web.logicmodels import entry_views, model_views

app_name = "logicmodels"
AT = "partnerships/<slug:partnership>/"
urlpatterns = [
    path(f"{AT}logic-model/", model_views.model, name="model"),
    path(f"{AT}logic-model/box/", model_views.box, name="new-box"),
    path(f"{AT}logic-model/box/<slug:part>/", model_views.box, name="box"),
    path(f"{AT}logic-model/link/", model_views.link, name="link"),
    path(f"{AT}logic-model/mechanism/", model_views.mechanism, name="new-mechanism"),
    path(f"{AT}logic-model/mechanism/<slug:part>/", model_views.mechanism, name="mechanism"),
    path(f"{AT}logic-model/keep/", model_views.keep, name="keep"),
    path(f"{AT}logic-model/kept/<int:number>/", model_views.snapshot, name="snapshot"),
    path(f"{AT}logic-model/guide/", model_views.guide, name="guide"),
    path(f"{AT}logic-model/logic-model.yaml", model_views.download, name="download"),
    path(f"{AT}stakeholders/", entry_views.stakeholders, name="stakeholders"),
    path(f"{AT}logs/", entry_views.logs, name="logs"),
    path(f"{AT}entries/<slug:kind>/", entry_views.entry, name="new-entry"),
    path(f"{AT}entries/<slug:kind>/table.csv", entry_views.table, name="table"),
    path(f"{AT}entries/<slug:kind>/<int:number>/", entry_views.entry, name="entry"),
]

"""Partners' pages: nobody has to sign in."""

from django.urls import path

from commonground.web.partnerships import public_views

app_name = "partnerships_public"
urlpatterns = [
    path("<slug:public_id>/", public_views.enter, name="enter"),
    path("<slug:public_id>/code/", public_views.come_back, name="code"),
    path("<slug:public_id>/here/", public_views.here, name="here"),
    path("<slug:public_id>/task/<int:number>/", public_views.task, name="task"),
    path("<slug:public_id>/questions/", public_views.questions, name="questions"),
    path("<slug:public_id>/picture/", public_views.picture, name="picture"),
    path("<slug:public_id>/sharing/", public_views.sharing, name="sharing"),
    path("<slug:public_id>/results/", public_views.results, name="results"),
    path("<slug:public_id>/agreement/", public_views.agreement, name="agreement"),
    path("<slug:public_id>/leave/", public_views.leaving, name="leave"),
]

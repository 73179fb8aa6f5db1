"""Addresses of reviewers, who need no account: the link is the key."""

from django.urls import path

from commonground.web.items import review_pages

app_name = "items_public"
urlpatterns = [
    path("review/<str:token>/", review_pages.welcome, name="welcome"),
    path("review/<str:token>/items/<int:place>/", review_pages.one_item, name="item"),
    path("review/<str:token>/list/", review_pages.whole_list, name="list"),
    path("review/<str:token>/done/", review_pages.done, name="done"),
]

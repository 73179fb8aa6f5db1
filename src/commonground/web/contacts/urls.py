"""Addresses of the lists of contact details, for those who may see them."""

from django.urls import path

from commonground.web.contacts import views

app_name = "contacts"
urlpatterns = [
    path("studies/<slug:public_id>/contacts/", views.contacts, name="contacts"),
    path("studies/<slug:public_id>/contacts/open/", views.open_for_reading, name="open"),
    path("studies/<slug:public_id>/contacts/draw/", views.draw, name="draw"),
    path("studies/<slug:public_id>/contacts/draw/more/", views.draw_more, name="draw-more"),
    path("studies/<slug:public_id>/contacts/remove/", views.remove, name="remove"),
    path("studies/<slug:public_id>/contacts/<slug:wish>.csv", views.download, name="download"),
]

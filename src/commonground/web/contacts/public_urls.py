"""Addresses at which people leave contact details; nobody has to sign in."""

from django.urls import path

from commonground.web.contacts import public_views

app_name = "contacts_public"
urlpatterns = [
    path("s/<slug:public_id>/details/", public_views.hand_over, name="hand-over"),
    path("contacts/<slug:public_id>/", public_views.leave, name="leave"),
    path("contacts/<slug:public_id>/done/", public_views.done, name="done"),
]

"""Addresses of drafts. They are saved at the address of the entry form itself."""

from django.urls import path

from . import views

app_name = "drafts"
urlpatterns = [
    path("", views.draft_list, name="list"),
    path("<int:pk>/bo/", views.drop, name="drop"),
]

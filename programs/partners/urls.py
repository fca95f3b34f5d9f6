"""Addresses of what the Front confirms."""

from django.urls import path

from . import views

app_name = "partners"
urlpatterns = [
    path("cho-xac-nhan/", views.waiting, name="waiting"),
    path("<int:pk>/xac-nhan/", views.confirm, name="confirm"),
]

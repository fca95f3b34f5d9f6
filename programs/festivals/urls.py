"""Addresses of festivals beside those of the log."""

from django.urls import path

from programs.festivals import views

app_name = "festivals"
urlpatterns = [
    path("do-phu/", views.coverage, name="coverage"),
    path("do-phu/tai-ve/", views.coverage_excel, name="coverage_excel"),
]

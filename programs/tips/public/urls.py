"""Addresses for senders: none carries anything of what is sent."""

from django.urls import path

from programs.tips.public import following_views, sending_views

app_name = "tips"
urlpatterns = [
    path("", sending_views.start, name="start"),
    path("noi-dung/", sending_views.write, name="write"),
    path("gui/", sending_views.finish, name="finish"),
    path("theo-doi/", following_views.follow, name="follow"),
    path("tra-loi/", following_views.answer, name="answer"),
    path("doi-ma/", following_views.own_code, name="own_code"),
]

"""For officers: behind a sign-in, and so outside the addresses of senders."""

from django.urls import path

from programs.tips.public import taking_in

app_name = "tip_taking"
urlpatterns = [path("", taking_in.take_in, name="take_in")]

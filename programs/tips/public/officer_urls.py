"""For officers: behind a sign-in, and so outside the addresses of senders."""

from django.urls import path

from programs.tips.public import taken_list, taking_in

app_name = "tip_taking"
urlpatterns = [
    path("", taking_in.take_in, name="take_in"),
    path("da-tiep-nhan/", taken_list.taken, name="taken"),
]

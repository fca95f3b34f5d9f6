from django.urls import path

from portal.secrecy import views

app_name = "secrecy"
urlpatterns = [path("", views.takedown, name="takedown")]

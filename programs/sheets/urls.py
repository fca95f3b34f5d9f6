from django.urls import path

from programs.sheets import views

app_name = "sheets"
urlpatterns = [
    path("", views.index, name="index"),
    path("mau/<slug:subject>/", views.blank, name="template"),
    path("gui/<slug:subject>/", views.upload, name="upload"),
    path("lan/<int:pk>/", views.batch, name="batch"),
    path("lan/<int:pk>/ghi/", views.write, name="write"),
    path("lan/<int:pk>/bo/", views.drop, name="drop"),
]

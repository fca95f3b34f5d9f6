from django.urls import path

from portal.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:pk>/", views.progress, name="progress"),
    path("<int:pk>/thu-lai/", views.retry, name="retry"),
]

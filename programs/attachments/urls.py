"""Addresses of photos and documents, beside those of the log."""

from django.urls import path

from . import views

app_name = "attachments"
urlpatterns = [
    path("<int:pk>/anh/", views.add_photos, name="add_photos"),
    path("<int:pk>/tai-lieu/", views.add_evidence, name="add_evidence"),
    path("<int:pk>/lich-su-tep/", views.history, name="history"),
    path("anh/<int:pk>/", views.photo, name="photo"),
    path("anh/<int:pk>/nho/", views.thumbnail, name="thumbnail"),
    path("anh/<int:pk>/tai-ve/", views.download_photo, name="download_photo"),
    path("anh/<int:pk>/chu-thich/", views.caption, name="caption"),
    path("anh/<int:pk>/go/", views.remove_photo, name="remove_photo"),
    path("tai-lieu/<int:pk>/", views.download_evidence, name="download_evidence"),
    path("tai-lieu/<int:pk>/go/", views.remove_evidence, name="remove_evidence"),
]

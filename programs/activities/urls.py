"""Addresses of the log. One set for all kinds: ``kind`` is the slug under which a kind is registered."""

from django.urls import path

from programs.activities.custom import views as custom_views

from . import views

app_name = "activities"
urlpatterns = [
    path("", views.activity_list, name="list"),
    path("loai/<slug:kind>/", views.activity_list, name="list_kind"),
    path("hien-co/", custom_views.readings, name="readings"),
    path("hien-co/nhap/", custom_views.reading_add, name="reading_add"),
    path("hien-co/<int:pk>/", custom_views.reading, name="reading"),
    path("hien-co/<int:pk>/sua/", custom_views.reading_edit, name="reading_edit"),
    path("da-xoa/", views.trash, name="trash"),
    path("nhap/", views.choose_kind, name="choose"),
    path("nhap/<slug:kind>/", views.create, name="create"),
    path("nhap-gop/<slug:kind>/", views.create_grouped, name="create_grouped"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/xoa/", views.delete, name="delete"),
    path("<int:pk>/khoi-phuc/", views.restore, name="restore"),
    path("<int:pk>/lich-su/", views.history, name="history"),
]

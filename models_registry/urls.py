"""Addresses of the registry."""

from django.urls import path

from models_registry import catalogue_views, figures_views, views

app_name = "registry"
urlpatterns = [
    path("", views.model_list, name="list"),
    path("nhap/", views.create, name="create"),
    path("bien-dong/", figures_views.figures, name="figures"),
    path("do-phu/", figures_views.covered, name="coverage"),
    path("loai/", catalogue_views.type_list, name="types"),
    path("loai/them/", catalogue_views.type_add, name="type_add"),
    path("loai/<int:pk>/sua/", catalogue_views.type_edit, name="type_edit"),
    path("loai/<int:pk>/gop/", catalogue_views.type_merge, name="type_merge"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/trang-thai/", views.step, name="step"),
    path("<int:pk>/hoan-tac/", views.undo, name="undo"),
    path("<int:pk>/quy-mo/", views.reading, name="reading"),
    path("<int:pk>/danh-gia/", views.appraise, name="appraise"),
    path("<int:pk>/go/", views.remove, name="remove"),
]

"""Addresses of the registry."""

from django.urls import path

from models_registry import catalogue_views, figures_views, upkeep_views, views
from models_registry.holdings import views as holdings
from models_registry.safety import deciding
from models_registry.safety import reading as safety
from models_registry.safety import writing as safety_writing

app_name = "registry"
urlpatterns = [
    path("", views.model_list, name="list"),
    path("excel/", views.model_excel, name="excel"),
    path("nhap/", views.create, name="create"),
    path("bien-dong/", figures_views.figures, name="figures"),
    path("bien-dong/don-vi/", figures_views.by_commune, name="movements"),
    path("do-phu/", figures_views.covered, name="coverage"),
    path("loai/", catalogue_views.type_list, name="types"),
    path("loai/them/", catalogue_views.type_add, name="type_add"),
    path("loai/<int:pk>/sua/", catalogue_views.type_edit, name="type_edit"),
    path("loai/<int:pk>/gop/", catalogue_views.type_merge, name="type_merge"),
    path("an-toan/", safety.safety, name="safety"),
    path("an-toan/don-vi/", safety.safety_communes, name="safety_communes"),
    path("an-toan/excel/", safety.safety_excel, name="safety_excel"),
    path("an-toan/<int:pk>/", safety.safety_detail, name="safety_detail"),
    path("an-toan/<int:pk>/tu-danh-gia/", safety_writing.safety_assess, name="safety_assess"),
    path("an-toan/<int:pk>/ket-qua/", safety_writing.safety_decide, name="safety_decide"),
    path("an-toan/<int:pk>/lich-su/", safety.safety_history, name="safety_history"),
    path("an-toan/<int:pk>/huy/", safety_writing.safety_cancel, name="safety_cancel"),
    path(
        "an-toan/nam-<int:year>/<slug:kind>/dang-ky/", safety_writing.safety_register, name="safety_register"
    ),
    path(
        "an-toan/nam-<int:year>/<slug:kind>/ket-qua/", deciding.safety_decide_many, name="safety_decide_many"
    ),
    path("an-toan/nam-<int:year>/doi-tuong/", safety_writing.safety_base, name="safety_base"),
    path("an-toan/nam-<int:year>/phan-loai/", safety_writing.safety_grading, name="safety_grading"),
    path("hien-co/<slug:holding>/", holdings.holding_list, name="holdings"),
    path("hien-co/<slug:holding>/excel/", holdings.holding_excel, name="holding_excel"),
    path("hien-co/<slug:holding>/nhap/", holdings.holding_add, name="holding_add"),
    path("hien-co/<slug:holding>/<int:pk>/sua/", holdings.holding_edit, name="holding_edit"),
    path("hien-co/<slug:holding>/<int:pk>/xoa/", holdings.holding_drop, name="holding_drop"),
    path("hien-co/<slug:holding>/<int:pk>/lich-su/", holdings.holding_history, name="holding_history"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/trang-thai/", views.step, name="step"),
    path("<int:pk>/hoan-tac/", views.undo, name="undo"),
    path("<int:pk>/quy-mo/", views.reading, name="reading"),
    path("<int:pk>/danh-gia/", views.appraise, name="appraise"),
    path("<int:pk>/lich-su/", upkeep_views.history, name="history"),
    path("<int:pk>/quy-mo/<int:row>/sua/", upkeep_views.reading_edit, name="reading_edit"),
    path("<int:pk>/quy-mo/<int:row>/xoa/", upkeep_views.reading_drop, name="reading_drop"),
    path("<int:pk>/danh-gia/<int:row>/sua/", upkeep_views.appraisal_edit, name="appraisal_edit"),
    path("<int:pk>/go/", views.remove, name="remove"),
]

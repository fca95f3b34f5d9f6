from django.urls import path

from programs.sheets import taking_away_views as away
from programs.sheets import views

app_name = "sheets"
urlpatterns = [
    path("", views.index, name="index"),
    path("mau/<slug:subject>/", views.blank, name="template"),
    path("gui/<slug:subject>/", views.upload, name="upload"),
    path("xuat.xlsx", views.export, {"format": "xlsx"}, name="export_xlsx"),
    path("xuat.csv", views.export, {"format": "csv"}, name="export_csv"),
    path("xuat/<slug:kind>.xlsx", views.export, {"format": "xlsx"}, name="export_kind_xlsx"),
    path("xuat/<slug:kind>.csv", views.export, {"format": "csv"}, name="export_kind_csv"),
    path("tep/", away.export_page, name="export_page"),
    path("tep/tai-ve/", away.export_file, name="export_file"),
    path("tep/thu-lai/", away.export_retry, name="export_retry"),
    path("lan/<int:pk>/", views.batch, name="batch"),
    path("lan/<int:pk>/ghi/", views.write, name="write"),
    path("lan/<int:pk>/bo/", views.drop, name="drop"),
]

from django.urls import path

from portal.access import bulk_views

app_name = "bulk_accounts"
urlpatterns = [
    path("", bulk_views.upload, name="upload"),
    path("mau/<slug:code>/", bulk_views.download_template, name="template"),
    path("<int:pk>/", bulk_views.batch, name="batch"),
    path("<int:pk>/lap/", bulk_views.make, name="make"),
    path("<int:pk>/in-lai/", bulk_views.slips_again, name="slips"),
    path("<int:pk>/bo/", bulk_views.drop, name="drop"),
]

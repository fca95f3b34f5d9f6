from django.urls import path

from portal.access import unit_views

app_name = "units"
urlpatterns = [
    path("", unit_views.pick, name="pick"),
    path("goi-y/", unit_views.options, name="options"),
    path("<slug:level>/<slug:code>/", unit_views.detail, name="detail"),
]

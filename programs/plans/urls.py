"""Addresses of programmes and of what is done about them."""

from django.urls import path

from programs.plans import views
from programs.plans.ceremonies.views import ceremony
from programs.plans.documents.views import documents, download
from programs.plans.joint.views import copy, evidence, plan, target
from programs.plans.meetings.views import meeting

app_name = "plans"
urlpatterns = [
    path("", views.programme_list, name="list"),
    path("them/", views.add_programme, name="add_programme"),
    path("van-ban/", documents, name="documents"),
    path("van-ban/<int:pk>/tai-ve/", download, name="download"),
    path("ke-hoach/<int:pk>/", plan, name="plan"),
    path("ke-hoach/<int:pk>/lap-nam-sau/", copy, name="copy"),
    path("chi-tieu/<int:pk>/", target, name="target"),
    path("nhiem-vu/<int:pk>/minh-chung/", evidence, name="evidence"),
    path("hoi-nghi/<int:pk>/", meeting, name="meeting"),
    path("le-ky-ket/<int:pk>/", ceremony, name="ceremony"),
    path("them/<slug:thing>/<int:pk>/", views.add, name="add"),
    path("sua/<slug:thing>/<int:pk>/", views.edit, name="edit"),
    path("go/<slug:thing>/<int:pk>/", views.remove, name="remove"),
    path("<int:pk>/", views.programme, name="programme"),
    path("<int:pk>/sua/", views.edit_programme, name="edit_programme"),
    path("<int:pk>/<slug:thing>/", views.rows, name="rows"),
]

"""Addresses of the police desk. No more than a number of a tip is ever in them."""

from django.urls import path

from programs.tips.desk import count_views, step_views, views
from programs.tips.desk.steps import STEPS

app_name = "tip_desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("so-lieu/", count_views.counts, name="counts"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/tep/<int:number>/", views.file, name="file"),
    path("<int:pk>/lien-he/<int:opening>/duyet/", step_views.decide, name="decide"),
    path("<int:pk>/lien-he/<int:opening>/mo/", step_views.open_contact, name="open"),
    *(path(f"<int:pk>/{step.path}", step_views.step_view(step), name=step.name) for step in STEPS),
]

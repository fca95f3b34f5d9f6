from django.urls import path

from portal.access import second_step_views, views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("doi-mat-khau/", views.password_change, name="password_change"),
    path("dang-nhap/ma-xac-thuc/", second_step_views.code, name="second_step_code"),
    path("xac-thuc-hai-buoc/", second_step_views.overview, name="second_step"),
    path("xac-thuc-hai-buoc/bat/", second_step_views.turn_on, name="second_step_on"),
    path("xac-thuc-hai-buoc/tat/", second_step_views.turn_off, name="second_step_off"),
    path("xac-thuc-hai-buoc/ma-du-phong/", second_step_views.new_codes, name="recovery_codes"),
]

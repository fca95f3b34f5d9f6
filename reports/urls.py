from django.urls import path

from reports.dashboards import matrix_views, own
from reports.dashboards import views as dashboards
from reports.views import commune, download, province, reading, this_month

app_name = "reports"
urlpatterns = [
    path("", reading.report_list, name="list"),
    path("bang-dieu-hanh/", dashboards.dashboard, name="dashboard"),
    path("bang-dieu-hanh/gui-bao-cao/", matrix_views.sending_matrix, name="sending_matrix"),
    path("bang-dieu-hanh/excel/", dashboards.dashboard_excel, name="dashboard_excel"),
    path("bang-dieu-hanh/don-vi/", own.commune_board, name="commune_board"),
    path("bang-dieu-hanh/don-vi/excel/", own.commune_board_excel, name="commune_board_excel"),
    path("tinh-hinh-gui/", province.overview, name="overview"),
    path("mo-ky/", province.open_period, name="open_period"),
    path("thang-nay/<slug:slug>/", this_month.month_rows, name="month_rows"),
    path("tong-hop/", province.compile_window, name="compile"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/chi-tieu/<slug:slug>/", reading.line, name="line"),
    path("<int:pk>/thay-doi/", reading.diff, name="diff"),
    path("<int:pk>/nhan-xet/<slug:key>/", commune.edit_section, name="edit_section"),
    path("<int:pk>/nhan-xet/<slug:key>/soan-lai/", commune.redraft, name="redraft"),
    path("<int:pk>/xac-nhan/", commune.confirm, name="confirm"),
    path("<int:pk>/xac-nhan-cap-tinh/", commune.confirm_province, name="confirm_province"),
    path("<int:pk>/gui/", commune.send, name="send"),
    path("<int:pk>/thu-hoi/", commune.recall, name="recall"),
    path("<int:pk>/tra-loi/<int:note>/", commune.answer, name="answer"),
    path("<int:pk>/ban-moi/", commune.next_version, name="next_version"),
    path("<int:pk>/yeu-cau-bo-sung/", province.return_report, name="return"),
    path("<int:pk>/tiep-nhan/", province.accept, name="accept"),
    path("<int:pk>/tong-hop-lai/", province.recompile, name="recompile"),
    path("<int:pk>/tai-ve/<slug:format>/", download.download, name="download"),
]

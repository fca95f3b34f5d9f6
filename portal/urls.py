"""All addresses, one include a room. Every view declares its permission, or that it is public."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal.health import healthz
from portal.home.views import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("", include("portal.access.urls")),
    path("admin/", admin.site.urls),
    path("don-vi/", include("portal.access.unit_urls")),
    path("tai-khoan/nhap-excel/", include("portal.access.bulk_urls")),
    path("go-noi-dung/", include("portal.secrecy.urls")),
    path("nhac-viec/", include("portal.inbox.urls")),
    path("cong-viec/", include("portal.jobs.urls")),
    path("so-theo-doi/", include("programs.activities.urls")),
    path("phoi-hop/", include("programs.partners.urls")),
    path("ban-nhap/", include("programs.drafts.urls")),
    path("bang-tinh/", include("programs.sheets.urls")),
    path("so-theo-doi/", include("programs.attachments.urls")),
    path("ngay-hoi/", include("programs.festivals.urls")),
    path("chuong-trinh/", include("programs.plans.urls")),
    path("mo-hinh/", include("models_registry.urls")),
    path(settings.TIPS_PATH, include("programs.tips.public.urls")),
    path("tiep-nhan-nguon-tin/", include("programs.tips.public.officer_urls")),
    path("nguon-tin/", include("programs.tips.desk.urls")),
    path("bao-cao/", include("reports.urls")),
]

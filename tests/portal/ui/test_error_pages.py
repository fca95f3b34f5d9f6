"""Every error says in Vietnamese what happened and what to do, and shows nothing of the machine."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path

from tests.portal.ui.english import english_in


def boom(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("400/", boom(SuspiciousOperation("internal detail"))),
    path("403/", boom(PermissionDenied)),
    path("500/", boom(ValueError("internal detail"))),
]


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "Không đọc được yêu cầu"),
        (403, "Không có quyền mở trang này"),
        (404, "Không tìm thấy trang"),
        (500, "Hệ thống gặp lỗi"),
    ],
)
@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_error_page(status, heading):
    response = Client(raise_request_exception=False).get(f"/{status}/")
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in html and html.count("<h1") == 1
    assert '<html lang="vi">' in html and 'href="/"' in html
    assert "internal detail" not in html
    assert english_in(html) == []


@override_settings(ROOT_URLCONF=__name__)
def test_csrf_failure_tells_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/403/")
    html = response.content.decode()
    assert response.status_code == 403
    assert "chưa được lưu" in html and english_in(html) == []

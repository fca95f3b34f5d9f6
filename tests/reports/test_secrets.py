"""Remarks, reasons and answers of reports are asked about as well."""

import pytest
from django.urls import reverse

from portal.secrecy.models import Attestation
from reports.models import ReportSection
from tests.factories import reports as make
from tests.programs.activities.pages import check_html

pytestmark = pytest.mark.django_db


def test_remarks_with_a_stamp_wait_for_an_attestation(client, cast):
    report = make.draft()
    client.force_login(cast.officer)
    url = reverse("reports:edit_section", args=[report.pk, "assessment"])
    post = {"text": "Theo tài liệu độ mật: tối mật của tỉnh.", "revision": 0}
    page = check_html(client.post(url, post))
    assert "<mark>độ mật</mark>" in page.text
    (box,) = page.all("input", name="attested")
    assert client.post(url, post | {"attested": box["value"]}).status_code == 302
    assert ReportSection.objects.get(report=report, key="assessment").text == post["text"]
    assert Attestation.objects.get().place == "report.section"


def test_a_reason_of_the_province_waits_too(client, cast):
    report = make.sent(cast)
    client.force_login(cast.province)
    url = reverse("reports:return", args=[report.pk])
    post = {"line-sessions": "Đối chiếu công văn MẬT số 5"}
    page = check_html(client.post(url, post))
    (box,) = page.all("input", name="attested")
    assert client.post(url, post | {"attested": box["value"]}).status_code == 302
    assert report.notes.count() == 1 and Attestation.objects.count() == 1

"""What is done about the nation's programmes, as the portal's administrator enters it in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from programs.attachments import storage
from programs.coordination.models import CoordinationProgram
from programs.plans.models import (
    Award,
    GuidingDocument,
    JointPlan,
    Meeting,
    SigningCeremony,
)
from programs.plans.national_forms import ALREADY, OVERTAKEN
from tests.factories import files, plans
from tests.portal.ui.english import english_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client, cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(cast.admin)
    return client


def url(model, page, *args):
    return reverse(f"admin:plans_{model._meta.model_name}_{page}", args=args)


def send(client, where, **typed):
    """POST a form of the admin with the hidden fields that its page gave."""
    form = client.get(where).context["adminform"].form
    hidden = {
        name: form[name].value() for name in ("token", "seen") if name in form.fields and form[name].value()
    }
    return client.post(where, hidden | typed)


def rows(prefix, *forms, initial=0):
    """An inline formset as it is posted."""
    sent = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": initial}
    return sent | {
        f"{prefix}-{i}-{key}": value for i, form in enumerate(forms) for key, value in form.items()
    }


def document(**more):
    return {
        "programme": plans.national().pk, "kind": "guidance", "number": "15/HD-BCA",
        "issued_on": "02/02/2026", "issuer": "Bộ Công an", "other_numbers": "",
        "abstract": "Hướng dẫn thực hiện chương trình phối hợp",
    } | more  # fmt: skip


def plan(**more):
    return {
        "programme": plans.national().pk, "title": "Kế hoạch phối hợp năm 2026", "state": "issued",
        "issuers": "Bộ Công an\nỦy ban Trung ương MTTQ Việt Nam", "signed_on": "05/01/2026",
        "starts_on": "01/01/2026", "ends_on": "31/12/2026",
    } | more  # fmt: skip


def test_a_document_with_its_file_is_entered_once(admin_client, cast):
    where = url(GuidingDocument, "add")
    upload = SimpleUploadedFile("hd.pdf", files.pdf("Hướng dẫn"), "application/pdf")
    token = admin_client.get(where).context["adminform"].form["token"].value()
    sent = document(token=token)
    assert admin_client.post(where, sent | {"file": upload}).status_code == 302
    again = admin_client.post(where, sent)
    assert ALREADY in again.content.decode()
    twin = send(admin_client, where, **document())
    assert "đã có trong chương trình" in twin.content.decode() and twin.status_code == 200
    row = GuidingDocument.objects.get()
    assert (row.unit, row.logged_by, row.file_kind) == (None, cast.admin, "pdf") and storage.exists(
        row.sha256
    )
    assert row.number_key and row.pgh_event_model.objects.get().pgh_context.metadata["user"] == cast.admin.pk
    # Whom the programme binds reads it.
    admin_client.force_login(cast.officer)
    page = admin_client.get(reverse("plans:programme", args=[plans.national().pk])).content.decode()
    assert row.abstract in page and "Trung ương" in page


def test_a_plan_with_its_tasks_and_targets(admin_client, cast):
    task = {"what": "Tập huấn toàn quốc", "who": "Bộ Công an"}
    aims = [
        {"indicator": "sessions", "amount": "40.000", "due_on": "31/12/2026", "reach": "total"},
        {"indicator": "coverage:model_communes", "amount": "100", "due_on": "31/12/2026", "reach": "total"},
    ]
    early = rows("targets", aims[0] | {"due_on": "31/12/2025"}) | rows("plantasks")
    refused = send(admin_client, url(JointPlan, "add"), **plan(), **early)
    assert "trước ngày bắt đầu" in refused.content.decode() and not JointPlan.objects.exists()
    typed = plan() | rows("plantasks", task) | rows("targets", *aims)
    assert send(admin_client, url(JointPlan, "add"), **typed).status_code == 302
    row = JointPlan.objects.get()
    assert row.unit is None and row.plantasks.get().logged_by == cast.admin
    assert [(t.indicator, t.place, int(t.amount)) for t in row.targets.all()] == [
        ("sessions", 1, 40_000),
        ("coverage:model_communes", 2, 100),
    ]
    change = admin_client.get(url(JointPlan, "change", row.pk)).content.decode()
    assert "40.000" in change and not english_in(change, frozenset({"admin"}))
    admin_client.force_login(cast.province)
    page = admin_client.get(reverse("plans:plan", args=[row.pk])).content.decode()
    assert "Tập huấn toàn quốc" in page and "40.000" in page


def test_a_meeting_about_several_programmes(admin_client):
    of = list(CoordinationProgram.objects.filter(unit=None)[:2])
    typed = {"kind": "final", "title": "Hội nghị tổng kết", "held_on": "10/01/2026", "mode": "in_person",
             "chairs": "Thứ trưởng Bộ Công an"}  # fmt: skip
    where = url(Meeting, "add")
    none = send(admin_client, where, **typed, **rows("links"))
    assert none.status_code == 200 and not Meeting.objects.exists()
    foreign = rows("links", {"programme": plans.programme("88/CTrPH").pk})
    assert send(admin_client, where, **typed, **foreign).status_code == 200 and not Meeting.objects.exists()
    assert (
        send(
            admin_client, where, **typed, **rows("links", *[{"programme": one.pk} for one in of])
        ).status_code
        == 302
    )
    row = Meeting.objects.get()
    assert row.unit is None and set(row.programmes.all()) == set(of) and len(of) == 2


def test_a_ceremony_with_its_agreements_and_who_signed(admin_client):
    agreement = {
        "number": "09/CTr",
        "title": "Chương trình phối hợp",
        "signatories": "Bộ Công an; Bộ trưởng\nMTTQ",
    }
    typed = {"programme": plans.national().pk, "title": "Lễ ký kết", "held_on": "16/01/2026"}
    typed |= rows("agreements", agreement)
    assert send(admin_client, url(SigningCeremony, "add"), **typed).status_code == 302
    row = SigningCeremony.objects.get()
    signed = row.agreements.get()
    assert [(one.organisation, one.office) for one in signed.signatories.all()] == [
        ("Bộ Công an", "Bộ trưởng"),
        ("MTTQ", ""),
    ]
    where = url(SigningCeremony, "change", row.pk)
    assert "Bộ Công an; Bộ trưởng" in admin_client.get(where).content.decode()
    gone = rows("agreements", agreement | {"id": signed.pk, "ceremony": row.pk, "DELETE": "on"}, initial=1)
    assert send(admin_client, where, **(typed | gone)).status_code == 302
    assert row.unit is None and not row.agreements.exists()


def test_awards_and_a_row_entered_by_mistake(admin_client, cast):
    typed = {
        "programme": plans.national().pk, "form": "merit", "issuer": "Thủ tướng Chính phủ", "count": "12",
        "recipient": "individual", "awarded_on": "10/01/2026", "institutions": "",
    }  # fmt: skip
    assert send(admin_client, url(Award, "add"), **typed).status_code == 302
    row = Award.objects.get()
    assert (row.unit, row.count, row.logged_by) == (None, 12, cast.admin)
    where = url(Award, "change", row.pk)
    stale = admin_client.post(where, typed | {"seen": 7})
    assert OVERTAKEN in stale.content.decode()
    wrong = send(admin_client, where, **(typed | {"institutions": "Ông A"}))
    assert escape("Chỉ ghi tên tập thể; cá nhân chỉ ghi số lượng.") in wrong.content.decode()
    assert send(admin_client, where, **typed, removal="Nhập trùng").status_code == 302
    row.refresh_from_db()
    assert (row.removed_by, row.removal_reason) == (cast.admin, "Nhập trùng")
    assert admin_client.get(where).status_code == 302


def test_units_rows_do_not_exist_here_and_others_enter_nothing(admin_client, cast):
    own = plans.plan(cast.officer, title="Kế hoạch của phường")
    assert "Kế hoạch của phường" not in admin_client.get(url(JointPlan, "changelist")).content.decode()
    assert admin_client.get(url(JointPlan, "change", own.pk)).status_code == 302
    provincial = plans.programme("77/CTrPH")
    refused = send(admin_client, url(GuidingDocument, "add"), **document(programme=provincial.pk))
    assert refused.status_code == 200 and not GuidingDocument.objects.exists()
    admin_client.force_login(cast.province_admin)
    assert admin_client.get(url(JointPlan, "add")).status_code == 403

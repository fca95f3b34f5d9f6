"""The pages of programmes, as officers and a province's staff use them, without scripts."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Posting
from portal.jobs.execution import run
from portal.jobs.models import Job
from programs.activities.models import ActivityEntry
from programs.coordination.models import CoordinationProgram
from programs.partners.models import LinkedMovement, Partner
from programs.plans.models import (
    Award,
    GuidingDocument,
    JointPlan,
    Meeting,
    PlanTask,
    SignedAgreement,
    SigningCeremony,
    Target,
)
from tests.factories import files
from tests.factories.activities import assert_all_counted, new_session, saved
from tests.factories.plans import ceremony, meeting, national, plan, programme, target, task
from tests.factories.user import commune, province


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def token_of(page) -> str:
    return str(page.context["form"]["client_token"].value())


def enter(client, url, **typed):
    """POST a form as its page offers it; the page that follows."""
    typed.setdefault("client_token", token_of(client.get(url)))
    return client.post(url, typed, follow=True)


def typed_programme(**more) -> dict:
    return {
        "unit": commune().pk,
        "number": "03/CTrPH-CA-MT",
        "title": "Chương trình phối hợp phong trào Toàn dân bảo vệ an ninh Tổ quốc",
        "signed_on": "05/01/2026",
        "starts_on": "05/01/2026",
        "parent": national().pk,
        "police": "Công an phường Thành Sen",
        "front": "Ủy ban MTTQ Việt Nam phường Thành Sen",
        **more,
    }


def test_a_commune_registers_its_programme_late_and_its_log_moves_to_it(cast):
    before = saved(new_session(cast.officer))
    movement = LinkedMovement.objects.first()
    client, url = client_of(cast.officer), reverse("plans:add_programme")
    typed = typed_programme(client_token=token_of(client.get(url)), others="Hội Nông dân phường",
                            movements=[movement.pk])  # fmt: skip
    page = client.post(url, typed, follow=True)
    row = CoordinationProgram.objects.get(number="03/CTrPH-CA-MT")
    assert page.redirect_chain[-1][0] == row.get_absolute_url()
    assert (row.level, row.unit) == ("commune", commune())
    client.post(url, typed)
    assert CoordinationProgram.objects.filter(number="03/CTrPH-CA-MT").count() == 1
    job = Job.objects.get(kind="plans.refile")
    working = client.get(row.get_absolute_url())
    assert "Đang xếp lại các hoạt động" in working.content.decode() and working["Refresh"] == "2"
    assert "<progress" in working.content.decode()
    run(job.pk)
    before.refresh_from_db()
    assert before.programme == row
    assert_all_counted()
    html = text_of(client, row.get_absolute_url())
    for words in ("Hội Nông dân phường", movement.name, "Ủy ban MTTQ Việt Nam phường Thành Sen"):
        assert words in html
    assert "Đang xếp lại" not in html and "Refresh" not in client.get(row.get_absolute_url())


def test_a_programme_hangs_below_another_or_reports_would_lose_what_is_filed_under_it(cast):
    url = reverse("plans:add_programme")
    client = client_of(cast.officer)
    offered = client.get(url).context["form"]
    assert offered["parent"].value() == national().pk
    page = enter(client, url, **typed_programme(parent=""))
    assert page.context["form"].errors["parent"]
    assert not CoordinationProgram.objects.filter(number="03/CTrPH-CA-MT").exists()


def test_a_change_keeps_parts_and_files_anew_only_when_days_change(cast):
    client = client_of(cast.officer)
    enter(client, reverse("plans:add_programme"), **typed_programme())
    row = CoordinationProgram.objects.get(number="03/CTrPH-CA-MT")
    url, typed = reverse("plans:edit_programme", args=[row.pk]), typed_programme(revision=str(row.revision))
    client.post(url, {**typed, "title": "Chương trình phối hợp của phường"})
    row.refresh_from_db()
    assert row.title == "Chương trình phối hợp của phường" and row.parties.count() == 2
    assert Job.objects.filter(kind="plans.refile").count() == 1
    overtaken = client.post(url, {**typed, "title": "Tên khác"})
    assert "vừa được người khác sửa" in overtaken.content.decode()
    client.post(url, {**typed, "revision": str(row.revision), "ends_on": "31/12/2026"})
    row.refresh_from_db()
    assert row.ends_on == date(2026, 12, 31) and Job.objects.filter(kind="plans.refile").count() == 2


def test_a_province_enters_its_own_level_and_the_communes_read_it(cast):
    client = client_of(cast.province)
    typed = typed_programme(unit=province().pk, number="12/CTrPH", police="Công an tỉnh Hà Tĩnh",
                            front="Ủy ban MTTQ Việt Nam tỉnh Hà Tĩnh")  # fmt: skip
    enter(client, reverse("plans:add_programme"), **typed)
    row = CoordinationProgram.objects.get(number="12/CTrPH")
    assert row.level == "province"
    own = programme(where=commune())
    for reader in (cast.officer, cast.colleague, cast.neighbour, cast.national):
        assert "12/CTrPH" in text_of(client_of(reader), reverse("plans:list"))
    assert client_of(cast.other_province).get(row.get_absolute_url()).status_code == 404
    assert client_of(cast.neighbour).get(own.get_absolute_url()).status_code == 404
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(reverse("plans:edit_programme", args=[own.pk])).status_code == 404
    assert client_of(cast.officer).get(reverse("plans:edit_programme", args=[row.pk])).status_code == 404
    wrong = client_of(cast.officer)
    page = enter(wrong, reverse("plans:add_programme"), **typed_programme(unit=commune("18100").pk))
    assert page.status_code == 200 and page.context["form"].errors["unit"]


def test_a_document_comes_with_its_file_and_is_found_by_any_number(cast):
    client, of = client_of(cast.officer), national("09/CTr-BCA-MTTW")
    url = reverse("plans:add", args=["van-ban", of.pk])
    sent = {"unit": commune().pk, "kind": "programme", "number": "09/CTr-BCA-MTTW", "issued_on": "01/08/2013",
            "issuer": "Bộ Công an", "abstract": "Đẩy mạnh phong trào"}  # fmt: skip
    bad = enter(client, url, **sent, file=SimpleUploadedFile("a.pdf", b"MZ..."))
    assert bad.context["form"].errors["file"] and not GuidingDocument.objects.exists()
    enter(client, url, **sent, file=SimpleUploadedFile("C:\\van ban 09.pdf", files.pdf("09")))
    row = GuidingDocument.objects.get()
    for asked in ("09/CTr-BCA-MTTW", "09/CTrPH/BCA-MTTW", "9 ctrph bca", "đẩy mạnh"):
        assert "Tải về" in text_of(client, reverse("plans:documents") + f"?q={asked}")
    assert "Tải về" not in text_of(client, reverse("plans:documents") + "?q=07/CTr")
    answer = client.get(reverse("plans:download", args=[row.pk]))
    assert b"".join(answer.streaming_content) == files.pdf("09")
    assert "attachment" in answer["Content-Disposition"] and row.file_name == "van ban 09.pdf"
    assert client_of(cast.neighbour).get(reverse("plans:download", args=[row.pk])).status_code == 404


def test_the_file_of_a_document_outlives_the_sweep(cast):
    from programs.attachments.sweeping import referenced

    client, of = client_of(cast.officer), national()
    typed = {"unit": commune().pk, "kind": "plan", "issuer": "Công an phường", "abstract": "Kế hoạch"}
    enter(client, reverse("plans:add", args=["van-ban", of.pk]), **typed,
          file=SimpleUploadedFile("kh.pdf", files.pdf("kh")))  # fmt: skip
    row = GuidingDocument.objects.get()
    assert referenced([row.sha256, "0" * 64]) == {row.sha256}


def test_a_plan_from_entry_to_evidence(cast):
    client = client_of(cast.officer)
    typed = {"unit": commune().pk, "title": "Kế hoạch phối hợp năm 2026", "issuers": "Công an phường",
             "starts_on": "01/01/2026", "ends_on": "31/12/2026", "state": "draft"}  # fmt: skip
    page = enter(client, reverse("plans:add", args=["ke-hoach", national().pk]), **typed)
    made = JointPlan.objects.get()
    assert page.redirect_chain[-1][0] == made.get_absolute_url()
    enter(client, reverse("plans:add", args=["nhiem-vu", made.pk]), what="Ra quân", who="Công an phường")
    enter(client, reverse("plans:add", args=["chi-tieu", made.pk]), indicator="sessions", amount="4",
          due_on="31/12/2026", reach="total")  # fmt: skip
    work, aim = PlanTask.objects.get(), Target.objects.get()
    row = saved(new_session(cast.officer))
    url = reverse("plans:evidence", args=[work.pk])
    assert row.title in text_of(client, url)
    client.post(url, {"entries": [row.pk]})
    assert list(work.evidence.values_list("entry", flat=True)) == [row.pk]
    html = text_of(client, made.get_absolute_url())
    assert "1/4 buổi – 25%" in html and "<svg" in html and row.title in html
    assert row.title in text_of(client, reverse("plans:target", args=[aim.pk]))
    story = text_of(client, reverse("plans:programme", args=[national().pk]))
    assert "1/4 buổi – 25%" in story and "0/1" in story


def test_a_targets_page_shows_the_figures_that_the_reader_may_read(cast, monkeypatch):
    """A commune: the sum and its own row; the province: all rows; the nation's readers: the sum."""
    aim = target(plan(cast.province, province()), "sessions", 5, reach="each")
    saved(new_session(cast.officer))
    saved(new_session(cast.neighbour, unit=commune("18100"), session_count=3))
    url = reverse("plans:target", args=[aim.pk])
    seen = {"officer": ["18073"], "neighbour": ["18100"], "province": None, "province_front": None}
    for name, codes in seen.items():
        page = client_of(getattr(cast, name)).get(url)
        shown = [each.unit.code for each in page.context["page"]]
        assert "0/69 xã, phường, đặc khu đạt" in page.content.decode()
        assert shown == codes if codes else len(shown) > 20
    monkeypatch.setattr("programs.plans.joint.views.BEHIND", 1)  # others' activities push none of the own out
    for name in ("officer", "neighbour"):
        (behind,) = client_of(getattr(cast, name)).get(url).context["behind"]
        assert behind.unit_id == commune(seen[name][0]).pk
    own = client_of(cast.neighbour).get(url).content.decode()
    assert "Số chung ở trên cộng đủ các đơn vị" in own
    assert "cộng đủ các đơn vị" not in client_of(cast.province).get(url).content.decode()
    assert "Phường Trần Phú" in own and "Phường Thành Sen" not in own.split("<main")[-1]
    assert not client_of(cast.national).get(url).context["page"].object_list
    assert client_of(cast.other_province).get(url).status_code == 404
    above = target(plan(cast.admin, of=national(), unit=None), "sessions", 5)
    page = client_of(cast.national).get(reverse("plans:target", args=[above.pk]))
    assert page.status_code == 200 and not page.context["page"].object_list


def test_a_programme_names_the_partners_of_its_own_place(cast):
    """Of everywhere, of the province, of the commune; another province's is neither offered nor taken."""
    made = {
        code: Partner.objects.create(name=f"Trường {code}", kind="school", unit=unit)
        for code, unit in [
            ("chung", None), ("42", province()), ("18073", commune()), ("18100", commune("18100")),
            ("40", province("40")), ("16690", commune("16690")),
        ]
    }  # fmt: skip
    client, url = client_of(cast.officer), reverse("plans:add_programme")
    offered = client.get(url).context["form"].fields["partners"].queryset
    assert set(offered) & set(made.values()) == {made["chung"], made["42"], made["18073"]}
    Posting.objects.create(user=cast.officer, unit=commune("18100"), side="police", role="commune_officer",
                           starts_on=date(2026, 1, 1))  # fmt: skip
    cast.officer.refresh_from_db()
    client = client_of(cast.officer)
    page = enter(client, url, **typed_programme(), partners=[made["18100"].pk])
    assert "ở nơi lập chương trình" in page.content.decode()
    page = enter(client, url, **typed_programme(), partners=[made["40"].pk])
    assert page.status_code == 200 and not CoordinationProgram.objects.filter(unit=commune()).exists()
    enter(client, url, **typed_programme(), partners=[made["42"].pk])
    row = CoordinationProgram.objects.get(unit=commune())
    assert [one.partner for one in row.programpartners.all()] == [made["42"]]
    Partner.objects.filter(pk=made["42"].pk).update(is_active=False)
    form = client.get(reverse("plans:edit_programme", args=[row.pk])).context["form"]
    assert made["42"] in form.fields["partners"].queryset


def test_evidence_of_another_commune_is_not_offered_nor_taken(cast):
    theirs = saved(new_session(cast.neighbour, unit=commune("18100")))
    work = task(plan(cast.officer))
    page = client_of(cast.officer).post(reverse("plans:evidence", args=[work.pk]), {"entries": [theirs.pk]})
    assert page.status_code == 200 and not work.evidence.exists()
    assert ActivityEntry.objects.filter(pk=theirs.pk).exists()


def test_one_meeting_stands_on_the_pages_of_several_programmes(cast):
    client, own = client_of(cast.officer), programme()
    url = reverse("plans:add", args=["hoi-nghi", own.pk])
    typed = {"unit": commune().pk, "kind": "interim", "title": "Hội nghị sơ kết", "held_on": "03/07/2026",
             "programmes": [own.pk, national().pk], "chairs": "Trưởng Công an phường\nChủ tịch UBMTTQ phường",
             "mode": "online", "point_count": "12", "points": "Điểm cầu phường"}  # fmt: skip
    enter(client, url, **{**typed, "point_count": ""}, attending="1.200")
    found = Meeting.objects.get()
    assert found.attending == 1200 and found.chair_lines[1] == "Chủ tịch UBMTTQ phường"
    for one in (own, national()):
        assert "Hội nghị sơ kết" in text_of(client, one.get_absolute_url())
    assert "Điểm cầu phường" in text_of(client, found.get_absolute_url())
    refused = enter(client, url, **{**typed, "mode": "in_person"})
    assert "Chỉ ghi điểm cầu khi hội nghị tổ chức trực tuyến" in refused.content.decode()
    late = enter(client, url, **{**typed, "held_on": "03/07/2090"})
    assert "từ hôm nay trở về trước" in late.content.decode()
    client.post(reverse("plans:remove", args=["hoi-nghi", found.pk]), {"reason": "Nhập trùng"})
    assert "Hội nghị sơ kết" not in text_of(client, own.get_absolute_url())
    assert client.get(found.get_absolute_url()).status_code == 404


def test_a_ceremony_with_several_agreements_and_many_signatories(cast):
    client, own = client_of(cast.officer), programme()
    enter(client, reverse("plans:add", args=["le-ky-ket", own.pk]), unit=commune().pk,
          title="Lễ ký kết", held_on="09/06/2026")  # fmt: skip
    found = SigningCeremony.objects.get()
    url = reverse("plans:add", args=["van-ban-ky", found.pk])
    signed = "Công an phường; Trưởng Công an phường\nHội Phụ nữ phường; Chủ tịch\nTrường THPT Phan Đình Phùng"
    enter(client, url, title="Chương trình thứ nhất", signatories=signed)
    enter(client, url, title="Chương trình thứ hai", signatories=signed, programme=national().pk)
    first = SignedAgreement.objects.get(title="Chương trình thứ nhất")
    assert [str(one) for one in first.signatories.all()] == [
        "Công an phường (Trưởng Công an phường)", "Hội Phụ nữ phường (Chủ tịch)",
        "Trường THPT Phan Đình Phùng",
    ]  # fmt: skip
    for one in (own, national()):
        assert "Lễ ký kết" in text_of(client, one.get_absolute_url())
    html = text_of(client, found.get_absolute_url())
    assert html.count("Trường THPT Phan Đình Phùng") == 2
    client.post(reverse("plans:remove", args=["van-ban-ky", first.pk]), {"reason": "Nhập trùng"})
    assert list(found.agreements.values_list("title", flat=True)) == ["Chương trình thứ hai"]


def test_awards_are_counted_by_form_issuer_and_recipient(cast):
    client, url = client_of(cast.officer), reverse("plans:add", args=["khen-thuong", national().pk])
    given = {
        "unit": commune().pk,
        "form": "merit",
        "issuer": "Ủy ban nhân dân tỉnh",
        "awarded_on": "03/07/2026",
    }
    for recipient, count in (("individual", "3"), ("individual", "4"), ("collective", "2")):
        enter(client, url, **given, recipient=recipient, count=count)
    assert Award.objects.count() == 3
    html = text_of(client, national().get_absolute_url())
    assert "<strong>7</strong> (Cá nhân)" in html and "<strong>2</strong> (Tập thể)" in html
    assert "<strong>7</strong>" not in text_of(client_of(cast.neighbour), national().get_absolute_url())


def test_signs_of_a_secret_are_asked_about(cast):
    client, url = client_of(cast.officer), reverse("plans:add", args=["van-ban", national().pk])
    typed = {"unit": commune().pk, "kind": "plan", "issuer": "Công an phường", "abstract": "Kế hoạch TỐI MẬT"}
    page = enter(client, url, **typed)
    assert page.context["form"].errors["attested"] and not GuidingDocument.objects.exists()


@pytest.mark.parametrize("who", ["officer", "province"])
def test_the_page_costs_the_same_however_much_hangs_on_it(who, cast, django_assert_max_num_queries):
    own = programme("12/CTrPH", province())
    for number in range(8):
        made = plan(cast.province, province(), of=own, title=f"Kế hoạch {number}")
        for slug in ("sessions", "patrols", "forums"):
            target(made, slug, 5)
        task(made)
        meeting(cast.province, own, unit=province(), title=f"Hội nghị {number}")
        ceremony(cast.province, own, unit=province(), title=f"Lễ ký kết {number}")
        programme(f"{number}/CTrPH", commune(), parent=own)
    client = client_of(getattr(cast, who))
    with django_assert_max_num_queries(60):
        html = text_of(client, own.get_absolute_url())
    assert "Xem tất cả 8" in html
    with django_assert_max_num_queries(25):
        assert "Hội nghị 0" in text_of(client, reverse("plans:rows", args=[own.pk, "hoi-nghi"]))
    with django_assert_max_num_queries(15):
        text_of(client, reverse("plans:list"))


def test_nonsense_comes_back_in_vietnamese_with_what_was_typed(cast):
    client = client_of(cast.officer)
    made = plan(cast.officer)
    typed = {"indicator": "x", "amount": "nhiều", "due_on": "45/13/2026", "reach": ""}
    page = enter(client, reverse("plans:add", args=["chi-tieu", made.pk]), **typed)
    html = page.content.decode()
    assert 'role="alert"' in html and "nhiều" in html and "45/13/2026" in html
    assert client.get(reverse("plans:add", args=["khong-co", made.pk])).status_code == 404

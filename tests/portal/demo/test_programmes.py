"""The programmes of the sources stand on their pages, with the units of those days."""

from datetime import date

from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.demo import programmes
from programs.coordination.models import CoordinationProgram
from programs.plans.models import Award, JointPlan, Meeting, PlanTask, SignedAgreement, Target


def page_of(username, programme):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.get(reverse("plans:programme", args=[programme.pk])).content.decode()


def counted():
    models = (CoordinationProgram, JointPlan, Meeting, PlanTask, SignedAgreement, Target, Award)
    return [model.objects.count() for model in models]


def test_a_luoi_and_thanh_hoa_tell_their_story(db, settings):
    settings.DEMO_PASSWORD = "Thanh-Sen-2026"
    programmes.load()
    before = counted()
    programmes.load()
    assert counted() == before

    a_luoi = CoordinationProgram.objects.get(unit__name="A Lưới", level="district")
    assert a_luoi.unit.name_on(date(2021, 6, 9)) == "Huyện A Lưới"
    html = page_of("ca.46", a_luoi)
    for said in (
        "09/06/2021",
        "2585/KH-MTTQ-CAT",
        "Giai đoạn 2021–2023",
        "Công an huyện A Lưới",
        "0/6",
        "tự hòa giải",
    ):
        assert said in html, said
    plan = JointPlan.objects.get(number="2585/KH-MTTQ-CAT")
    assert plan.signed_on == date(2021, 5, 25) and plan.unit.name_on(plan.signed_on) == "Tỉnh Thừa Thiên Huế"

    thanh_hoa = CoordinationProgram.objects.get(unit__name="Thanh Hóa", level="province")
    html = page_of("ca.38", thanh_hoa)
    for said in ("29/03/2022", "Trực tuyến", "Điểm cầu Công an tỉnh", "Giám đốc Công an tỉnh"):
        assert said in html, said
    ninth = CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW")
    ha_noi = page_of("ca.01", ninth)
    for said in ("<strong>20</strong>", "<strong>58</strong>", "<strong>50</strong>"):
        assert said in ha_noi
    seventh = CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")
    assert "50/100 chiếc – 50%" in page_of("ca.18073", seventh)

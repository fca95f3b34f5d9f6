"""Programmes of the sources: ceremony, plan, conference, awards; and a commune's plan of this year."""

import uuid
from datetime import date
from decimal import Decimal

from django.utils import timezone

from portal.demo.log_entries import ILLUSTRATION, NAMESPACE
from portal.demo.people import crew
from portal.units.models import AdminUnit
from programs.activities.custom.models import CustomIndicator, StockReading
from programs.activities.models import ActivityEntry
from programs.coordination.models import CoordinationProgram, ProgramParty, ProgramStage
from programs.plans.joint.evidence import set_evidence
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

HUE, THANH_HOA, HA_NOI, THANH_SEN = "46", "38", "01", "18073"
SOURCE_A_LUOI = "Bài viết về Lễ ký kết của huyện A Lưới, cập nhật ngày 10/6/2021"
SOURCE_38 = "Bài viết về Hội nghị triển khai Chương trình phối hợp của tỉnh Thanh Hóa, ngày 29/3/2022"
SOURCE_01 = "Bài viết về 5 năm thực hiện Chương trình 09 tại thành phố Hà Nội, giai đoạn 2013–2018"
ALL_SIDES = "Ủy ban MTTQ, các tổ chức thành viên và Công an các cấp"
PLAN_TITLE = (
    "Kế hoạch tiếp tục đẩy mạnh thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTW về “Đẩy mạnh phong trào "
    "toàn dân bảo vệ an ninh Tổ quốc trong tình hình mới”, giai đoạn 2021–2023"
)
TASKS = (
    "Xây dựng kế hoạch phối hợp cụ thể của cấp mình, báo cáo xin ý kiến chỉ đạo của cấp ủy cùng cấp để "
    "triển khai.",
    "Phổ biến, tuyên truyền sâu rộng nội dung bảo vệ an ninh Tổ quốc; xây dựng và nhân rộng các mô hình "
    "tự quản, "
    "tự phòng, tự bảo vệ, tự hòa giải về an ninh trật tự từ cơ sở.",
    "Tuyên truyền, vận động thường xuyên, liên tục, với nhiều hình thức phù hợp từng địa phương, từng "
    "loại đối tượng.",
    "Gắn phong trào với cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh”.",
    "Phát động toàn dân phát hiện, tố giác tội phạm; cảm hóa, giáo dục người phạm tội tại gia đình và "
    "cộng đồng; "
    "giúp đỡ người cai nghiện và sau cai tái hòa nhập cộng đồng.",
    "Sơ kết, tổng kết, nhân rộng mô hình hay; khen thưởng kịp thời tập thể, cá nhân có thành tích; chú "
    "ý vai trò "
    "của già làng, trưởng thôn và người có uy tín.",
)


def load() -> None:
    """All of it; a second load finds the first."""
    ninth = CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW", level="nation")
    _a_luoi(ninth)
    _thanh_hoa(ninth)
    _ha_noi(ninth)
    _thanh_sen(CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW", level="nation"))


def _a_luoi(ninth) -> None:
    """A district of the province of that day; both ended in 2025, their rows keep the units."""
    by = crew(AdminUnit.objects.today().provinces().get(code=HUE), 11).officers["ca"]
    day = date(2021, 6, 9)
    province = AdminUnit.objects.on(day).provinces().get(code=HUE)
    district = AdminUnit.objects.on(day).districts().get(name="A Lưới", parent=province)
    programme = _programme(
        district,
        ninth,
        "Công tác phối hợp của Ủy ban MTTQ Việt Nam với lực lượng Công an huyện A Lưới trong đẩy mạnh "
        "phong trào "
        "toàn dân bảo vệ an ninh Tổ quốc",
        ("Công an huyện A Lưới", "Ủy ban MTTQ Việt Nam huyện A Lưới"),
        {
            "signed_on": day,
            "starts_on": day,
            "ends_on": date(2023, 12, 31),
            "note": f"Nguồn: {SOURCE_A_LUOI}.",
        },
    )
    stage, _ = ProgramStage.objects.get_or_create(
        programme=programme,
        name="Giai đoạn 2021–2023",
        defaults={"starts_on": date(2021, 1, 1), "ends_on": date(2023, 12, 31)},
    )
    plan = _plan_2585(ninth, province, by)
    ceremony = once(
        SigningCeremony, "a-luoi", by, programme=programme, unit=district, held_on=day,
        title="Lễ ký kết công tác phối hợp của Ủy ban MTTQ Việt Nam với lực lượng Công an huyện",
        source=SOURCE_A_LUOI,
    )  # fmt: skip
    agreement = once(
        SignedAgreement, "a-luoi-van-ban", by, ceremony=ceremony, plan=plan,
        title=f"Văn bản phối hợp, {stage.name.lower()}",
    )  # fmt: skip
    for organisation in ("Ủy ban MTTQ Việt Nam huyện A Lưới", "Công an huyện A Lưới"):
        agreement.signatories.get_or_create(organisation=organisation)


def _plan_2585(ninth, province, by) -> JointPlan:
    day = date(2021, 5, 25)
    issuers = ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Thừa Thiên Huế", "Công an tỉnh Thừa Thiên Huế")
    plan = once(
        JointPlan, "2585", by, programme=ninth, unit=province, number="2585/KH-MTTQ-CAT", title=PLAN_TITLE,
        issuers="\n".join(issuers), signed_on=day, starts_on=day, ends_on=date(2023, 12, 31),
        state="finished", source=SOURCE_A_LUOI,
    )  # fmt: skip
    for place, what in enumerate(TASKS, 1):
        once(PlanTask, f"2585-{place}", by, plan=plan, place=place, what=what, who=ALL_SIDES)
    once(
        GuidingDocument, "2585-van-ban", by, programme=ninth, unit=province, kind="plan",
        number="2585/KH-MTTQ-CAT", issued_on=day, issuer="; ".join(issuers), abstract=PLAN_TITLE,
    )  # fmt: skip
    return plan


def _thanh_hoa(ninth) -> None:
    by = crew(AdminUnit.objects.today().provinces().get(code=THANH_HOA), 9).officers["ca"]
    day = date(2022, 3, 29)
    province = AdminUnit.objects.on(day).provinces().get(code=THANH_HOA)
    programme = _programme(
        province,
        ninth,
        "Chương trình phối hợp giữa Công an tỉnh với Ủy ban MTTQ tỉnh và các tổ chức thành viên về “Đẩy "
        "mạnh phong "
        "trào toàn dân bảo vệ ANTQ trong tình hình mới” năm 2022",
        ("Công an tỉnh Thanh Hóa", "Ủy ban MTTQ Việt Nam tỉnh Thanh Hóa"),
        {"starts_on": date(2022, 1, 1), "ends_on": date(2022, 12, 31), "note": f"Nguồn: {SOURCE_38}."},
    )
    meeting = once(
        Meeting, "thanh-hoa", by, unit=province, kind="deployment", mode="online", held_on=day,
        title="Hội nghị triển khai Chương trình phối hợp năm 2022",
        chairs="Giám đốc Công an tỉnh\nChủ tịch Ủy ban MTTQ Việt Nam tỉnh",
        points="Điểm cầu Công an tỉnh\nĐiểm cầu Công an các huyện, thị xã, thành phố trong tỉnh",
        outcome="Đánh giá kết quả năm 2021; nêu hạn chế, nguyên nhân, đề xuất, kiến nghị; nhiệm vụ: "
        "triển khai kịp "
        "thời các văn bản chỉ đạo, đổi mới tuyên truyền, rà soát, nâng cao hiệu quả các mô hình tự "
        "phòng, tự quản, "
        "tổ chức “Ngày hội toàn dân bảo vệ ANTQ”, “Ngày hội Đại đoàn kết”.",
        source=SOURCE_38,
    )  # fmt: skip
    for one in (programme, ninth):
        meeting.links.get_or_create(programme=one)


def _ha_noi(ninth) -> None:
    by = crew(AdminUnit.objects.today().provinces().get(code=HA_NOI), 10).officers["ca"]
    city = AdminUnit.objects.on(date(2018, 12, 31)).provinces().get(code=HA_NOI)
    for form, issuer, count in (
        ("merit", "Ủy ban nhân dân thành phố Hà Nội", 20),
        ("citation", "Giám đốc Công an thành phố Hà Nội", 58),
        ("citation", "Ủy ban MTTQ Việt Nam thành phố Hà Nội", 50),
    ):
        once(
            Award, f"ha-noi-{count}", by, programme=ninth, unit=city, form=form, issuer=issuer, count=count,
            recipient="unknown", source=SOURCE_01,
        )  # fmt: skip


def _thanh_sen(seventh) -> None:
    """A plan of this year whose progress the demo's own log tells."""
    commune = AdminUnit.objects.today().communes().get(code=THANH_SEN)
    by, today = crew(commune, 5).officers["ca"], timezone.localdate()
    plan = once(
        JointPlan, f"thanh-sen-{today.year}", by, programme=seventh, unit=commune, number="15/KH-CAP-MTTQ",
        title=f"Kế hoạch phối hợp năm {today.year}", issuers="Công an phường\nỦy ban MTTQ Việt Nam phường",
        signed_on=date(today.year, 1, 1), starts_on=date(today.year, 1, 1), ends_on=date(today.year, 12, 31),
        state="issued", source=ILLUSTRATION,
    )  # fmt: skip
    cameras = _cameras(commune, by)
    for place, (slug, amount) in enumerate(
        (("sessions", 60), ("mediations_succeeded", 10), (cameras.slug, 100), ("coverage:model_areas", 50)), 1
    ):
        once(Target, f"thanh-sen-{today.year}-{slug}", by, plan=plan, place=place, indicator=slug,
              amount=Decimal(amount), due_on=plan.ends_on, note=ILLUSTRATION)  # fmt: skip
    task = once(PlanTask, f"thanh-sen-{today.year}-1", by, plan=plan, place=1,
                 what="Tuyên truyền phòng, chống lừa đảo tại các khu dân cư", who="Công an, Mặt trận phường",
                 due_on=plan.ends_on)  # fmt: skip
    entries = ActivityEntry.objects.live().filter(unit=commune, day__gte=plan.starts_on)
    shown = list(entries.of_kind("tuyen-truyen").latest_first()[:2])
    if not task.evidence.exists():
        set_evidence(task=task, entries=shown, by=by)


def _cameras(commune, by) -> CustomIndicator:
    cameras, _ = CustomIndicator.objects.get_or_create(
        name="Camera an ninh tại khu dân cư",
        province=commune.today_province,
        defaults={"measure_unit": "chiếc", "nature": "stock"},
    )
    today = timezone.localdate()
    if not cameras.readings.exists():
        StockReading.objects.create(
            unit=commune, indicator=cameras, as_of=today, value=Decimal(50), logged_by=by
        )
    return cameras


def _programme(unit, parent, title, parties, fields) -> CoordinationProgram:
    given = {"level": unit.level, "parent": parent, **fields}
    programme, _ = CoordinationProgram.objects.get_or_create(title=title, unit=unit, defaults=given)
    for name, side in zip(parties, ("police", "front"), strict=True):
        ProgramParty.objects.get_or_create(programme=programme, name=name, defaults={"side": side})
    return programme


def once(model, name: str, by, **fields):
    """The row that this name has, made with `fields` where there is none."""
    token = uuid.uuid5(NAMESPACE, f"plans:{model.__name__}:{name}")
    return model.objects.get_or_create(client_token=token, defaults={"logged_by": by, **fields})[0]

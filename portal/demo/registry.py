"""The registry's cases from the sources: each published figure with its source, made-up days labelled."""

import uuid
from datetime import date

from models_registry.actions import create_model
from models_registry.models import HistoricalFigure, ModelType, ReintegrationLoan
from portal.demo.log_entries import ILLUSTRATION, NAMESPACE
from portal.demo.people import crew
from portal.units.models import AdminUnit

SOURCE_38 = "Bài viết về phong trào toàn dân bảo vệ an ninh Tổ quốc tỉnh Thanh Hóa năm 2021"
SOURCE_01 = "Bài viết về 5 năm thực hiện Chương trình 09 tại thành phố Hà Nội, giai đoạn 2013–2018"
SOURCE_THAI_HOA = "Bài viết về Công an thị xã Thái Hòa, từ đầu năm 2020 đến ngày 08/4/2020"
HA_NOI_DAY, THAI_HOA_DAY = date(2020, 1, 15), date(2020, 4, 8)
THANH_HOA_TYPES = (
    ("Camera với ANTT", "camera"),
    ("Tổ tàu thuyền, bến bãi an toàn", "linkage"),
    ("Tổ ANTT thôn bản", "self_management"),
    ("Kết nghĩa cụm dân cư hai biên giới", "linkage"),
    ("Tổ an ninh công nhân", "workplace"),
    ("Liên kết bảo đảm ANTT vùng giáp ranh", "linkage"),
    ("Công trường tự quản về ANTT", "workplace"),
)
HA_NOI = (
    ("models", "Mô hình, chuyên đề hiện có", "mô hình, chuyên đề", 290),
    ("communes", "Có mô hình Cụm liên kết về ANTT", "xã, phường, thị trấn", 174),
    ("communes", "Có mô hình Tự phòng, tự quản về ANTT", "xã, phường, thị trấn", 128),
    ("communes", "Có mô hình Dòng họ tự quản", "xã, phường, thị trấn", 124),
)


def load() -> None:
    """All of it; a second load finds the first."""
    provinces = AdminUnit.objects.today().provinces()
    thanh_hoa, ha_noi = provinces.get(code="38"), provinces.get(code="01")
    crew(thanh_hoa, 9), crew(ha_noi, 10)
    for name, theme in THANH_HOA_TYPES:
        ModelType.objects.get_or_create(name=name, province=thanh_hoa, defaults={"theme": theme})
    _published(thanh_hoa, "types", "Loại mô hình đã và đang hoạt động", "loại mô hình", 76, None, SOURCE_38)
    for subject, name, measure_unit, amount in HA_NOI:
        _published(ha_noi, subject, name, measure_unit, amount, HA_NOI_DAY, SOURCE_01)
    _thai_hoa(crew(AdminUnit.objects.today().communes().get(code="16939"), 1).officers["ca"])


def _published(unit, subject, name, measure_unit, amount, as_of, source) -> None:
    said = {"subject": subject, "measure_unit": measure_unit, "amount": amount, "source": source}
    HistoricalFigure.objects.get_or_create(unit=unit, name=name, as_of=as_of, defaults=said)


def _thai_hoa(by) -> None:
    """Loans of the whole town, as of the day of the source; two models whose first day no source gives."""
    town = AdminUnit.objects.districts().get(name="Thái Hòa", today_province__code="40")
    for stage in ("disbursed", "proposed"):
        money = {"people": 10, "amount": 500_000_000, "source": SOURCE_THAI_HOA, "logged_by": by}
        ReintegrationLoan.objects.get_or_create(unit=town, stage=stage, as_of=THAI_HOA_DAY, defaults=money)
    unit = by.postings.first().unit
    for name, theme in (("Tái hòa nhập cộng đồng", "reintegration"), ("Camera cộng đồng", "camera")):
        type_, _ = ModelType.objects.get_or_create(
            name=name, province=unit.today_province, defaults={"theme": theme}
        )
        create_model(
            data={"type": type_, "unit": unit, "name": name, "description": f"{SOURCE_THAI_HOA}."},
            status="active",
            on=unit.valid_from or date(2025, 7, 1),
            reason=f"{ILLUSTRATION} Nguồn không nêu ngày bắt đầu và phường.",
            by=by,
            token=uuid.uuid5(NAMESPACE, f"model:{name}"),
        )

"""All other kinds in the demo's communes, and what admins' indicators count there; all illustrative."""

import random
from datetime import date, timedelta
from decimal import Decimal

from portal.demo.log_entries import ILLUSTRATION, areas_of, write
from programs.activities.custom.models import CustomIndicator, StockReading
from programs.activities.custom.parts import enter

STEP = timedelta(days=30)
FEASTS = (("security", 8, 14, "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc"),
          ("unity", 11, 12, "Ngày hội Đại đoàn kết toàn dân tộc"))  # fmt: skip
MEDIA = (("banner", "Treo băng zôn, khẩu hiệu trên các trục đường", (6, 30)),
         ("broadcast", "Phát thanh trên hệ thống truyền thanh cơ sở", (10, 40)),
         ("leaflet", "Phát tờ rơi phòng, chống lừa đảo", (80, 400)),
         ("post", "Đăng bài trên trang Zalo của xã, phường", (4, 20)))  # fmt: skip
COMMITMENTS = (("fireworks", "household", (180, 620)), ("traffic", "school", (120, 500)),
               ("fire_safety", "business", (15, 60)))  # fmt: skip
OUTREACH = ("warned", "handled", "educated", "aftercare", "reintegrated")
CATEGORIES = ("crime", "social_vice", "other", "")


def indicators() -> dict[str, CustomIndicator]:
    """Three indicators that nobody foresaw, as an administrator adds them."""
    start = date(2025, 7, 1)
    wanted = {
        "guns": ("Súng tự chế giao nộp", "khẩu", {}),
        "fireworks": ("Pháo giao nộp", "kg", {"decimals": 1}),
        "cameras": ("Camera an ninh của cộng đồng", "chiếc", {"nature": "stock"}),
    }
    return {
        key: CustomIndicator.objects.get_or_create(
            name=name, province=None, defaults={"measure_unit": unit, "active_from": start, **more}
        )[0]
        for key, (name, unit, more) in wanted.items()
    }


def fill(crew, since: date, until: date) -> None:
    """A month's worth of every kind for each month from `since` to `until`, the festivals on their days."""
    chance, areas, custom = random.Random(f"kinds {crew.unit.code}"), areas_of(crew.unit), indicators()
    police, front = crew.officers["ca"], crew.officers["mt"]
    day, month = since, 0
    while day + timedelta(days=20) <= until:
        for number, make in enumerate((_patrols, _media, _outreach, _tips, _handed_in)):
            by = front if make is _media else police
            make(crew.unit, day + timedelta(days=number * 3), by, chance, areas, month, custom)
        if month % 4 == 1:
            _meetings(crew.unit, day + timedelta(days=17), police, front, chance, areas, month)
        day, month = day + STEP, month + 1
    _festivals(crew, since, until, chance, areas)
    _cameras(crew.unit, since, until, police, chance, custom["cameras"])


def _log(slug, unit, day, by, title, **fields):
    return write(
        slug, {"unit": unit, "held_on": day, "title": title, "narrative": ILLUSTRATION, **fields}, by
    )


def _patrols(unit, day, by, chance, areas, month, custom):
    shifts = chance.randint(6, 14)
    fields = {"shift_count": shifts, "turnouts": shifts * chance.randint(4, 8)}
    fields |= {"area_tag": chance.choice(("residential", "bordering", "hotspot"))}
    fields |= {"forces": ["police", "security_team", "militia"], "areas": chance.sample(areas, 2)}
    _log("tuan-tra", unit, day, by, "Tuần tra đêm bảo vệ khu dân cư", **fields)


def _media(unit, day, by, chance, areas, month, custom):
    medium, title, bounds = MEDIA[month % len(MEDIA)]
    quantity = chance.randint(*bounds)
    _log("san-pham-tuyen-truyen", unit, day, by, title, medium=medium, quantity=quantity, topics=["crime"])


def _outreach(unit, day, by, chance, areas, month, custom):
    work = OUTREACH[month % len(OUTREACH)]
    titles = {"warned": "Gọi hỏi, răn đe", "handled": "Vụ việc xử lý", "educated": "Cảm hóa, giáo dục"}
    title = titles.get(work, "Giúp đỡ người tái hòa nhập, sau cai nghiện")
    _log("goi-hoi-giao-duc", unit, day, by, title, work=work, amount=chance.randint(1, 9))


def _tips(unit, day, by, chance, areas, month, custom):
    total = chance.randint(3, 18)
    fields = {"channel": chance.choice(("phone", "in_person", "online")), "total": total}
    fields |= {"category": CATEGORIES[month % len(CATEGORIES)], "valuable": chance.randint(0, total // 2)}
    _log("nguon-tin", unit, day, by, "Nguồn tin tiếp nhận trong nửa tháng", **fields)


def _handed_in(unit, day, by, chance, areas, month, custom):
    """A session at which people hand in weapons and fireworks."""
    title = "Vận động nhân dân giao nộp vũ khí, vật liệu nổ, pháo"
    fields = {"topics": ["fireworks"], "form": "gathering", "audience": "residents"}
    fields |= {"attendances": chance.randint(40, 160), "areas": chance.sample(areas, 1)}
    record = _log("tuyen-truyen", unit, day, by, title, **fields)
    enter(record, custom["guns"], chance.randint(0, 3))
    enter(record, custom["fireworks"], Decimal(chance.randint(5, 125)) / 10)


def _meetings(unit, day, police, front, chance, areas, month):
    """A forum, a class, a drive of commitments."""
    opinions = chance.randint(5, 24)
    answered = opinions - chance.randint(0, 4)
    counts = {"opinions": opinions, "answered": answered, "passed_on": opinions - answered, "pending": 0}
    title = "Diễn đàn “Công an lắng nghe ý kiến nhân dân”"
    _log("dien-dan", unit, day, police, title, attendances=chance.randint(60, 180), **counts)
    title = "Tập huấn kỹ năng hòa giải và nghiệp vụ bảo vệ an ninh, trật tự"
    trainees = {"trainees_core": chance.randint(15, 40), "trainees_front": chance.randint(6, 20)}
    _log("tap-huan", unit, day, front, title, subject="mediation", **trainees)
    topic, party, bounds = COMMITMENTS[month // 4 % len(COMMITMENTS)]
    fields = {"topic": topic, "party": party, "signed": chance.randint(*bounds)}
    _log("ky-cam-ket", unit, day, front, "Ký cam kết bảo đảm an ninh, trật tự", **fields)


def _festivals(crew, since: date, until: date, chance, areas):
    """Most areas hold them, two together, one by loudspeaker; the first commune has none missing."""
    for year in range(since.year, until.year + 1):
        for festival, month, day, name in FEASTS:
            if since <= date(year, month, day) and date(year, month, day + 3) <= until:
                _festival(crew, date(year, month, day), festival, f"{name} năm {year}", chance, areas)


def _festival(crew, day: date, festival: str, name: str, chance, areas):
    missing = sum(map(int, crew.unit.code)) % 3
    held = areas[: len(areas) - missing]
    by = crew.officers["mt" if festival == "unity" else "ca"]
    shared = {"festival": festival, "holder": "areas"}
    both = {"parts": ["ceremony", "festivities"]}
    groups = [
        (held[:2], both),
        *(([area], both) for area in held[2:-1]),
        (held[-1:], {"parts": ["loudspeaker"]}),
    ]
    for number, (group, parts) in enumerate(groups):
        on, people = day + timedelta(days=number % 3), chance.randint(60, 240)
        where = ", ".join(area.full_name for area in group)
        _log(
            "ngay-hoi",
            crew.unit,
            on,
            by,
            f"{name}: {where}",
            areas=group,
            attendances=people,
            **shared,
            **parts,
        )
    gifts = {"gifts": chance.randint(5, 20), "gift_value": 500_000 * chance.randint(6, 20)}
    own = {"festival": festival, "holder": "commune", "parts": ["ceremony", "gifts"], **gifts}
    _log("ngay-hoi", crew.unit, day + timedelta(days=3), by, f"{name}, cấp xã", attendances=300, **own)
    school = {"holder": "school", "holder_name": "Trường THCS (minh họa)", "parts": ["festivities"]}
    _log("ngay-hoi", crew.unit, day, by, f"{name}, nhà trường", festival=festival, attendances=250, **school)


def _cameras(unit, since: date, until: date, by, chance, cameras):
    value, day = chance.randint(20, 60), since
    while day <= until:
        StockReading.objects.get_or_create(
            unit=unit, indicator=cameras, as_of=day, defaults={"value": value, "logged_by": by}
        )
        value, day = value + chance.randint(0, 8), day + 4 * STEP

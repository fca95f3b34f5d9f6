"""Fourteen months of an invented but likely log, the same at every start; every entry says so."""

import random
import uuid
from datetime import date, timedelta

from portal.units.models import AdminUnit, ResidentialArea
from programs.activities.actions import log_activity
from programs.activities.registry import kind

ILLUSTRATION = "Số liệu minh họa."
NAMESPACE = uuid.UUID("6f1d4a0e-7f4c-4b53-9a3e-0f7c0f2d2026")  # so that a second load finds the first
SESSIONS = (
    ("Tuyên truyền quản lý, sử dụng pháo", "fireworks", "gathering", (60, 420)),
    ("Tuyên truyền phòng, chống lừa đảo trên không gian mạng", "fraud", "gathering", (40, 260)),
    ("Tuyên truyền Luật Phòng, chống ma túy", "drugs", "gathering", (50, 300)),
    (
        "Tuyên truyền Luật Trật tự, an toàn giao thông đường bộ tại trường học",
        "traffic",
        "gathering",
        (120, 640),
    ),
    ("Tọa đàm xây dựng phong trào Toàn dân bảo vệ an ninh Tổ quốc", "movement", "discussion", (25, 90)),
    ("Tuyên truyền phòng cháy, chữa cháy tại từng hộ", "fire_safety", "household", (15, 60)),
    ("Phát bài tuyên truyền trên hệ thống truyền thanh cơ sở", "law", "loudspeaker", None),
)
MEDIATIONS = (
    ("Mâu thuẫn ranh giới thửa đất giữa hai hộ liền kề", "land"),
    ("Mâu thuẫn trong gia đình", "family"),
    ("Mâu thuẫn do tiếng ồn, chăn nuôi gây ô nhiễm", "environment"),
    ("Tranh chấp vay nợ dân sự", "civil"),
    ("Mâu thuẫn xóm giềng về lối đi chung", "neighbours"),
)


def areas_of(unit: AdminUnit, count: int = 6) -> list[ResidentialArea]:
    """The commune's residential areas in the demo: plain numbered names, since no source lists them."""
    word = "Tổ dân phố" if unit.kind == "Phường" else "Thôn"
    names = [f"{number}" for number in range(1, count + 1)]
    return [
        ResidentialArea.objects.get_or_create(unit=unit, kind=word, name=name, valid_from=unit.valid_from)[0]
        for name in names
    ]


def fill(crew, since: date, until: date) -> int:
    """Log a commune's activities from `since` to `until`; gives how many."""
    chance, areas = random.Random(crew.unit.code), areas_of(crew.unit)
    day, count = since, 0
    while day <= until:
        by = crew.officers[chance.choice(("ca", "ca", "mt"))]
        writer = _session if chance.random() < 0.72 else _mediation
        writer(crew.unit, day, by, chance, areas, until)
        count += 1
        day += timedelta(days=chance.randint(2, 7))
    return count


def _session(unit, day, by, chance, areas, until):
    title, topic, form, bounds = chance.choice(SESSIONS)
    data = {
        "unit": unit,
        "held_on": day,
        "title": title,
        "topics": [topic],
        "form": form,
        "audience": "youth" if "trường học" in title else "residents",
        "attendances": chance.randint(*bounds) if bounds else None,
        "valuable_tips": chance.choice((0, 0, 0, 1, 2)) if bounds else None,
        "narrative": ILLUSTRATION,
        "areas": chance.sample(areas, 1),
    }
    return write("tuyen-truyen", data, by)


def _mediation(unit, day, by, chance, areas, until):
    title, dispute = chance.choice(MEDIATIONS)
    ended = day + timedelta(days=chance.randint(1, 20))
    outcome = chance.choices(("succeeded", "failed", "transferred"), (85, 10, 5))[0]
    over = ended <= until
    data = {
        "unit": unit,
        "received_on": day,
        "concluded_on": ended if over else None,
        "outcome": outcome if over else "pending",
        "title": title,
        "dispute_kind": dispute,
        "team": ["police", "front", "mediators", "women"],
        "narrative": ILLUSTRATION,
        "areas": chance.sample(areas, 1),
    }
    return write("hoa-giai", data, by)


def write(slug: str, data: dict, by):
    """Log one entry; the same again is found, not written twice."""
    day = data.get("held_on") or data["received_on"]
    token = uuid.uuid5(NAMESPACE, f"{slug}/{data['unit'].pk}/{day}/{data['title']}/{by.username}")
    return log_activity(kind=kind(slug), data=data, by=by, token=token)[0]

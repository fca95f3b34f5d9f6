"""One record of every kind, what it adds to which indicator, and what its table must refuse."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from programs.activities.registry import kind as kind_named
from tests.factories.activities import DAY, commune


@dataclass(frozen=True)
class Sample:
    """`fields`: the kind's own; `adds`: {indicator: amount}; `refused`: changes of fields that break a
    constraint, by a part of its name; `moved`: a change, and what it adds then."""

    fields: dict
    adds: dict
    refused: list[tuple[dict, str]]
    moved: dict
    adds_then: dict
    title: str = "Hoạt động tại Tổ dân phố Hòa Bình, Phường Thành Sen"


SAMPLES = {
    "tuyen-truyen": Sample(
        fields={
            "held_on": DAY,
            "form": "gathering",
            "topics": ["fraud"],
            "attendances": 120,
            "valuable_tips": 2,
        },
        adds={"sessions": 1, "session_attendances": 120, "session_tips": 2},
        refused=[({"attendances": -1}, "attendances_bounds"), ({"topics": ["x"]}, "topics_known")],
        moved={"attendances": None},
        adds_then={"sessions": 1, "session_tips": 2},
    ),
    "san-pham-tuyen-truyen": Sample(
        fields={"held_on": DAY, "medium": "banner", "quantity": 40, "topics": ["fireworks"]},
        adds={"media_banners": 40},
        refused=[
            ({"quantity": 0}, "quantity_bounds"),
            ({"medium": "x"}, "medium_known"),
            ({"topics": ["x"]}, "topics_known"),
            ({"held_to": date(2026, 11, 2)}, "days_in_order"),
            ({"held_to": date(2026, 11, 15)}, "inside_one_slot"),
        ],
        moved={"medium": "leaflet"},
        adds_then={"media_documents": 40},
    ),
    "hoa-giai": Sample(
        fields={
            **{"received_on": DAY, "dispute_kind": "land", "team": ["police", "front"], "case_count": 2},
            **{"outcome": "succeeded", "concluded_on": date(2026, 11, 5)},
        },
        adds={"mediations_received": 2, "mediations_concluded": 2, "mediations_succeeded": 2},
        refused=[
            ({"concluded_on": None}, "concluded_iff_final"),
            ({"concluded_on": date(2026, 11, 1)}, "days_in_order"),
            ({"team": ["x"]}, "team_known"),
        ],
        moved={"outcome": "pending", "concluded_on": None},
        adds_then={"mediations_received": 2},
    ),
    "tuan-tra": Sample(
        fields={
            "held_on": DAY,
            "shift_count": 6,
            "turnouts": 42,
            "area_tag": "bordering",
            "forces": ["police"],
        },
        adds={"patrols": 6, "patrols_bordering": 6, "patrol_turnouts": 42},
        refused=[
            ({"shift_count": 0}, "shift_count_bounds"),
            ({"turnouts": -1}, "turnouts_bounds"),
            ({"area_tag": ""}, "area_tag_known"),
            ({"forces": ["x"]}, "forces_known"),
            ({"held_to": date(2026, 11, 20)}, "inside_one_slot"),
        ],
        moved={"area_tag": "residential", "turnouts": None},
        adds_then={"patrols": 6},
    ),
    "tap-huan": Sample(
        fields={
            **{"held_on": DAY, "held_to": date(2026, 11, 17), "subject": "mediation"},
            **{"trainees_core": 30, "trainees_mediators": 25},
        },
        adds={"training_classes": 1, "training_trainees": 55, "training_core": 30},
        refused=[
            ({"class_count": 0}, "class_count_bounds"),
            ({"trainees_front": -1}, "trainees_front_bounds"),
            ({"subject": ""}, "subject_known"),
        ],
        moved={"trainees_core": None, "trainees_mediators": None},
        adds_then={"training_classes": 1},
    ),
    "dien-dan": Sample(
        fields={
            **{"held_on": DAY, "attendances": 150, "opinions": 12},
            **{"answered": 9, "passed_on": 2, "pending": 1},
        },
        adds={
            **{"forums": 1, "forum_attendances": 150, "forum_opinions": 12},
            **{"forum_answered": 9, "forum_passed_on": 2, "forum_pending": 1},
        },
        refused=[
            ({"pending": 2}, "opinions_add_up"),
            ({"pending": None}, "opinions_add_up"),
            ({"opinions": None}, "opinions_add_up"),
            ({"opinions": 8, "passed_on": -1, "pending": 0}, "passed_on_bounds"),
        ],
        moved={"opinions": None, "answered": None, "passed_on": None, "pending": None},
        adds_then={"forums": 1, "forum_attendances": 150},
    ),
    "ky-cam-ket": Sample(
        fields={"held_on": DAY, "topic": "fireworks", "party": "household", "signed": 640},
        adds={"commitment_drives": 1, "commitments_signed": 640, "commitments_households": 640},
        refused=[
            ({"signed": 0}, "signed_bounds"),
            ({"topic": ""}, "topic_known"),
            ({"party": "x"}, "party_known"),
        ],
        moved={"party": "area"},
        adds_then={"commitment_drives": 1, "commitments_signed": 640},
    ),
    "goi-hoi-giao-duc": Sample(
        fields={"held_on": DAY, "work": "warned", "amount": 68},
        adds={"outreach_warned": 68},
        refused=[({"amount": 0}, "amount_bounds"), ({"work": ""}, "work_known")],
        moved={"work": "handled", "amount": 11},
        adds_then={"outreach_handled": 11},
    ),
    "nguon-tin": Sample(
        fields={"held_on": DAY, "channel": "phone", "category": "crime", "total": 14, "valuable": 5},
        adds={"tips_received": 14, "tips_valuable": 5, "tips_crime": 14},
        refused=[
            ({"valuable": 15}, "valuable_within_total"),
            ({"total": 0, "valuable": None}, "total_bounds"),
            ({"channel": ""}, "channel_known"),
            ({"category": "x"}, "category_known"),
        ],
        moved={"category": "", "valuable": None},
        adds_then={"tips_received": 14, "tips_unclassified": 14},
    ),
    "ngay-hoi": Sample(
        fields={
            **{"held_on": DAY, "festival": "unity", "holder": "commune", "parts": ["gifts", "panels"]},
            **{"attendances": 300, "gifts": 20, "gift_value": 6_000_000_000},
        },
        adds={
            **{"festivals_unity": 1, "festivals_adapted": 1, "festival_attendances": 300},
            **{"festival_gifts": 20, "festival_gift_value": 6_000_000_000},
        },
        refused=[
            ({"parts": []}, "some_part"),
            ({"parts": ["x"]}, "parts_known"),
            ({"holder": "school"}, "holder_named"),
            ({"holder_name": "Trường THCS Đại Nài"}, "holder_named"),
            ({"gift_value": -1}, "gift_value_bounds"),
            ({"festival": ""}, "festival_known"),
        ],
        moved={"festival": "security", "parts": ["ceremony"], "gift_value": None},
        adds_then={"festivals_security": 1, "festival_attendances": 300, "festival_gifts": 20},
    ),
}


def new_record(slug: str, by, **changes):
    """Not saved: the sample of a kind, as the police of Phường Thành Sen logged it."""
    sample = SAMPLES[slug]
    shared = {"unit": commune(), "side": "police", "title": sample.title, "logged_by": by}
    return kind_named(slug).model(**shared | {"client_token": uuid4()} | sample.fields | changes)

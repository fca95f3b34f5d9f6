"""Thái Hòa 2020 as its police reported it: the nine old communes of the town, to 8/4/2020.

The source gives 14 sessions, "khoảng hơn 1.000 người" and 11 valuable tips for the whole town. Which commune
held which session is not in it: that part (thai_hoa.csv), and the sum 1.012, is illustrative and says so.
"""

import csv
from datetime import date
from pathlib import Path

START, END = date(2020, 1, 1), date(2020, 4, 8)
ILLUSTRATION = (
    "Số liệu minh họa: nguồn chỉ nêu tổng 14 buổi, khoảng hơn 1.000 người, 11 nguồn tin của cả thị xã."
)


def sessions() -> list[dict]:
    """The fourteen sessions: commune (old code), held_on, title, topic, form, attendances, valuable_tips."""
    with open(Path(__file__).with_name("thai_hoa.csv"), encoding="utf-8") as file:
        return list(csv.DictReader(file))

"""Thái Hòa 2020 as its police reported it: the nine old communes of the town, to 8/4/2020.

The source gives 14 sessions, "khoảng hơn 1.000 người" and 11 valuable tips for the whole town. Which commune
held which session is not in it: that part (thai_hoa.csv), and the sum 1.012, is illustrative and says so. The
same holds for its 5 forums, 68 warnings and 11 cases handled (thai_hoa_counts.csv). Of what was signed, and
what people said at the forums, it gives no number: nothing is entered of that.
"""

import csv
from datetime import date
from pathlib import Path

START, END = date(2020, 1, 1), date(2020, 4, 8)
ILLUSTRATION = (
    "Số liệu minh họa: nguồn chỉ nêu tổng 14 buổi, khoảng hơn 1.000 người, 11 nguồn tin của cả thị xã."
)
COUNTS_ILLUSTRATION = (
    "Số liệu minh họa: nguồn chỉ nêu 5 diễn đàn, 68 lượt gọi hỏi, răn đe, 11 vụ việc xử lý của cả thị xã."
)


def sessions() -> list[dict]:
    """The fourteen sessions: commune (old code), held_on, title, topic, form, attendances, valuable_tips."""
    return _rows("thai_hoa.csv")


def counts() -> list[dict]:
    """Forums and outreach: kind (slug), commune (old code), held_on, title, work, amount (empty: a forum)."""
    return _rows("thai_hoa_counts.csv")


def _rows(name: str) -> list[dict]:
    with open(Path(__file__).with_name(name), encoding="utf-8") as file:
        return list(csv.DictReader(file))

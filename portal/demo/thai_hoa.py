"""Thái Hòa 2020 as its police reported it: the nine old communes of the town, from the start of 2020 to 8/4/2020.

The source gives 14 sessions, "about 1.000" attendances and 11 valuable tips for the whole town. Which commune held which
session is not in it: that part, and the sum 1.012, is illustrative and says so.
"""

from datetime import date

START, END = date(2020, 1, 1), date(2020, 4, 8)
ILLUSTRATION = (
    "Số liệu minh họa: nguồn chỉ nêu tổng 14 buổi, khoảng hơn 1.000 người, 11 nguồn tin của cả thị xã."
)

# code of the old commune, day, title, topic, form, attendances, valuable tips
SESSIONS = [
    ("16939", date(2020, 1, 7), "Tuyên truyền quản lý, sử dụng pháo tại các khối", "fireworks", "gathering", 96, 1),
    ("16993", date(2020, 1, 9), "Tuyên truyền quản lý, sử dụng pháo dịp Tết Canh Tý", "fireworks", "gathering", 82, 2),
    ("16994", date(2020, 1, 10), "Vận động giao nộp vũ khí, vật liệu nổ, pháo", "fireworks", "gathering", 74, 0),
    ("17003", date(2020, 1, 14), "Tuyên truyền phòng, chống tội phạm dịp Tết", "crime", "gathering", 68, 1),
    ("17005", date(2020, 1, 15), "Tuyên truyền quản lý, sử dụng pháo tại các xóm", "fireworks", "gathering", 57, 0),
    ("17008", date(2020, 1, 17), "Vận động nhân dân ký cam kết không vi phạm về pháo", "fireworks", "gathering", 63, 1),
    ("17011", date(2020, 2, 11), "Tuyên truyền Luật Phòng, chống ma túy", "drugs", "gathering", 71, 1),
    ("17014", date(2020, 2, 14), "Tọa đàm phong trào Toàn dân bảo vệ an ninh Tổ quốc", "movement", "discussion", 59, 0),
    ("17017", date(2020, 2, 18), "Tuyên truyền phòng, chống trộm cắp tài sản", "crime", "gathering", 66, 2),
    ("16939", date(2020, 2, 25), "Tuyên truyền phòng, chống tín dụng đen", "crime", "gathering", 104, 1),
    ("16994", date(2020, 3, 3), "Tuyên truyền trật tự, an toàn giao thông", "traffic", "gathering", 88, 0),
    ("17003", date(2020, 3, 10), "Tuyên truyền phòng, chống ma túy trong thanh niên", "drugs", "discussion", 61, 1),
    ("17011", date(2020, 3, 12), "Vận động tố giác tội phạm, tệ nạn xã hội", "crime", "gathering", 70, 1),
    ("17017", date(2020, 3, 17), "Tuyên truyền phòng, chống tội phạm lừa đảo", "fraud", "gathering", 53, 0),
]  # fmt: skip

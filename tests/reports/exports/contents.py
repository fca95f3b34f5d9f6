"""Contents as reports.content makes them: a commune's, a province's, and any that chance can think of."""

from copy import deepcopy

from hypothesis import strategies as st

INDICATORS = [
    ("sessions", "Buổi tuyên truyền", "buổi"),
    ("session_attendances", "Lượt người tham dự tuyên truyền", "lượt người"),
    ("session_tips", "Nguồn tin có giá trị thu được từ tuyên truyền", "tin"),
    ("mediations_received", "Vụ mâu thuẫn tiếp nhận", "vụ"),
    ("mediations_concluded", "Vụ mâu thuẫn đã hòa giải xong", "vụ"),
    ("mediations_succeeded", "Vụ hòa giải thành", "vụ"),
]
POLICE = {
    "side": "police",
    "parent": "CÔNG AN TỈNH HÀ TĨNH",
    "name": "CÔNG AN PHƯỜNG THÀNH SEN",
    "signature": ["TRƯỞNG CÔNG AN PHƯỜNG"],
}
FRONT = {
    "side": "front",
    "parent": "ỦY BAN MTTQ VIỆT NAM TỈNH HÀ TĨNH",
    "name": "ỦY BAN MTTQ VIỆT NAM PHƯỜNG THÀNH SEN / BAN THƯỜNG TRỰC",
    "signature": ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"],
}
_FIGURES = [
    # current, same period, cumulative, percent
    (12, 3, 38, "+300%"),
    (1012, 940, 9415, "+7,66%"),
    (11, 14, 126, "−21,43%"),
    (6, 0, 47, "–"),
    (0, 0, 41, "–"),
    (10_000_000, None, 10_000_007, "–"),
]


def line(at: int, current: int, same: int | None, cumulative: int, percent: str, **more) -> dict:
    """One line of a content, for the indicator number `at`."""
    slug, name, unit = INDICATORS[at]
    change = None if same is None else current - same
    return {
        "no": str(at + 1), "indicator": slug, "name": name, "measure_unit": unit, "current": current,
        "same_period": same, "previous": same, "change": change, "change_percent": percent,
        "cumulative": cumulative, "adjustment": 0, "note": "",
    } | more  # fmt: skip


def commune(**more) -> dict:
    """The monthly report of Phường Thành Sen, signed by both sides."""
    return {
        "schema": 1,
        "title": "BÁO CÁO",
        "abstract": "Kết quả thực hiện phong trào Toàn dân bảo vệ an ninh Tổ quốc tháng 11/2026",
        "type": {"slug": "monthly", "name": "Báo cáo tháng"},
        "unit": {
            "id": 1, "code": "18073", "name": "Phường Thành Sen", "level": "commune", "province": "Hà Tĩnh",
        },
        "period": {
            "kind": "month", "calendar": "decree", "label": "tháng 11/2026",
            "start": "2026-10-15", "end": "2026-11-14",
        },
        "programme": {"number": "07/CTrPH-BCA-MTTW", "title": "Chương trình phối hợp"},
        "version": 1,
        "issuer": {
            "sides": ["police", "front"],
            "blocks": deepcopy([POLICE, FRONT]),
        },
        "place": "Thành Sen",
        "recipients": ["Công an tỉnh Hà Tĩnh", "Ủy ban MTTQ Việt Nam tỉnh Hà Tĩnh", "Lưu: VT."],
        "lines": [line(at, *figures) for at, figures in enumerate(_FIGURES)],
        "sections": [
            {"key": "situation", "title": "Đặc điểm tình hình", "text": "Ổn định.\nKhông có vụ nổi cộm."},
            {"key": "next", "title": "Phương hướng", "text": ""},
        ],
        "nil": False,
        "communes": [],
        "missing": [],
    } | more  # fmt: skip


def province(communes: int = 66, **more) -> dict:
    """The report of Hà Tĩnh, compiled from its communes; three have not sent theirs."""
    slugs = [slug for slug, _, _ in INDICATORS]
    members = [
        {
            "code": f"{18000 + at}",
            "name": f"Xã Kỳ Xuân {at}",
            "version": 1 + at % 2,
            "figures": {slug: (at * 37 + place * 911) % 2000 for place, slug in enumerate(slugs)},
        }
        for at in range(communes)
    ]
    sums = [sum(member["figures"][slug] for member in members) for slug in slugs]
    return (
        commune(
            unit={"id": 2, "code": "42", "name": "Tỉnh Hà Tĩnh", "level": "province", "province": "Hà Tĩnh"},
            issuer={
                "sides": ["police"],
                "blocks": [
                    {
                        "side": "police",
                        "parent": "BỘ CÔNG AN",
                        "name": "CÔNG AN TỈNH HÀ TĨNH",
                        "signature": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
                    }
                ],
                "place": "Hà Tĩnh",
                "recipients": ["Bộ Công an", "Lưu: VT"],
            },
            lines=[line(at, total, total // 2, total * 3, "+100%") for at, total in enumerate(sums)],
            communes=members,
            missing=["Xã Kỳ Hoa", "Xã Hương Khê", "Phường Hoành Sơn"],
        )
        | more
    )


# Letters of names, marks taken apart, and what markup languages, spreadsheets and XML trip over.
_LETTERS = st.sampled_from(
    list("aăâbcdđeêghiklmnoôơpqrstuưvxyẬỗỮỳ0127 ") + list("#$*_<>&\"'=+-@{}[]()\\/%~`^|.,;:")
)
_ODD = st.sampled_from(
    ["\u0301", "\u0323", "o\u031b", "\x00", "\x0b", "\x1f", "\ufffe", "\u202e", "\t", "\n", "{{", "{%", "}}"]
)
words = st.lists(_LETTERS | _ODD, min_size=1, max_size=60).map("".join)
counts = st.sampled_from([0, 1, 999, 1000, 10_000_000]) | st.integers(0, 10_000_000)


@st.composite
def contents(draw) -> dict:
    """Any content: odd names, unknown bases, adjustments, one or two issuers, with and without communes."""
    lines = []
    for at in range(draw(st.integers(1, 6))):
        current, same = draw(counts), draw(st.none() | counts)
        percent = "–" if not same else "+1,5%"
        more = {
            "name": draw(words),
            "note": draw(words),
            "adjustment": draw(st.just(0) | st.integers(-9999, 9999)),
        }
        lines.append(line(at, current, same, draw(counts), percent, **more))
    slugs = [item["indicator"] for item in lines]
    figures = st.fixed_dictionaries({slug: counts for slug in slugs})
    member = st.fixed_dictionaries(
        {"code": st.just("18073"), "name": words, "version": st.integers(1, 9), "figures": figures}
    )
    section = st.fixed_dictionaries({"key": st.just("x"), "title": words, "text": words})
    block = st.fixed_dictionaries(
        {"side": st.just("police"), "parent": words, "name": words, "signature": st.lists(words, max_size=2)}
    )
    base = commune()
    return base | {
        "abstract": draw(words),
        "unit": base["unit"] | {"name": draw(words)},
        "issuer": {
            "sides": [],
            "blocks": draw(st.lists(block, min_size=1, max_size=2)),
        },
        "place": draw(words),
        "recipients": draw(st.lists(words, max_size=3)),
        "lines": lines,
        "sections": draw(st.lists(section, max_size=3)),
        "nil": draw(st.booleans()),
        "communes": draw(st.lists(member, max_size=3)),
        "missing": draw(st.lists(words, max_size=3)),
    }

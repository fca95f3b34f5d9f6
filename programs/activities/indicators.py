"""What is counted. An indicator is a column of the tally; kinds of activity feed it by their measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """slug: its name in code and in reports; measure_unit: "buổi", "lượt người", …; column: of the tally;
    is_large: needs a bigint (amounts of đồng)."""

    slug: str
    name: str
    measure_unit: str
    group: str
    column: str = ""
    is_large: bool = False

    def __post_init__(self):
        object.__setattr__(self, "column", self.column or self.slug)


AWARENESS = "Tuyên truyền, vận động"
MEDIATION = "Hòa giải ở cơ sở"

# In the order of reports. Lượt người (attendances) is never người (distinct people).
INDICATORS = (
    Indicator("sessions", "Buổi tuyên truyền", "buổi", AWARENESS),
    Indicator("session_attendances", "Lượt người tham dự tuyên truyền", "lượt người", AWARENESS),
    Indicator("session_tips", "Nguồn tin có giá trị thu được từ tuyên truyền", "tin", AWARENESS),
    Indicator("mediations_received", "Vụ mâu thuẫn tiếp nhận", "vụ", MEDIATION),
    Indicator("mediations_concluded", "Vụ đã hòa giải xong", "vụ", MEDIATION),
    Indicator("mediations_succeeded", "Trong đó: hòa giải thành", "vụ", MEDIATION),
    Indicator("mediations_failed", "Trong đó: hòa giải không thành", "vụ", MEDIATION),
    Indicator("mediations_transferred", "Trong đó: chuyển cơ quan khác", "vụ", MEDIATION),
)
_BY_SLUG = {indicator.slug: indicator for indicator in INDICATORS}


def indicator(slug: str) -> Indicator:
    """The indicator of a slug; KeyError if there is none."""
    return _BY_SLUG[slug]


def columns() -> list[str]:
    """The counting columns of the tally, in the order of INDICATORS."""
    return [indicator.column for indicator in INDICATORS]

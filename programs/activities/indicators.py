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
TIPS = "Nguồn tin về an ninh, trật tự"
MEDIATION = "Hòa giải ở cơ sở"
PATROLS = "Tuần tra, canh gác"
OUTREACH = "Gọi hỏi, răn đe, cảm hóa, giáo dục"
FESTIVALS = "Ngày hội"
FORUMS = "Diễn đàn lắng nghe ý kiến nhân dân"
TRAINING = "Tập huấn"

# In the order of reports. Lượt người (attendances) is never người (distinct people). Tips that a session
# brought in and tips counted by themselves are two indicators: neither is ever a part of the other.
INDICATORS = (
    Indicator("sessions", "Buổi tuyên truyền", "buổi", AWARENESS),
    Indicator("session_attendances", "Lượt người tham dự tuyên truyền", "lượt người", AWARENESS),
    Indicator("session_tips", "Nguồn tin có giá trị thu được từ tuyên truyền", "tin", AWARENESS),
    Indicator("media_banners", "Băng zôn, khẩu hiệu, pa nô, áp phích", "cái", AWARENESS),
    Indicator("media_articles", "Tin, bài, phóng sự", "tin, bài", AWARENESS),
    Indicator("media_documents", "Tài liệu, tờ rơi", "bản", AWARENESS),
    Indicator("media_broadcasts", "Lượt phát thanh", "lượt", AWARENESS),
    Indicator("media_posts", "Bài đăng trên mạng xã hội, nhóm Zalo", "bài", AWARENESS),
    Indicator("media_others", "Sản phẩm tuyên truyền khác", "sản phẩm", AWARENESS),
    Indicator("commitment_drives", "Đợt ký cam kết", "đợt", AWARENESS),
    Indicator("commitments_signed", "Bản cam kết đã ký", "bản", AWARENESS),
    Indicator("commitments_households", "Trong đó: hộ gia đình ký", "bản", AWARENESS),
    Indicator("commitments_schools", "Trong đó: nhà trường, học sinh ký", "bản", AWARENESS),
    Indicator("commitments_agencies", "Trong đó: cơ quan, doanh nghiệp ký", "bản", AWARENESS),
    Indicator("tips_received", "Nguồn tin tiếp nhận (không gồm tin từ tuyên truyền)", "tin", TIPS),
    Indicator("tips_valuable", "Trong đó: tin có giá trị", "tin", TIPS),
    Indicator("tips_political_security", "Chia theo lĩnh vực: an ninh chính trị", "tin", TIPS),
    Indicator("tips_crime", "Chia theo lĩnh vực: tội phạm", "tin", TIPS),
    Indicator("tips_social_vice", "Chia theo lĩnh vực: tệ nạn xã hội", "tin", TIPS),
    Indicator("tips_other", "Chia theo lĩnh vực: khác", "tin", TIPS),
    Indicator("tips_unclassified", "Chia theo lĩnh vực: chưa phân loại", "tin", TIPS),
    Indicator("mediations_received", "Vụ mâu thuẫn tiếp nhận", "vụ", MEDIATION),
    Indicator("mediations_concluded", "Vụ đã hòa giải xong", "vụ", MEDIATION),
    Indicator("mediations_succeeded", "Trong đó: hòa giải thành", "vụ", MEDIATION),
    Indicator("mediations_failed", "Trong đó: hòa giải không thành", "vụ", MEDIATION),
    Indicator("mediations_transferred", "Trong đó: chuyển cơ quan khác", "vụ", MEDIATION),
    Indicator("patrols", "Ca tuần tra, canh gác", "ca", PATROLS),
    Indicator("patrols_bordering", "Trong đó: tại địa bàn giáp ranh", "ca", PATROLS),
    Indicator("patrol_turnouts", "Lượt người tham gia tuần tra", "lượt người", PATROLS),
    Indicator("outreach_warned", "Gọi hỏi, răn đe", "lượt", OUTREACH),
    Indicator("outreach_handled", "Vụ việc xử lý", "vụ", OUTREACH),
    Indicator("outreach_educated", "Cảm hóa, giáo dục tại cộng đồng", "lượt người", OUTREACH),
    Indicator("outreach_aftercare", "Quản lý, giúp đỡ người sau cai nghiện", "lượt người", OUTREACH),
    Indicator("outreach_reintegrated", "Giúp đỡ người tái hòa nhập cộng đồng", "lượt người", OUTREACH),
    Indicator("festivals_security", "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc", "cuộc", FESTIVALS),
    Indicator("festivals_unity", "Ngày hội Đại đoàn kết toàn dân tộc", "cuộc", FESTIVALS),
    Indicator("festivals_adapted", "Trong đó: tổ chức bằng hình thức khác", "cuộc", FESTIVALS),
    Indicator("festival_attendances", "Lượt người tham dự ngày hội", "lượt người", FESTIVALS),
    Indicator("festival_gifts", "Suất quà đã tặng", "suất", FESTIVALS),
    Indicator("festival_gift_value", "Trị giá quà", "đồng", FESTIVALS, is_large=True),
    Indicator("forums", "Diễn đàn đã tổ chức", "diễn đàn", FORUMS),
    Indicator("forum_attendances", "Lượt người tham dự diễn đàn", "lượt người", FORUMS),
    Indicator("forum_opinions", "Ý kiến của nhân dân", "ý kiến", FORUMS),
    Indicator("forum_answered", "Trong đó: đã trả lời, giải quyết", "ý kiến", FORUMS),
    Indicator("forum_passed_on", "Trong đó: chuyển cơ quan khác", "ý kiến", FORUMS),
    Indicator("forum_pending", "Trong đó: chưa giải quyết", "ý kiến", FORUMS),
    Indicator("training_classes", "Lớp tập huấn", "lớp", TRAINING),
    Indicator("training_trainees", "Lượt người được tập huấn", "lượt người", TRAINING),
    Indicator("training_core", "Trong đó: lực lượng nòng cốt", "lượt người", TRAINING),
)
_BY_SLUG = {indicator.slug: indicator for indicator in INDICATORS}


def indicator(slug: str) -> Indicator:
    """The indicator of a slug; KeyError if there is none."""
    return _BY_SLUG[slug]


def columns() -> list[str]:
    """The counting columns of the tally, in the order of INDICATORS."""
    return [indicator.column for indicator in INDICATORS]

"""Each group is said in one proper sentence, and only where something happened."""

from programs.activities.indicators import INDICATORS
from reports.lines import make_lines
from reports.phrases import is_spoken
from reports.remarks import SPOKEN, draft_results


def said(**current) -> list[str]:
    figures = {
        "current": {each.slug: current.get(each.slug, 0) for each in INDICATORS},
        "same_period": None,
        "previous": None,
        "cumulative": {each.slug: current.get(each.slug, 0) for each in INDICATORS},
    }
    return draft_results(make_lines(figures)).split("\n")


def test_every_built_in_indicator_is_said_somewhere():
    assert [each.slug for each in INDICATORS if each.slug not in SPOKEN and not is_spoken(each.slug)] == []


def test_nothing_is_said_of_a_group_in_which_nothing_happened():
    assert said() == ["Không phát sinh trong kỳ."]
    assert said(patrols=6, patrol_turnouts=42, patrols_bordering=2) == [
        "Tuyên truyền, vận động: không phát sinh trong kỳ.",
        "Hòa giải ở cơ sở: không phát sinh trong kỳ.",
        "Tổ chức 6 ca tuần tra, canh gác với 42 lượt người tham gia, trong đó 2 ca tại địa bàn giáp ranh.",
    ]


def test_what_happened_is_said_group_by_group():
    sentences = said(
        **{"sessions": 14, "session_attendances": 1012, "session_tips": 11},
        **{"media_banners": 40, "media_articles": 3, "commitment_drives": 2, "commitments_signed": 640},
        **{"commitments_households": 600, "training_classes": 1, "training_trainees": 55},
        **{"tips_received": 14, "tips_valuable": 5, "tips_crime": 12, "tips_unclassified": 2},
        **{"outreach_warned": 68, "outreach_handled": 11, "forums": 5, "forum_opinions": 12},
        **{"forum_answered": 9, "forum_pending": 3, "festivals_security": 2, "festivals_adapted": 1},
        **{"festival_gifts": 20, "festival_gift_value": 6_000_000},
    )
    assert sentences == [
        "Trong kỳ đã tổ chức 14 buổi tuyên truyền với 1.012 lượt người tham dự; "
        "qua tuyên truyền thu được 11 nguồn tin có giá trị.",
        "Treo, dựng 40 băng zôn, khẩu hiệu, pa nô, áp phích; đăng, phát 3 tin, bài, phóng sự.",
        "Tổ chức 2 đợt ký cam kết với 640 bản đã ký, trong đó hộ gia đình 600 bản.",
        "Mở 1 lớp tập huấn cho 55 lượt người.",
        "Tiếp nhận 14 nguồn tin về an ninh, trật tự, trong đó 5 tin có giá trị. "
        "Chia theo lĩnh vực: tội phạm 12 tin, chưa phân loại 2 tin.",
        "Hòa giải ở cơ sở: không phát sinh trong kỳ.",
        "Gọi hỏi, răn đe 68 lượt; xử lý 11 vụ việc.",
        "Tổ chức 2 cuộc Ngày hội Toàn dân bảo vệ an ninh Tổ quốc, trong đó 1 cuộc bằng hình thức khác "
        "(truyền thanh, pa nô, tặng quà).",
        "Nhân ngày hội đã tặng 20 suất quà trị giá 6.000.000 đồng.",
        "Tổ chức 5 diễn đàn lắng nghe ý kiến nhân dân; tiếp nhận 12 ý kiến, "
        "trong đó đã trả lời, giải quyết 9, chưa giải quyết 3.",
    ]

"""Sentences on each group of figures, said only where something happened. Lines are those of the table."""

from datetime import date

from portal.ui.numbers import change, day, number

SPOKEN_PREFIXES = ("media_", "commitment", "training_", "tips_", "patrol", "outreach_", "festival", "forum")
MEDIA = (
    ("media_banners", "treo, dựng {} băng zôn, khẩu hiệu, pa nô, áp phích"),
    ("media_articles", "đăng, phát {} tin, bài, phóng sự"),
    ("media_documents", "phát hành {} tài liệu, tờ rơi"),
    ("media_broadcasts", "phát thanh {} lượt"),
    ("media_posts", "đăng {} bài trên mạng xã hội, nhóm Zalo"),
    ("media_others", "làm {} sản phẩm tuyên truyền khác"),
)
OUTREACH = (
    ("outreach_warned", "gọi hỏi, răn đe {} lượt"),
    ("outreach_handled", "xử lý {} vụ việc"),
    ("outreach_educated", "cảm hóa, giáo dục tại cộng đồng {} lượt người"),
    ("outreach_aftercare", "quản lý, giúp đỡ {} lượt người sau cai nghiện"),
    ("outreach_reintegrated", "giúp đỡ {} lượt người tái hòa nhập cộng đồng"),
)
CATEGORIES = (
    ("tips_political_security", "an ninh chính trị {} tin"),
    ("tips_crime", "tội phạm {} tin"),
    ("tips_social_vice", "tệ nạn xã hội {} tin"),
    ("tips_other", "lĩnh vực khác {} tin"),
    ("tips_unclassified", "chưa phân loại {} tin"),
)
SIGNERS = (
    ("commitments_households", "hộ gia đình {} bản"),
    ("commitments_schools", "nhà trường, học sinh {} bản"),
    ("commitments_agencies", "cơ quan, doanh nghiệp {} bản"),
)
OPINIONS = (
    ("forum_answered", "đã trả lời, giải quyết {}"),
    ("forum_passed_on", "chuyển cơ quan khác {}"),
    ("forum_pending", "chưa giải quyết {}"),
)
MODELS = (
    ("models", "{} mô hình"),
    ("model_types", "thuộc {} loại"),
    ("model_points", "với {} điểm"),
    ("model_communes", "hoạt động tại {} xã, phường, đặc khu"),
    ("model_areas", "ở {} khu dân cư"),
)
FESTIVALS = (
    ("festivals_security", "{} cuộc Ngày hội Toàn dân bảo vệ an ninh Tổ quốc"),
    ("festivals_unity", "{} cuộc Ngày hội Đại đoàn kết toàn dân tộc"),
)
ADAPTED = (("festivals_adapted", "{} cuộc bằng hình thức khác (truyền thanh, pa nô, tặng quà)"),)


def amount(line: dict) -> str:
    """ "12 buổi"."""
    return f"{number(line['current'])} {line['measure_unit']}"


def against(line: dict) -> str:
    """ ", tăng 9 buổi (+300%) so với cùng kỳ"; nothing where there is nothing to compare with."""
    if line["same_period"] is None:
        return ""
    if line["current"] == line["same_period"]:
        return ", bằng cùng kỳ"
    return f", {change(line['current'], line['same_period'], line['measure_unit'])} so với cùng kỳ"


def is_spoken(slug: str) -> bool:
    """Whether one of the sentences here says the figure."""
    return slug.startswith(SPOKEN_PREFIXES)


def on_awareness(lines: dict) -> list[str]:
    """What goes with sessions: media, commitments, training. `lines`: by indicator."""
    return _said(_sentence(_listed(lines, MEDIA)), _commitments(lines), _training(lines))


def on_tips(lines: dict) -> list[str]:
    received = _count(lines, "tips_received")
    if not received:
        return []
    text = f"Tiếp nhận {number(received)} nguồn tin về an ninh, trật tự{against(lines['tips_received'])}"
    valuable = _count(lines, "tips_valuable")
    text += f", trong đó {number(valuable)} tin có giá trị" if valuable else ""
    return [f"{text}. Chia theo lĩnh vực: {', '.join(_listed(lines, CATEGORIES))}."]


def on_other_work(lines: dict) -> list[str]:
    """Patrols, outreach, festivals, forums."""
    return _said(_patrols(lines), _sentence(_listed(lines, OUTREACH)), *_festivals(lines), _forums(lines))


def on_standing(lines: list[dict]) -> str:
    """ "Đến hết ngày 14/11/2026 có 12 mô hình thuộc 5 loại, …"; what is zero or not known is not said."""
    standing = {line["indicator"]: line for line in lines if line.get("as_of")}
    said = _listed(standing, MODELS)
    said = [f"có {', '.join(said)}"] if said else []
    for line in standing.values():
        if line["rate"] and line["rate"][1]:
            met, eligible = line["rate"]
            share = number(round(met * 100 / eligible, 2))
            part = f"{number(met)}/{number(eligible)} ({share}%)"
            said.append(f"{line['name'][:1].lower()}{line['name'][1:]}: {part}")
    if not said:
        return ""
    as_of = date.fromisoformat(next(iter(standing.values()))["as_of"])
    return f"Đến hết ngày {day(as_of)}, {'; '.join(said)}."


def _commitments(lines) -> str:
    drives, signed = _count(lines, "commitment_drives"), _count(lines, "commitments_signed")
    if not drives and not signed:
        return ""
    text = f"Tổ chức {number(drives)} đợt ký cam kết với {number(signed)} bản đã ký"
    text += against(lines["commitments_signed"])
    return _with_parts(text, lines, SIGNERS)


def _training(lines) -> str:
    classes = _count(lines, "training_classes")
    if not classes:
        return ""
    text, core = f"Mở {number(classes)} lớp tập huấn", _count(lines, "training_core")
    if trainees := _count(lines, "training_trainees"):
        text += f" cho {number(trainees)} lượt người"
    text += against(lines["training_classes"])
    return f"{text}; lực lượng nòng cốt {number(core)} lượt người." if core else f"{text}."


def _patrols(lines) -> str:
    shifts = _count(lines, "patrols")
    if not shifts:
        return ""
    text = f"Tổ chức {number(shifts)} ca tuần tra, canh gác"
    if turnouts := _count(lines, "patrol_turnouts"):
        text += f" với {number(turnouts)} lượt người tham gia"
    text += against(lines["patrols"])
    return _with_parts(text, lines, (("patrols_bordering", "{} ca tại địa bàn giáp ranh"),))


def _festivals(lines) -> list[str]:
    held, said = _listed(lines, FESTIVALS), []
    if held:
        text = f"Tổ chức {' và '.join(held)}"
        if people := _count(lines, "festival_attendances"):
            text += f" với {number(people)} lượt người tham dự"
        said.append(_with_parts(text, lines, ADAPTED))
    gifts, value = _count(lines, "festival_gifts"), _count(lines, "festival_gift_value")
    if gifts or value:
        given = f" {number(gifts)} suất" if gifts else ""
        worth = f" trị giá {number(value)} đồng" if value else ""
        said.append(f"Nhân ngày hội đã tặng{given} quà{worth}.")
    return said


def _forums(lines) -> str:
    forums, opinions = _count(lines, "forums"), _count(lines, "forum_opinions")
    if not forums:
        return ""
    text = f"Tổ chức {number(forums)} diễn đàn lắng nghe ý kiến nhân dân"
    if people := _count(lines, "forum_attendances"):
        text += f" với {number(people)} lượt người tham dự"
    text += against(lines["forums"])
    if not opinions:
        return f"{text}."
    return _with_parts(f"{text}; tiếp nhận {number(opinions)} ý kiến", lines, OPINIONS)


def _with_parts(text: str, lines, phrases) -> str:
    parts = _listed(lines, phrases)
    return f"{text}, trong đó {', '.join(parts)}." if parts else f"{text}."


def _listed(lines, phrases) -> list[str]:
    found = ((phrase, _count(lines, slug)) for slug, phrase in phrases)
    return [phrase.format(number(count)) for phrase, count in found if count]


def _count(lines, slug: str) -> int:
    return lines[slug]["current"] if slug in lines else 0


def _sentence(parts: list[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _said(*sentences: str) -> list[str]:
    return [sentence for sentence in sentences if sentence]

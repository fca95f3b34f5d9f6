"""The steps that the police desk takes with a tip, as a table: who may, when, by which form, what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.access.permissions import Permission
from programs.tips import handling, keeping, opening, sessions
from programs.tips.desk import forms
from programs.tips.models import Tip
from programs.tips.states import State


@dataclass(frozen=True)
class Step:
    """`name`: of the address; `possible(tip)`; `act(tip=, by=, **form.said())`; `done`: said afterwards.
    `leaves`: the desk may not see the tip any more."""

    name: str
    path: str
    label: str
    form: type
    act: Callable
    done: str
    possible: Callable[[Tip], bool]
    permission: Permission = Permission.TIP_HANDLE
    note: str = ""
    leaves: bool = False


def _unverified(tip: Tip) -> bool:
    return tip.state in handling.UNVERIFIED


def _has_contact(tip: Tip) -> bool:
    return hasattr(tip, "contact") and not tip.openings.filter(decided_by__isnull=True).exists()


STEPS = (
    Step(
        "triage",
        "phan-loai/",
        "Phân loại, bắt đầu kiểm tra",
        forms.TriageForm,
        handling.triage,
        "Đã phân loại. Người cung cấp thấy nguồn tin đang được kiểm tra.",
        _unverified,
        note="Thời hạn tính từ ngày nhận, theo loại nguồn tin.",
    ),
    Step(
        "ask",
        "hoi/",
        "Hỏi thêm người cung cấp",
        forms.AskForm,
        lambda *, tip, by, text, token, **rest: handling.ask(tip=tip, text=text, token=token, by=by),
        "Đã gửi câu hỏi.",
        lambda tip: tip.is_open,
    ),
    Step(
        "hand_over",
        "chuyen-co-quan/",
        "Chuyển cơ quan có thẩm quyền",
        forms.HandOverForm,
        handling.hand_over,
        "Đã ghi việc chuyển cơ quan có thẩm quyền.",
        _unverified,
        note="Ghi sau khi cơ quan nhận đã cấp số tiếp nhận. Người cung cấp đọc được cơ quan, số và ngày này.",
    ),
    Step(
        "pass_on",
        "chuyen-don-vi/",
        "Chuyển Công an đơn vị khác",
        forms.PassOnForm,
        handling.pass_on,
        "Đã chuyển đơn vị khác.",
        _unverified,
        leaves=True,
    ),
    Step(
        "pass_up",
        "chuyen-len/",
        "Chuyển lên Công an tỉnh",
        forms.PassUpForm,
        handling.pass_up,
        "Đã chuyển Công an tỉnh.",
        lambda tip: (
            _unverified(tip) and tip.handling_unit.today_province_id not in (None, tip.handling_unit_id)
        ),
        note="Chuyển xong, đơn vị không còn xem được nguồn tin.",
        leaves=True,
    ),
    Step(
        "merge",
        "gop/",
        "Gộp nguồn tin trùng",
        forms.MergeForm,
        handling.merge,
        "Đã gộp.",
        _unverified,
    ),
    Step(
        "link_session",
        "gan-buoi/",
        "Gắn với buổi tuyên truyền",
        forms.SessionForm,
        sessions.link_session,
        "Đã gắn. Nguồn tin được tính ở buổi tuyên truyền.",
        lambda tip: tip.session_id is None and tip.state != State.MERGED,
    ),
    Step(
        "unlink_session",
        "bo-gan-buoi/",
        "Bỏ gắn với buổi tuyên truyền",
        forms.PlainForm,
        sessions.unlink_session,
        "Đã bỏ gắn. Nguồn tin được tính riêng.",
        lambda tip: tip.session_id is not None,
    ),
    Step(
        "close",
        "ket-thuc/",
        "Kết thúc, ghi kết quả",
        forms.CloseForm,
        handling.close,
        "Đã kết thúc.",
        lambda tip: tip.state in (State.CHECKING, State.HANDED_OVER),
        note="Hết thời hạn lưu của kết quả này, nội dung và tệp tự xóa; chỉ còn số để thống kê.",
    ),
    Step(
        "ask_opening",
        "lien-he/",
        "Đề nghị mở thông tin liên hệ",
        forms.OpeningForm,
        lambda *, tip, by, reason, **rest: opening.ask_opening(tip=tip, reason=reason, by=by),
        "Đã gửi đề nghị. Lãnh đạo khác duyệt thì mới mở được.",
        _has_contact,
        note="Họ tên, cách liên hệ được niêm phong. Người cung cấp thấy việc mở, lý do và vai trò người mở.",
    ),
    Step(
        "hold",
        "giu/",
        "Giữ lại, không xóa",
        forms.HoldForm,
        keeping.hold,
        "Đã giữ lại.",
        lambda tip: not tip.held and tip.merged_into_id is None,
        permission=Permission.TIP_APPROVE,
    ),
    Step(
        "release",
        "bo-giu/",
        "Bỏ giữ lại",
        forms.PlainForm,
        keeping.release,
        "Đã bỏ giữ lại.",
        lambda tip: tip.held and tip.merged_into_id is None,
        permission=Permission.TIP_APPROVE,
        note="Nguồn tin đã hết thời hạn lưu sẽ bị xóa trong đêm.",
    ),
)

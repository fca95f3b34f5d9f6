"""Words for a tip: what it is about, how it came, what becomes of it, and what may follow what."""

from django.db.models import TextChoices


class Category(TextChoices):
    POLITICAL_SECURITY = "political_security", "An ninh chính trị"
    CRIME = "crime", "Tội phạm"
    SOCIAL_VICE = "social_vice", "Tệ nạn xã hội"
    OTHER = "other", "Nội dung khác"


# The same in the words of those who do not write reports.
PLAIN = {
    Category.POLITICAL_SECURITY: "An ninh chính trị: chống phá, kích động, tuyên truyền sai trái, gián điệp",
    Category.CRIME: "Tội phạm: trộm cắp, lừa đảo, đánh người, ma túy, mua bán người, cho vay nặng lãi…",
    Category.SOCIAL_VICE: "Tệ nạn xã hội: cờ bạc, mại dâm, sử dụng ma túy",
    Category.OTHER: "Việc khác về an ninh, trật tự: gây rối, pháo, giao thông, cháy nổ…",
}


class Channel(TextChoices):
    WEB = "web", "Người dân gửi qua cổng"
    IN_PERSON = "in_person", "Đến trình bày trực tiếp"
    PHONE = "phone", "Gọi điện thoại"


class HalfDay(TextChoices):
    MORNING = "am", "buổi sáng"
    AFTERNOON = "pm", "buổi chiều, tối"


class State(TextChoices):
    RECEIVED = "received", "Đã tiếp nhận"
    CHECKING = "checking", "Đang kiểm tra, xác minh"
    HANDED_OVER = "handed_over", "Đã chuyển cơ quan có thẩm quyền"
    CLOSED = "closed", "Đã kết thúc"
    MERGED = "merged", "Đã gộp với thông tin khác"


class Outcome(TextChoices):
    VALUABLE = "valuable", "Nguồn tin có giá trị"
    ASSISTED = "assisted", "Giúp giải quyết vụ việc"
    NOT_VERIFIED = "not_verified", "Chưa xác minh được"
    OTHER_PROCEDURE = "other_procedure", "Hướng dẫn theo thủ tục khác"


VALUABLE = (Outcome.VALUABLE, Outcome.ASSISTED)
NEXT: dict[State, tuple[State, ...]] = {
    State.RECEIVED: (State.CHECKING, State.HANDED_OVER, State.MERGED),
    State.CHECKING: (State.HANDED_OVER, State.CLOSED, State.MERGED),
    State.HANDED_OVER: (State.CLOSED,),
    State.CLOSED: (),
    State.MERGED: (),
}
OPEN = (State.RECEIVED, State.CHECKING, State.HANDED_OVER)


class Verb(TextChoices):
    """What the sender may read in the course of a tip."""

    RECEIVED = "received", "Tiếp nhận"
    TAKEN_UP = "taken_up", "Bắt đầu kiểm tra"
    ASKED = "asked", "Hỏi thêm"
    ANSWERED = "answered", "Người cung cấp trả lời"
    PASSED_ON = "passed_on", "Chuyển đơn vị khác giải quyết"
    HANDED_OVER = "handed_over", "Chuyển cơ quan có thẩm quyền"
    MERGED = "merged", "Gộp với thông tin khác cùng nội dung"
    CLOSED = "closed", "Kết thúc"
    OPENING_ASKED = "opening_asked", "Đề nghị mở thông tin liên hệ"
    OPENING_APPROVED = "opening_approved", "Đồng ý mở thông tin liên hệ"
    OPENING_REFUSED = "opening_refused", "Không đồng ý mở thông tin liên hệ"
    CONTACT_OPENED = "contact_opened", "Đã mở thông tin liên hệ"
    HELD = "held", "Tạm dừng việc xóa"
    RELEASED = "released", "Bỏ tạm dừng việc xóa"
    NEW_CODE = "new_code", "Người cung cấp nhận mã riêng"

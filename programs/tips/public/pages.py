"""Answers of the pages for senders: rendered without the request, so without its user, session or cookie."""

from django.http import HttpResponse
from django.template.loader import render_to_string

OK, REFUSED, TOO_OFTEN, NOT_NOW = 200, 422, 429, 503
EXPIRED = (
    "Trang để quá lâu hoặc đã hỏng nên không đọc lại được. Chưa có gì được gửi. Ông/bà điền lại giúp; "
    "nếu đã ghi mã thì xem ở trang Theo dõi."
)
BUSY = (
    "Trong một giờ qua có quá nhiều lượt từ mạng này. Nội dung vẫn giữ trên trang: đợi ít phút rồi bấm lại. "
    "Khẩn cấp gọi ngay 113."
)
NOT_STORED = (
    "Máy chủ chưa lưu được, chưa có gì được gửi. Nội dung vẫn giữ trên trang: đợi ít phút rồi bấm lại. "
    "Khẩn cấp gọi ngay 113."
)
STATUS_OF = {BUSY: TOO_OFTEN, NOT_STORED: NOT_NOW}


def page(template: str, context: dict, status: int = OK) -> HttpResponse:
    return HttpResponse(render_to_string(f"tips/public/{template}.html", context), status=status)


def refusal(form, problem: str = "") -> int:
    """The status of a page that comes back with something to do."""
    return STATUS_OF.get(problem, REFUSED if problem or form.errors else OK)

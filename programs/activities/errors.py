"""What can go wrong when the log is written. `message` is Vietnamese, for the page."""


class LogError(Exception):
    """The write was refused; nothing was written."""

    message = "Không ghi được hoạt động."

    def __init__(self, message: str = ""):
        self.message = message or self.message
        super().__init__(self.message)


class TokenReused(LogError):
    """The form was sent before, with other content. `activity` is what was recorded then."""

    message = "Biểu mẫu này đã được gửi với nội dung khác. Hãy mở lại trang nhập để ghi hoạt động mới."

    def __init__(self, activity):
        self.activity = activity
        super().__init__()


class EditConflict(LogError):
    """Somebody else changed it meanwhile. `current` is the row as it is now, `values` its fields."""

    message = "Hoạt động này vừa được người khác sửa. Hãy xem lại số liệu hiện tại trước khi lưu."

    def __init__(self, current):
        self.current = current
        self.values = {field.name: getattr(current, field.name) for field in current._meta.fields}
        super().__init__()


class ActivityDeleted(LogError):
    """A deleted activity is restored first, then changed."""

    message = "Hoạt động này đã bị xóa. Hãy khôi phục trước khi sửa."

"""What can go wrong when something of a programme is written. `message` is Vietnamese, for the page."""


class PlanError(Exception):
    """The write was refused; nothing was written."""

    def __init__(self, message: str):
        self.message = message
        super().__init__(message)


class Overtaken(PlanError):
    """Somebody else saved the row meanwhile. `current` is the row as it is now."""

    def __init__(self, current):
        self.current = current
        super().__init__(
            "Bản ghi vừa được người khác sửa. Nội dung đang nhập vẫn còn dưới đây: đối chiếu rồi lưu lần nữa."
        )


# What the database refuses, by the constraint that it names.
REFUSALS = {
    "row_in_reach_of_its_programme": "Chương trình này không áp dụng cho đơn vị đã chọn.",
    "evidence_of_the_plans_unit": "Có hoạt động không thuộc đơn vị của kế hoạch hoặc đã bị xóa khỏi sổ.",
    "task_done_not_in_future": "Ngày hoàn thành không được ở tương lai.",
    "programme_level_is_units": "Cấp của chương trình phải là cấp của đơn vị ban hành.",
    "programme_parent_is_above": "Chương trình được cụ thể hóa phải thuộc cấp cao hơn.",
}
UNKNOWN = "Cơ sở dữ liệu không nhận nội dung này. Kiểm tra lại các mục đã nhập rồi lưu lần nữa."


def refusal_of(error, *models) -> str:
    """The Vietnamese words of a DatabaseError about data; raises it again when it is about anything else."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if not state.startswith(("22", "23")):
        raise error
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    if name in REFUSALS:
        return REFUSALS[name]
    own = [one for model in models for one in model._meta.constraints if one.name == name]
    said = own and own[0].violation_error_message
    return said if own and said != own[0].default_violation_error_message else UNKNOWN

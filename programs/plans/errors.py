"""What can go wrong when something of a programme is written. `message` is Vietnamese, for the page."""

from portal.refusals import OVERTAKEN


class PlanError(Exception):
    """The write was refused; nothing was written."""

    def __init__(self, message: str):
        self.message = message
        super().__init__(message)


class Overtaken(PlanError):
    """Somebody else saved the row meanwhile. `current` is the row as it is now."""

    def __init__(self, current):
        self.current = current
        super().__init__(OVERTAKEN)


# What the database refuses, by the constraint that it names.
REFUSALS = {
    "row_in_reach_of_its_programme": "Chương trình này không áp dụng cho đơn vị đã chọn.",
    "evidence_of_the_plans_unit": "Có hoạt động không thuộc đơn vị của kế hoạch hoặc đã bị xóa khỏi sổ.",
    "task_done_not_in_future": "Ngày hoàn thành không được ở tương lai.",
    "programme_level_is_units": "Cấp của chương trình phải là cấp của đơn vị ban hành.",
    "programme_parent_is_above": "Chương trình được cụ thể hóa phải thuộc cấp cao hơn.",
}

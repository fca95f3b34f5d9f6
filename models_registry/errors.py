"""What can go wrong when the registry is written. `message` is Vietnamese, for the page."""

from portal.refusals import OVERTAKEN


class RegistryError(Exception):
    """The write was refused; nothing was written."""

    def __init__(self, message: str):
        self.message = message
        super().__init__(message)


class Overtaken(RegistryError):
    """Somebody else saved the row meanwhile. `current` is the row as it is now."""

    def __init__(self, current):
        self.current = current
        super().__init__(OVERTAKEN)


class SubjectsChanged(RegistryError):
    """Of the subjects that were to be decided together some were changed or taken out meanwhile."""

    def __init__(self, subjects: list):
        self.subjects = subjects
        names, more = ", ".join(str(each.subject) for each in subjects[:10]), len(subjects) - 10
        names += f" và {more} đối tượng khác" if more > 0 else ""
        super().__init__(
            f"Chưa ghi kết quả nào. Vừa được người khác sửa hoặc đã có kết quả: {names}. "
            "Xem lại danh sách rồi lưu lần nữa."
        )


# What the database refuses, by the constraint that it names.
REFUSALS = {
    "step_not_in_future": "Bước của mô hình không được ở tương lai.",
    "step_after_the_last": "Bước mới phải sau bước gần nhất ít nhất một ngày.",
    "step_one_a_day": "Bước mới phải sau bước gần nhất ít nhất một ngày.",
    "step_follows": "Trạng thái này không đi tiếp được từ trạng thái hiện tại của mô hình.",
    "step_unit_of_that_day": "Vào ngày bắt đầu, chưa có hoặc không còn đơn vị chủ trì. Chọn đơn vị ngày đó.",
    "copy_after_its_source": "Mô hình nhân rộng không thể bắt đầu trước mô hình gốc.",
    "only_the_last_step_is_undone": "Chỉ hoàn tác được bước gần nhất; bước đầu tiên thì gỡ cả mô hình.",
    "model_type_in_reach": "Loại mô hình này thuộc tỉnh, thành phố khác.",
    "model_unit_is_commune": "Mô hình do một xã, phường, đặc khu chủ trì.",
    "owner_is_another_commune": "Đơn vị cùng thực hiện phải là xã, phường, đặc khu khác đơn vị chủ trì.",
    "model_area_of_an_owner": "Có khu dân cư không thuộc đơn vị thực hiện mô hình.",
    "certification_area_of_the_commune": "Khu dân cư không thuộc đơn vị này.",
    "holding_not_in_future": "Ngày không được ở tương lai.",
    "type_merged_into_standing": "Chỉ gộp vào loại chưa bị gộp, của cả nước hoặc cùng tỉnh.",
    "type_merged_last": "Có loại khác đã gộp vào loại này: chuyển các loại đó trước.",
}

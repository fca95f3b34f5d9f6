"""What PostgreSQL refused, in the words that a page can show."""

UNKNOWN = "Cơ sở dữ liệu không nhận nội dung này. Kiểm tra lại các mục đã nhập rồi lưu lần nữa."
OVERTAKEN = "Bản ghi vừa được người khác sửa. Nội dung đang nhập vẫn còn dưới đây: đối chiếu rồi lưu lần nữa."


def sqlstate(error) -> str:
    """The SQLSTATE behind a DatabaseError of Django, "" where there is none."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def constraint_of(error) -> str:
    """The constraint that a refusal names; triggers name one as well. "" where there is none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def words_of(constraint: str, *models) -> str:
    """What one of the models says about a constraint of its own, else that something was wrong."""
    own = next((one for model in models for one in model._meta.constraints if one.name == constraint), None)
    said = getattr(own, "violation_error_message", None)
    return said if said and said != own.default_violation_error_message else UNKNOWN


def refusal_of(error, refusals: dict[str, str], *models) -> str:
    """The Vietnamese words of a DatabaseError about data; raises it again when it is about anything else.

    `refusals`: the words by constraint, for what triggers refuse; a model's own constraints speak themselves.
    """
    if not sqlstate(error).startswith(("22", "23")):
        raise error
    name = constraint_of(error)
    return refusals.get(name) or words_of(name, *models)

"""The rules for passwords, said in Vietnamese (Django's own texts are translated only in part)."""

from django.contrib.auth import password_validation as stock


class LongEnough(stock.MinimumLengthValidator):
    def get_error_message(self):
        return f"Mật khẩu quá ngắn, phải có ít nhất {self.min_length} ký tự."

    def get_help_text(self):
        return f"Ít nhất {self.min_length} ký tự; có thể dùng cả câu, có dấu và khoảng trắng."


class NotAboutOneself(stock.UserAttributeSimilarityValidator):
    """Not like the username, the name or the address."""

    def __init__(self):
        super().__init__(user_attributes=("username", "full_name", "email"))

    def get_error_message(self):
        return "Mật khẩu quá giống tên đăng nhập, họ tên hoặc thư điện tử."

    def get_help_text(self):
        return "Không giống tên đăng nhập, họ tên hoặc thư điện tử của mình."


class NotCommon(stock.CommonPasswordValidator):
    def get_error_message(self):
        return "Mật khẩu này quá phổ biến, rất dễ đoán."

    def get_help_text(self):
        return "Không phải mật khẩu phổ biến, dễ đoán."


class NotOnlyDigits(stock.NumericPasswordValidator):
    def get_error_message(self):
        return "Mật khẩu không được chỉ gồm chữ số."

    def get_help_text(self):
        return "Không chỉ gồm chữ số."

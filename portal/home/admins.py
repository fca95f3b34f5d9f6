"""What administrators find on "Việc cần làm"."""

from portal.home.parts import register_part


def register() -> None:
    """Called once, when the application starts."""
    register_part("home/_admin.html", admin_context, place="side", order=30)


def admin_context(request) -> dict | None:
    """The way to the admin site, for those who may open it."""
    return {} if request.user.is_staff else None

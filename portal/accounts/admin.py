"""Accounts in the admin site: create, disable, move, reset. Writes: actions.py, scopes: managing.py."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from portal.accounts import actions, second_factor
from portal.accounts.admin_forms import (
    AccountForm,
    DelegationForm,
    EndForm,
    MoveForm,
    PostingForm,
    PostingFormSet,
)
from portal.accounts.managing import managed_accounts, managed_delegations, managed_postings, may_manage
from portal.accounts.models import Delegation, Posting, User


class NeverDeleted:
    """Accounts and postings end, they are not deleted: what they signed stays theirs."""

    def has_delete_permission(self, request, obj=None):
        return False


class PostingInline(NeverDeleted, admin.StackedInline):
    """Postings that exist are read here and moved on their own page; new ones are added."""

    model = Posting
    form = PostingForm
    formset = PostingFormSet
    extra = 0
    min_num = 0
    verbose_name = "vị trí công tác"
    verbose_name_plural = "vị trí công tác"

    def has_change_permission(self, request, obj=None):
        return False

    def get_formset(self, request, obj=None, **kwargs):
        kwargs["form"] = type("OwnPostingForm", (PostingForm,), {"by": request.user})
        return super().get_formset(request, obj, **kwargs)

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


@admin.register(User)
class UserAdmin(NeverDeleted, admin.ModelAdmin):
    about = (
        "Mỗi người một tài khoản, không dùng chung. Lập xong, hệ thống cấp mật khẩu dùng một lần, chỉ "
        "hiện một lần. Người nghỉ, chuyển đi thì ngừng hoạt động hoặc kết thúc vị trí công tác, không "
        "xóa."
    )
    form = AccountForm
    inlines = [PostingInline]
    list_display = ["full_name", "username", "serves", "is_active", "last_login"]
    list_filter = ["is_active", "must_change_password", "postings__role", "postings__side"]
    list_per_page = 50
    search_fields = ["search_key"]
    search_help_text = "Họ tên hoặc tên đăng nhập, có dấu hoặc không dấu."
    readonly_fields = [
        "is_active",
        "must_change_password",
        "second_step",
        "last_login",
        "password_changed_at",
        "created_at",
    ]
    change_form_template = "admin/accounts/user/change_form.html"

    @admin.display(description="xác thực hai bước", boolean=True)
    def second_step(self, user):
        return second_factor.device_of(user) is not None

    @admin.display(description="đang giữ vị trí")
    def serves(self, user):
        return "; ".join(str(p) for p in user.postings.all() if p.holds_on(timezone.localdate())) or None

    def get_queryset(self, request):
        """Accounts outside the administrator's province do not exist here."""
        return managed_accounts(request.user).prefetch_related("postings__unit")

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def get_fields(self, request, obj=None):
        return ["username", "full_name", "email", *(self.readonly_fields if obj else [])]

    def save_model(self, request, obj, form, change):
        """A new account gets a one-time password, shown once by response_add."""
        if not change:
            request.one_time_password = actions.issue_password(obj)
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self._show_password(request, obj, request.one_time_password)

    def get_urls(self):
        verbs = {
            "mat-khau": self.reset_password,
            "ngung-hoat-dong": self.disable,
            "hoat-dong-lai": self.enable,
            "xac-thuc-hai-buoc": self.reset_second_step,
        }
        own = [
            path(
                f"<int:pk>/{slug}/",
                self.admin_site.admin_view(view),
                name=f"accounts_user_{view.__name__}",
            )
            for slug, view in verbs.items()
        ]
        return own + super().get_urls()

    def reset_password(self, request, pk):
        user = self._managed_or_404(request, pk)
        if request.method == "POST":
            return self._show_password(request, user, actions.reset_password(user=user, by=request.user))
        return self._ask(
            request,
            user,
            "Cấp lại mật khẩu",
            "Mật khẩu đang dùng sẽ hết hiệu lực và mọi phiên đăng nhập của tài khoản kết thúc ngay.",
        )

    def disable(self, request, pk):
        user = self._managed_or_404(request, pk)
        if user == request.user:
            raise PermissionDenied("Không tự ngừng tài khoản của mình.")
        if request.method == "POST":
            actions.disable_account(user=user, by=request.user)
            return self._done(request, user, "Đã ngừng hoạt động tài khoản")
        return self._ask(
            request,
            user,
            "Ngừng hoạt động tài khoản",
            "Mọi phiên đăng nhập của tài khoản kết thúc ngay. Số liệu, xác nhận đã có vẫn giữ nguyên.",
        )

    def enable(self, request, pk):
        user = self._managed_or_404(request, pk)
        if request.method == "POST":
            actions.enable_account(user=user, by=request.user)
            return self._done(request, user, "Đã cho tài khoản hoạt động lại")
        return self._ask(
            request, user, "Cho tài khoản hoạt động lại", "Người này đăng nhập được bằng mật khẩu đang có."
        )

    def reset_second_step(self, request, pk):
        user = self._managed_or_404(request, pk)
        if user == request.user:
            raise PermissionDenied("Không tự gỡ xác thực hai bước của mình ở đây.")
        if request.method == "POST":
            second_factor.reset(user=user, by=request.user)
            return self._done(request, user, "Đã gỡ xác thực hai bước của tài khoản")
        return self._ask(
            request,
            user,
            "Gỡ xác thực hai bước",
            "Dùng khi người này mất điện thoại và mã dự phòng. Gặp hoặc gọi đúng người trước khi gỡ. "
            "Mọi phiên đăng nhập của tài khoản kết thúc ngay.",
        )

    def _managed_or_404(self, request, pk):
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(managed_accounts(request.user), pk=pk)

    def _ask(self, request, user, title, text):
        context = self._context(request, user, title) | {"text": text}
        return TemplateResponse(request, "admin/accounts/user/confirm.html", context)

    def _show_password(self, request, user, password):
        context = self._context(request, user, "Mật khẩu cấp một lần") | {"password": password}
        response = TemplateResponse(request, "admin/accounts/user/password.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def _done(self, request, user, said):
        self.log_change(request, user, said)
        self.message_user(request, f"{said} {user.username}.", messages.SUCCESS)
        return redirect("admin:accounts_user_change", user.pk)

    def _context(self, request, user, title):
        return {**self.admin_site.each_context(request), "opts": self.opts, "account": user, "title": title}


@admin.register(Posting)
class PostingAdmin(NeverDeleted, admin.ModelAdmin):
    """All postings, to look through; a posting is given on its account's page and moved on the pages here."""

    about = (
        "Ai đang giữ vị trí nào, ở đơn vị nào, phía Công an hay Mặt trận. Thêm vị trí ở trang của tài "
        "khoản; chuyển, kết thúc ở trang của vị trí."
    )
    list_display = ["user", "unit", "side", "role", "title", "starts_on", "ends_on"]
    list_filter = ["role", "side"]
    list_select_related = ["user", "unit"]
    list_per_page = 50
    search_fields = ["user__search_key", "unit__search_key"]
    search_help_text = "Người hoặc đơn vị, có dấu hoặc không dấu."
    change_form_template = "admin/accounts/posting/change_form.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return managed_postings(request.user)

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def get_urls(self):
        own = [
            path("<int:pk>/chuyen/", self.admin_site.admin_view(self.move), name="accounts_posting_move"),
            path("<int:pk>/ket-thuc/", self.admin_site.admin_view(self.end), name="accounts_posting_end"),
        ]
        return own + super().get_urls()

    def move(self, request, pk):
        posting = self._managed_or_404(request, pk)
        form_class = type("OwnMoveForm", (MoveForm,), {"by": request.user})
        form = form_class(
            request.POST or None, instance=Posting(user=posting.user), initial=_carried(posting)
        )
        if request.method == "POST" and form.is_valid():
            try:
                actions.move_posting(posting=posting, by=request.user, **form.cleaned_data)
                return self._done(request, posting, "Đã chuyển vị trí công tác")
            except ValidationError as refused:
                form.add_error(None, refused.messages)
        return self._page(request, posting, form, "Chuyển vị trí công tác")

    def end(self, request, pk):
        posting = self._managed_or_404(request, pk)
        form = EndForm(request.POST or None, posting=posting)
        if request.method == "POST" and form.is_valid():
            actions.end_posting(posting=posting, by=request.user, **form.cleaned_data)
            return self._done(request, posting, "Đã kết thúc vị trí công tác")
        return self._page(request, posting, form, "Kết thúc vị trí công tác")

    def _managed_or_404(self, request, pk):
        if not request.user.has_perm("accounts.change_posting"):
            raise PermissionDenied
        posting = get_object_or_404(managed_postings(request.user).select_related("user", "unit"), pk=pk)
        if not may_manage(request.user, posting.user):
            raise PermissionDenied
        return posting

    def _page(self, request, posting, form, title):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "posting": posting,
            "form": form,
            "title": title,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/accounts/posting/form.html", context)

    def _done(self, request, posting, said):
        self.log_change(request, posting, said)
        text = f"{said}. Các phiên đăng nhập của {posting.user.username} đã kết thúc."
        self.message_user(request, text, messages.SUCCESS)
        return redirect(reverse("admin:accounts_user_change", args=[posting.user_id]))


@admin.register(Delegation)
class DelegationAdmin(NeverDeleted, admin.ModelAdmin):
    """A delegation ends by its last day; an earlier one takes it back."""

    about = (
        "Lãnh đạo ủy quyền cho cấp phó xác nhận báo cáo trong thời gian vắng mặt. Muốn thôi trước "
        "hạn, sửa ngày kết thúc."
    )
    form = DelegationForm
    list_display = ["principal", "deputy", "starts_on", "ends_on"]
    list_select_related = ["principal__user", "principal__unit", "deputy"]
    list_per_page = 50
    date_hierarchy = "starts_on"

    def get_queryset(self, request):
        return managed_delegations(request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        own = type("OwnDelegationForm", (DelegationForm,), {"by": request.user})
        return super().get_form(request, obj, change, **kwargs, form=own)


def _carried(posting):
    """What the form starts with: all as it is, from today on."""
    names = ("unit", "side", "role", "title", "is_deputy")
    return {name: getattr(posting, name) for name in names} | {"starts_on": timezone.localdate()}

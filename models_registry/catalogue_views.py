"""The catalogue of types as a province keeps it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from models_registry import actions
from models_registry.forms import PastForm
from models_registry.models import ModelType
from models_registry.saving import saved
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import has, scope_of
from portal.ui.forms import PortalForm, PortalModelForm
from portal.units.models import AdminUnit

PAGE_SIZE = 50
READ, KEEP = Permission.REGISTRY_VIEW, Permission.REGISTRY_CATALOGUE
form_methods = require_http_methods(["GET", "HEAD", "POST"])


class TypeForm(PastForm, PortalModelForm):
    aliases = forms.CharField(
        label="Tên gọi khác",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Mỗi tên một dòng.",
    )

    class Meta:
        model = ModelType
        fields = ["name", "theme", "aliases"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = "\n".join(self.instance.aliases)

    def clean_aliases(self):
        names = [line.strip() for line in self.cleaned_data["aliases"].splitlines()]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError("Mỗi tên không quá 200 ký tự.")
        return list(dict.fromkeys(filter(None, names)))


class MergeForm(PastForm, PortalForm):
    into = forms.ModelChoiceField(ModelType.objects.none(), label="Gộp vào loại")
    reason = forms.CharField(label="Lý do gộp", max_length=300)

    def __init__(self, *args, type, **kwargs):
        super().__init__(*args, **kwargs)
        others = ModelType.objects.standing().for_province(type.province_id).exclude(pk=type.pk)
        self.fields["into"].queryset = others.order_by("name", "pk")


@requires(READ)
@require_safe
def type_list(request):
    """The nation's types and the own province's; merged ones stand below the type that stays."""
    types = ModelType.objects.visible_to(request.user, READ).standing().prefetch_related("merged")
    types = types.select_related("province").annotate(
        entered=Count("models", filter=Q(models__removed_at=None), distinct=True)
    )
    types = types.search(request.GET.get("q", "")[:100])
    page = Paginator(types.order_by("name", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    kept = scope_of(request.user, KEEP)
    context = {"page": page, "may_keep": has(request.user, KEEP), "q": request.GET.get("q", "")[:100]}
    context["kept_provinces"] = kept.provinces | kept.own_provinces
    return render(request, "registry/types.html", context)


@requires(KEEP)
@form_methods
def type_add(request):
    """A new type of the own province."""
    province = AdminUnit.objects.filter(pk__in=scope_of(request.user, KEEP).provinces).order_by("pk").first()
    if province is None:
        raise PermissionDenied
    return _type_page(request, ModelType(province=province), "Thêm loại mô hình")


@requires(KEEP)
@form_methods
def type_edit(request, pk):
    """Name, theme and other names of a type of the own province."""
    return _type_page(request, _kept_or_404(request, pk), "Sửa loại mô hình")


@requires(KEEP)
@form_methods
def type_merge(request, pk):
    """Merge a near-duplicate into the type that stays."""
    kept = _kept_or_404(request, pk)
    form = MergeForm(request.POST or None, type=kept)
    if request.method == "POST" and form.is_valid():
        write = {"type": kept, "by": request.user, **form.cleaned_data}
        if saved(form, lambda: actions.merge_types(**write), ModelType):
            messages.success(request, "Đã gộp. Mô hình cũ giữ tên loại, số liệu đếm vào loại giữ lại.")
            return redirect("registry:types")
    lead = "Mô hình đã nhập giữ nguyên tên loại; số liệu của mọi ngày đếm vào loại giữ lại."
    return _form(request, form, f"Gộp loại “{kept.name}”", lead)


def _type_page(request, instance, title):
    form = TypeForm(request.POST or None, instance=instance)
    sent = request.method == "POST" and form.is_valid()
    if sent and saved(form, lambda: _saved_row(form), ModelType):
        messages.success(request, "Đã lưu loại mô hình.")
        return redirect("registry:types")
    return _form(request, form, title, instance.province.full_name)


@transaction.atomic
def _saved_row(form):
    return form.save()


def _form(request, form, title, lead):
    context = {"form": form, "title": title, "lead": lead, "back": reverse("registry:types")}
    return render(request, "registry/form.html", context)


def _kept_or_404(request, pk):
    return get_object_or_404(ModelType.objects.kept_by(request.user, KEEP).standing(), pk=pk)

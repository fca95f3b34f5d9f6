"""The pages of programmes, and one set of views for whatever is entered under them.

What binds a person is read; what belongs to the own unit is written; all else is 404.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.decorators import requires
from portal.access.scoping import get_visible_or_404, has
from portal.ui.conflicts import conflict_of
from programs.coordination.models import CoordinationProgram
from programs.plans import actions, story
from programs.plans.errors import Overtaken
from programs.plans.filters import ProgrammeFilterForm
from programs.plans.forms import RemovalForm
from programs.plans.programmes.forms import ProgrammeForm
from programs.plans.reach import READ, WRITE
from programs.plans.saving import saved
from programs.plans.things import STORY, THINGS

PAGE_SIZE = 25
RELOAD_EVERY_S = 2
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@requires(READ)
@require_safe
def programme_list(request):
    """The programmes that bind the person, the latest first."""
    filters = ProgrammeFilterForm(request.GET)
    found = CoordinationProgram.objects.within_reach(request.user, READ).with_names()
    found = filters.apply(found).order_by("-starts_on", "number", "pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "may_write": has(request.user, WRITE)}
    return render(request, "plans/programmes.html", context | {"today": timezone.localdate()})


@requires(READ)
@require_safe
def programme(request, pk):
    """The whole story of one programme."""
    found = readable_or_404(CoordinationProgram.objects.with_names(), request.user, pk=pk)
    context = story.story_of(found, request.user)
    response = render(request, "plans/programme.html", context)
    if context["refiling"] and not context["refiling"].is_over:
        response.headers["Refresh"] = str(RELOAD_EVERY_S)
    return response


@requires(READ)
@require_safe
def rows(request, pk, thing):
    """All rows of one thing under a programme."""
    if thing not in STORY:
        raise Http404
    found = readable_or_404(CoordinationProgram.objects.with_names(), request.user, pk=pk)
    section = story.section(THINGS[thing], found, request.user)
    page = Paginator(section.queryset, PAGE_SIZE).get_page(request.GET.get("page"))
    section.fill(page.object_list)
    context = {"programme": found, "section": section, "page": page}
    return render(request, "plans/rows.html", context)


@requires(WRITE)
@form_methods
def add_programme(request):
    """Register a programme of the own level; the same POST again leads to the one that is there."""
    form = ProgrammeForm(request.POST or None, user=request.user, parent=None)
    return _form_page(request, form, "Thêm chương trình phối hợp", place="chuong-trinh", back=None)


@requires(WRITE)
@form_methods
def edit_programme(request, pk):
    """Change a programme; activities are filed anew where its days changed."""
    row = get_visible_or_404(CoordinationProgram.objects.with_names(), request.user, WRITE, pk=pk)
    form = ProgrammeForm(request.POST or None, instance=row, user=request.user, parent=None)
    return _form_page(request, form, "Sửa chương trình phối hợp", place="chuong-trinh", back=row)


@requires(WRITE)
@form_methods
def add(request, thing, pk):
    """Enter a row of a thing under its programme, plan or ceremony."""
    kind = thing_or_404(thing)
    parent = _parent_or_404(kind, request.user, pk)
    given = {"user": request.user, "parent": parent, "instance": kind.new(parent)}
    form = kind.form_class(request.POST or None, request.FILES or None, **given)
    return _form_page(request, form, f"Thêm {kind.name}", place=kind.slug, back=parent)


@requires(WRITE)
@form_methods
def edit(request, thing, pk):
    """Change a row; who was overtaken keeps what was typed and sees both versions."""
    kind = thing_or_404(thing)
    row = get_visible_or_404(kind.queryset(), request.user, WRITE, pk=pk)
    given = {"user": request.user, "parent": kind.parent_of(row), "instance": row}
    form = kind.form_class(request.POST or None, request.FILES or None, **given)
    return _form_page(request, form, f"Sửa {kind.name}", place=kind.slug, back=page_of(kind, row))


@requires(WRITE)
@form_methods
def remove(request, thing, pk):
    """Take out what was entered by mistake, with a reason."""
    kind = thing_or_404(thing)
    row = get_visible_or_404(kind.queryset(), request.user, WRITE, pk=pk)
    back = page_above(kind, row)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_out = actions.remove_row if kind.is_removable else actions.delete_part
        take_out(row=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Đã gỡ {kind.name}. Lịch sử vẫn giữ.")
        return redirect(back)
    title = f"Gỡ {kind.name}: {row}"
    return render(request, "plans/form.html", {"form": form, "title": title, "back": back, "submit": "Gỡ"})


def _form_page(request, form, title, *, place, back):
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            row = saved(form, by=request.user, place=place)
        except Overtaken as overtaken:
            conflict = conflict_of(form, overtaken)
        else:
            if row:
                messages.success(request, "Đã lưu.")
                return redirect(page_of(THINGS.get(place), row, back))
    context = {"form": form, "title": title, "back": back, "conflict": conflict, "submit": "Lưu"}
    return render(request, "plans/form.html", context | {"multipart": form.is_multipart()})


def thing_or_404(slug: str):
    if slug not in THINGS:
        raise Http404
    return THINGS[slug]


def readable_or_404(queryset, user, **lookup):
    """One row among those that bind the person; another commune's is as if it did not exist."""
    return get_object_or_404(queryset.within_reach(user, READ), **lookup)


def _parent_or_404(kind, user, pk):
    """Under a programme that binds the own unit; into a plan or ceremony of the own unit."""
    parents = kind.parents()
    if kind.parent_model is CoordinationProgram and kind.slug != "giai-doan":
        return get_object_or_404(parents.within_reach(user, WRITE), pk=pk)
    return get_visible_or_404(parents, user, WRITE, pk=pk)


def page_of(kind, row, back=None):
    """Where a row is seen: its own page, or that of what it is part of."""
    if hasattr(row, "get_absolute_url"):
        return row
    return (kind and kind.parent_of(row)) or back or "plans:list"


def page_above(kind, row):
    """Where one goes when the row is gone."""
    parent = kind.parent_of(row)
    return parent or row.programmes.first() or "plans:list"

"""A new record from one that is there: what stays the same from one occasion to the next, nothing else.

Dates, counts, outcomes and the narrative belong to the occasion and are left out, files and the client token
too. What a kind leaves out beside that stands in `ActivityForm.not_copied`, what a part takes over in
`FormPart.copied`.
"""

from django import forms
from django.http import Http404, QueryDict

from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404
from portal.ui.numbers import day
from portal.units.text import whole_number
from programs.activities.entering import copied_of_parts
from programs.activities.extensions import Start, register_start
from programs.activities.models import ActivityEntry
from programs.activities.saving import form_class_for

ASKED = "sao"
OF_THE_OCCASION = (forms.DateField, forms.IntegerField, forms.DecimalField)
NOTE = "Chép từ “{}”, ngày {}. Ngày, số lượng, kết quả, ảnh không chép: ghi của hoạt động mới rồi lưu."


def start_as_copy(request, kind, grouped: bool) -> Start | None:
    """The values of a live record of this kind that the person may read; any other is a 404."""
    asked = request.GET.get(ASKED, "")
    if not asked:
        return None
    number = whole_number(asked)
    if number is None:
        raise Http404("Không có bản ghi này.")
    live = ActivityEntry.objects.live().of_kind(kind.slug)
    entry = get_visible_or_404(live, request.user, Permission.LOG_VIEW, pk=number)
    record = entry.activity()
    return Start(_data(kind, record, request.user), NOTE.format(entry.title, day(entry.day)))


def _data(kind, record, user) -> QueryDict:
    form_class = form_class_for(kind, record)
    source = form_class(instance=record, user=user)
    here = record.unit.today_unit_id or record.unit_id
    fresh = form_class(user=user, initial={"unit": here})
    data, copied = QueryDict(mutable=True), _copied_names(fresh)
    for name in fresh.fields:
        data.setlist(name, (source if name in copied else fresh).as_sent(name))
    for name, values in copied_of_parts(kind, source, record, user).items():
        data.setlist(name, values)
    return data


def _copied_names(form) -> set[str]:
    own = {n for n in form.own_fields if not isinstance(form.fields[n], OF_THE_OCCASION)}
    return (own | {"areas"}) - {"narrative", *form.not_copied}


def register() -> None:
    register_start(start_as_copy)

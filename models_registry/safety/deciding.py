"""One numbered decision for many subjects at once: the form and its page."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from models_registry.errors import SubjectsChanged
from models_registry.models import Result, SafetyCertification, SubjectKind
from models_registry.safety.actions import decide_many
from models_registry.safety.forms import FIRST_YEAR, OutcomeForm
from models_registry.saving import saved
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.ui.numbers import day, number
from portal.units.text import whole_number

WRITE = Permission.REGISTRY_WRITE
MOST_SUBJECTS = 200
GONE = "Có đối tượng vừa bị hủy đăng ký, không còn trong danh sách. Xem lại rồi lưu lần nữa."


class ManyDecisionForm(OutcomeForm):
    """The outcome once, and the subjects that it holds for. `seen` carries the revisions that were shown."""

    subjects = forms.ModelMultipleChoiceField(
        SafetyCertification.objects.none(),
        label="Đối tượng trong quyết định",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE, "required": "Chọn ít nhất một đối tượng."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = list(rows.awaiting()[:MOST_SUBJECTS])
        self.fields["result"].choices = [each for each in Result.choices if each[0] != Result.PENDING]
        # Whoever was decided meanwhile is known, to be named, and offered no more.
        self.fields["subjects"].queryset = rows
        self.fields["subjects"].widget.choices = [(row.pk, self._words(row)) for row in self.offered]
        self.initial["seen"] = self._shown()

    def _words(self, row) -> str:
        where = f" · {row.unit.full_name}" if len({each.unit_id for each in self.offered}) > 1 else ""
        return f"{row.subject}{where} · {row.get_self_assessment_display()}, {day(row.assessed_on)}"

    def _shown(self) -> str:
        return " ".join(f"{row.pk}:{row.revision}" for row in self.offered)

    def clean_seen(self) -> dict[int, int]:
        """{id: revision}; what says nothing of the kind is of no subject."""
        pairs = (pair.partition(":") for pair in self.cleaned_data["seen"].split())
        read = ((whole_number(pk), whole_number(revision)) for pk, _, revision in pairs)
        return {pk: revision for pk, revision in read if None not in (pk, revision)}

    def clean(self):
        cleaned = super().clean()
        decided_on = cleaned.get("decided_on")
        later = [
            s
            for s in cleaned.get("subjects", ())
            if decided_on and s.assessed_on and s.assessed_on > decided_on
        ]
        if later and cleaned.get("result") == Result.MET:
            names = ", ".join(f"{row.subject} ({day(row.assessed_on)})" for row in later[:10])
            self.add_error("decided_on", f"Ngày quyết định trước ngày tự đánh giá của: {names}.")
        return cleaned

    def decide(self, by) -> int:
        """How many the decision was written for; nobody where one of them was changed meanwhile."""
        subjects = list(self.cleaned_data["subjects"])
        try:
            decide_many(certifications=subjects, seen=self.cleaned_data["seen"], by=by, **self.outcome())
        except SubjectsChanged:
            self.data = self.data.copy()
            self.data["seen"] = self._shown()
            raise
        return len(subjects)


@requires(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def safety_decide_many(request, year, kind):
    """Tick the subjects of one kind that a decision names, and enter the decision once."""
    if kind not in SubjectKind.values or not FIRST_YEAR <= year <= 2100:
        raise Http404
    rows = SafetyCertification.objects.visible_to(request.user, WRITE).filter(year=year, kind=kind)
    form = ManyDecisionForm(request.POST or None, rows=rows.with_names().in_order())
    back = f"{reverse('registry:safety')}?year={year}&kind={kind}"
    if request.method == "POST" and form.is_valid():
        decided = saved(form, lambda: form.decide(request.user), SafetyCertification)
        if decided:
            messages.success(request, f"Đã ghi kết quả của {number(decided)} đối tượng.")
            return redirect(back)
    context = {"form": form, "title": f"Quyết định năm {year}: {SubjectKind(kind).label}", "back": back}
    context["lead"] = (
        f"Đối tượng đã tự đánh giá, chưa có kết quả; mỗi lần không quá {MOST_SUBJECTS}. "
        "Ghi tất cả hoặc không ghi đối tượng nào."
    )
    return render(request, "registry/safety/decide_many.html", context)

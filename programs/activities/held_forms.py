"""The base of the entry forms of kinds held on a day, or from one day to another."""

from django import forms

from programs.activities.forms import ActivityForm
from programs.activities.held import HALF_MONTH, ONE_SLOT_ONLY
from programs.activities.slots import slot_of

COUNTED_TOGETHER = f"Chỉ khi ghi gộp nhiều ngày trong cùng một nửa tháng: {HALF_MONTH}."


class HeldForm(ActivityForm):
    """`title_from`: a choice field whose label becomes the title where none was typed."""

    day_field = "held_on"
    title_from = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self._meta.model.in_one_slot and "held_to" in self.fields:
            self.fields["held_to"].help_text = COUNTED_TOGETHER
        if self.title_from:
            self.fields["title"].required = False
            self.fields["title"].help_text = "Để trống thì lấy tên loại đã chọn. Không ghi họ tên."

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("held_on"), cleaned.get("held_to")
        if start and end and end < start:
            self.add_error("held_to", "“Đến ngày” không được trước ngày đầu.")
        elif start and end and self._meta.model.in_one_slot and slot_of(start) != slot_of(end):
            self.add_error("held_to", ONE_SLOT_ONLY)
        if self.title_from and not cleaned.get("title") and cleaned.get(self.title_from):
            chosen = self._meta.model._meta.get_field(self.title_from)
            cleaned["title"] = dict(chosen.flatchoices)[cleaned[self.title_from]]
        return cleaned

    def part_within(self, part: str, whole: str, words: str) -> None:
        """Refuse a part that exceeds its whole, beside the part."""
        some, all_of_it = self.cleaned_data.get(part), self.cleaned_data.get(whole)
        if some is not None and all_of_it is not None and some > all_of_it:
            self.add_error(part, words)


def several(label: str, choices, **kwargs) -> forms.MultipleChoiceField:
    """Tick boxes for an array column."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )

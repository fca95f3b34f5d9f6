"""Base of every form: label, hint, error, input in one column; error summary; Vietnamese numbers and days."""

import unicodedata

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from crispy_forms.utils import render_field
from django import forms
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string
from django.utils import timezone

from portal.ui.fields import DayField, DecimalNumberField, WholeNumberField, vietnamese
from portal.ui.widgets import DateInput, NumberInput

__all__ = [
    "HTML",
    "DateInput",
    "DayField",
    "DecimalNumberField",
    "Div",
    "Folded",
    "Layout",
    "NumberInput",
    "Plain",
    "PortalForm",
    "PortalHelper",
    "PortalModelForm",
    "WholeNumberField",
]

FUTURE = "Ngày phải từ hôm nay trở về trước."


class PortalHelper(FormHelper):
    """crispy helper: a POST form without the browser's validation bubbles, which speak its language."""

    form_method = "post"

    def __init__(self, submit_label: str | None = "Lưu", layout: Layout | None = None):
        super().__init__()
        self.attrs = {"novalidate": "novalidate"}
        self.layout = layout
        if submit_label:
            self.add_input(Submit("submit", submit_label, css_class="btn"))


class PortalFormMixin:
    """Set `submit_label`, and `layout` (a crispy Layout) where the order of the fields is not enough."""

    submit_label = "Lưu"
    layout: Layout | None = None
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.fields[name] = vietnamese(field)
        self.helper = PortalHelper(self.submit_label, self.layout)

    def leave_unjudged(self) -> None:
        """Show what a bound form holds as if nobody had sent it yet: no errors, and nothing cleaned."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def as_sent(self, name: str) -> list[str]:
        """The value of a field as a browser would send it back: nothing for a box that is not ticked."""
        return value_as_sent(self.fields[name].widget, self[name].value())

    def _clean_fields(self):
        """Texts are stored in NFC, however the keyboard or the phone composed them."""
        super()._clean_fields()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and not isinstance(self.fields[name].widget, forms.PasswordInput):
                self.cleaned_data[name] = unicodedata.normalize("NFC", value)


def value_as_sent(widget, value) -> list[str]:
    """A value as a browser sends what the widget shows of it."""
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    text = widget.format_value(value)
    if getattr(widget, "allow_multiple_selected", False):
        return list(text)
    return text[:1] if isinstance(text, list) else [text or ""]


class Plain:
    """Mixed in before a form whose page draws the tag, its token and its buttons."""

    submit_label = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4

    def refuse_future(self, *names: str) -> None:
        """An error at each of these days that lies after today; called from `clean`."""
        for name in names:
            if self.cleaned_data.get(name) and self.cleaned_data[name] > timezone.localdate():
                self.add_error(name, FUTURE)


class PortalForm(PortalFormMixin, forms.Form):
    """A plain form of the portal."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """A model form of the portal."""


class Folded(Div):
    """Rarely used fields in a `<details>`; open when one of them holds something or has an error."""

    def __init__(self, summary: str, *fields, **kwargs):
        super().__init__(*fields, **kwargs)
        self.summary = summary

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        names = [pointer.name for pointer in self.get_field_names()]
        is_open = any(
            form[n].errors or form[n].value() not in (None, "", [], False) for n in names if n in form.fields
        )
        html = "".join(
            render_field(f, form, context, template_pack=template_pack, **kwargs) for f in self.fields
        )
        return render_to_string(
            "ui/_folded.html", {"folded": {"summary": self.summary, "is_open": is_open}, "fields": html}
        )

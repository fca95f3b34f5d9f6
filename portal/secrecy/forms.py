"""A form that stops at a sign of a state secret and asks; mixed in before PortalForm."""

from django import forms

from portal.secrecy.markers import found_in, key_of, told
from portal.secrecy.models import attest

ATTEST = "Tôi cam đoan nội dung này không chứa bí mật nhà nước"


class AsksAboutSecrets:
    """`is_valid` is false until the box is ticked for the very words that stand there now.

    Call `note_attestation(by=, place=)` when it was saved.
    """

    attested_signs: list = []

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        texts = [(self.fields[n].label or n, v) for n, v in cleaned.items() if isinstance(v, str)]
        found = found_in(texts)
        if not found:
            return cleaned
        key = key_of(found)
        box = forms.CheckboxInput(attrs={"value": key, "class": "form-check-input"})
        self.fields["attested"] = forms.BooleanField(label=ATTEST, required=False, widget=box)
        if key in self._sent_keys():
            self.attested_signs = found
        else:
            self.add_error("attested", told(found))
        return cleaned

    def _sent_keys(self) -> list[str]:
        name = self.add_prefix("attested")
        return self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data.get(name)]

    def note_attestation(self, *, by, place: str, subject: int | None = None) -> None:
        """Keep who has attested; nothing when nothing was asked."""
        if self.attested_signs:
            attest(by=by, place=place, found=self.attested_signs, subject=subject)

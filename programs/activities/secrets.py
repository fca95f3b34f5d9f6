"""Signs of a state secret in what is typed into the log: asked about before saving, the answer kept."""

from portal.secrecy.forms import ATTEST
from portal.secrecy.markers import Found, found_in, key_of, told
from portal.secrecy.models import attest
from programs.activities.entering import Entering
from programs.activities.extensions import Warning, register_after_save, register_before_save


def signs_of(entering: Entering) -> list[Found]:
    """The fields of the form and its parts in which something looks like a secret."""
    return found_in(text for form in (entering.form, *entering.parts) for text in _texts(form))


def _texts(form):
    for name, field in form.fields.items():
        value = getattr(form, "cleaned_data", {}).get(name)
        if isinstance(value, str):
            yield str(field.label or name), value


def warn_of_secrets(entering: Entering) -> list[Warning]:
    """Before saving: a box to attest that it holds no secret."""
    found = signs_of(entering)
    return [Warning(key_of(found), told(found), ATTEST)] if found else []


def keep_attestation(entering: Entering, record) -> None:
    """Who has attested, about which fields; none of the words."""
    found = signs_of(entering)
    if found:
        attest(by=entering.user, place=entering.kind.slug, found=found, subject=record.pk)


def register() -> None:
    register_before_save(warn_of_secrets)
    register_after_save(keep_attestation)

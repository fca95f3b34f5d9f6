"""Two editors at once: the second sees both versions and saves again, knowing."""

from dataclasses import dataclass

from portal.ui.numbers import NOTHING, day


@dataclass(frozen=True)
class Difference:
    """One field that both changed."""

    label: str
    stored: str
    typed: str


def say_overtaken(form, overtaken) -> None:
    """The form says so, keeps what was typed, and may be sent again over what is stored.

    `overtaken` has a `message` for the page and `current`, the row as it is now.
    """
    form.add_error(None, overtaken.message)
    form.data = form.data.copy()
    form.data["revision"] = str(overtaken.current.revision)


def conflict_of(form, overtaken) -> list[Difference]:
    """The same for a model form: where the two versions differ."""
    say_overtaken(form, overtaken)
    return differences(form, overtaken.current)


def differences(form, current) -> list[Difference]:
    """Where what was typed is not what somebody else has stored meanwhile."""
    found = []
    for name in form._meta.fields:
        stored, typed = getattr(current, name), form.cleaned_data.get(name)
        if stored != typed:
            choices = dict(current._meta.get_field(name).flatchoices or ())
            words = [_shown(choices, value) for value in (stored, typed)]
            found.append(Difference(str(form.fields[name].label), *words))
    return found


def _shown(choices, value) -> str:
    if value in (None, ""):
        return NOTHING
    return str(choices.get(value) or (day(value) if hasattr(value, "year") else value))

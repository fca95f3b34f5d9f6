"""A sub-form of the log's entry form: the base of what slices above the log add to it (see extensions.py)."""

import json

from portal.ui.forms import PortalForm, value_as_sent


class FormPart(PortalForm):
    """A sub-form of the entry form, with a prefix of its own, folded under its title.

    `entering` is the form it belongs to, an `Entering`. `clean` may read `self.entering.form.cleaned_data`,
    which the kind's form has filled before.
    """

    slug = ""
    title = ""
    part_template = "activities/_form_part.html"
    submit_label = None
    copied: tuple[str, ...] = ()  # the fields that a new record made from another takes over

    def __init__(self, *args, entering, **kwargs):
        self.entering = entering
        super().__init__(*args, prefix=self.slug, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @classmethod
    def offered(cls, entering) -> bool:
        """Whether this form shows the part at all."""
        return True

    @property
    def anchor(self) -> str:
        return f"phan-{self.slug}"

    @property
    def is_open(self) -> bool:
        """Unfolded: something was typed or is wrong here, or is there already."""
        return bool(self.errors or (self.is_bound and self.has_changed()) or any(self.initial.values()))

    def content(self) -> dict:
        """What was sent, as part of the form's fingerprint."""
        return self.cleaned_data

    @property
    def as_stored(self) -> dict[str, list[str]]:
        """What stands in the database, as a page that nobody has touched would send it."""
        stored = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        return {name: value_as_sent(self.fields[name].widget, value) for name, value in stored.items()}

    @property
    def as_shown(self) -> str:
        """The same for a hidden box: what the person sees when the page is made."""
        return json.dumps(self.as_stored, ensure_ascii=False)

    def merge(self) -> tuple[list[str], list[tuple[str, str, str]]]:
        """Somebody else was quicker: take what is stored where this person has changed nothing.

        The labels of what was taken; (label, stored, typed) of what both have changed, which stays as typed.
        """
        data, taken, both, seen = self.data.copy(), [], [], _seen_before(self)
        for name, stored in self.as_stored.items():
            typed, key = _plain(self.data.getlist(self.add_prefix(name))), self.add_prefix(name)
            label = str(self.fields[name].label or "")
            if _plain(stored) == typed or name not in seen or self.fields[name].widget.is_hidden:
                continue
            if typed == _plain(seen[name]):
                data.setlist(key, stored)
                taken.append(label)
            elif _plain(stored) != _plain(seen[name]):
                both.append((label, self._in_words(name, stored), self._in_words(name, typed)))
        self.data = data
        self.full_clean()
        return taken, both

    def _in_words(self, name: str, values: list[str]) -> str:
        labels = {str(value): str(text) for value, text in getattr(self.fields[name], "choices", ())}
        named = [text for value, text in labels.items() if value in values]
        return ", ".join(named or (value for value in values if value))

    def save(self, record, by) -> None:
        """Write what belongs to ``record``, inside its transaction."""
        raise NotImplementedError


def _plain(values) -> list[str]:
    """Values as they compare: in any order, and with the ends of lines as no browser sends them."""
    return sorted(value.replace("\r\n", "\n").strip() for value in values if value.strip())


def _seen_before(part: FormPart) -> dict[str, list[str]]:
    """What the page has shown when it was made; nothing where it does not say."""
    try:
        seen = json.loads(part.data.get(part.add_prefix("as-shown"), ""))
    except ValueError:
        return {}
    fits = isinstance(seen, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values)
        for values in seen.values()
    )
    return seen if fits else {}

"""One entry form of the log with all that slices above it add (extensions.py)."""

from dataclasses import dataclass, field

from programs.activities.extensions import (
    Start,
    Then,
    Warning,
    form_parts_of,
    tell_saved,
    warnings_of,
    ways_on,
)
from programs.activities.form_part import FormPart


@dataclass
class Entering:
    """One entry form as a person fills it in. `record` is None for a new activity.

    `form` is the kind's form: its `cleaned_data` may be read once it was validated, `form.data` before.
    """

    kind: object
    form: object
    user: object
    record: object = None
    parts: list[FormPart] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    grouped: bool = False
    start: Start | None = None
    refusals: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, request, *, kind, form, record=None, grouped=False, start=None) -> "Entering":
        """The form of a page with the parts that are offered to this person."""
        page = cls(kind, form, request.user, record, grouped=grouped, start=start)
        sent = (request.POST, request.FILES) if request.method == "POST" else (start and start.data, None)
        page.parts = [part(*sent, entering=page) for part in form_parts_of(page)]
        page.seen = list(dict.fromkeys(request.POST.getlist("seen")))
        if start and request.method != "POST":
            page.leave_unjudged()
        return page

    def leave_unjudged(self) -> None:
        """Show what was typed so far without errors: nobody has asked to save it yet."""
        for form in (self.form, *self.parts):
            form.leave_unjudged()

    def is_valid(self) -> bool:
        """Whether form and parts hold; all are checked, so that all errors are shown at once."""
        return all([self.form.is_valid(), *(part.is_valid() for part in self.parts)])

    def may_be_saved(self) -> bool:
        """Whether all is valid and nothing is left to look at; else `warnings` says what."""
        if not self.is_valid():
            return False
        if self._was_sent_before():  # it would be its own twin
            return True
        self.warnings = warnings_of(self)
        return all(warning.key in self.seen for warning in self.warnings)

    def _was_sent_before(self) -> bool:
        token = self.record is None and self.form.cleaned_data.get("client_token")
        return (
            bool(token) and self.kind.model.objects.filter(logged_by=self.user, client_token=token).exists()
        )

    @property
    def carried(self) -> list[str]:
        """What was ticked before and is not shown this time."""
        shown = {warning.key for warning in self.warnings}
        return [key for key in self.seen if key not in shown]

    @property
    def ways_on(self) -> list[Then]:
        """The further ways to save this form."""
        return ways_on()

    @property
    def is_multipart(self) -> bool:
        return any(part.is_multipart() for part in [self.form, *self.parts])

    @property
    def faulty_parts(self) -> list[FormPart]:
        return [part for part in self.parts if part.errors]

    def content(self) -> dict:
        """What the parts add to the record, by name: with it, the same form sent twice is known again."""
        return {
            f"{part.prefix}.{name}": value for part in self.parts for name, value in part.content().items()
        }

    def after_save(self, record) -> None:
        """Let every part write what belongs to the record, and tell those who asked to be told."""
        for part in self.parts:
            part.save(record, by=self.user)
        tell_saved(self, record)


def copied_of_parts(kind, form, record, user) -> dict[str, list[str]]:
    """What the parts of a form over `record` hand on to a new one, by posted name."""
    source = Entering(kind, form, user, record)
    parts = [part(entering=source) for part in form_parts_of(source) if part.copied]
    return {part.add_prefix(name): part.as_sent(name) for part in parts for name in part.copied}

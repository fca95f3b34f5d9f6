"""What slices above the log add to its pages, without the log knowing them. Register in AppConfig.ready().

Inside the entry form (entering.py): a `FormPart`, one class for each sub-form::

    class PhotoPart(FormPart):
        slug, title = "photos", "Ảnh"
        photo = forms.ImageField(label="Ảnh", required=False)

        def save(self, record, by):  # in the transaction that writes the record: raise and nothing is kept
            ...

    register_form_part(PhotoPart)

Before saving: `register_before_save(check)`, where `check(entering)` gives `Warning`s. The form comes
back with each of them and a box "Tôi đã xem, vẫn lưu"; what was ticked is not asked again. After saving:
`register_after_save(told)`, where `told(entering, record)` writes in the same transaction. Of whole tables:
`register_rows_check(check)`.

On a record's page: `register_detail_part(template, context, place="main")`, `register_hint(hint)` for what
looks odd, `register_detail_action(label, url_name, permission)` for an address that takes the entry's id. In
lists: `register_list_action(...)`, `register_row_marks(...)`. `register_then(...)` adds a second button to
entry forms, "save and go on to". On "Việc cần làm": portal/home/parts.py. Rows of other communes
that may be read: `register_entry_scope(...)`. In a record's history: `register_history(changes)`.

New forms only: `register_start(source)` begins one with values from elsewhere; `register_instead(slug,
handle)` does something else with what was typed than saving it; `register_form_note(template, context,
place=...)` shows something above the form or below its buttons.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from portal.access.permissions import Permission
from portal.access.scoping import has
from programs.activities.form_part import FormPart


@dataclass(frozen=True)
class Warning:
    """Something to look at before saving. `key` names what was found: another finding is asked anew.
    `ask` stands beside the box to tick."""

    key: str
    text: str  # or SafeString, with links to what was found
    ask: str = "Tôi đã xem, vẫn lưu"


@dataclass(frozen=True)
class DetailPart:
    """A section of a record's page: `context(entry, record, user)` gives a dict, or None for no section."""

    template: str
    context: Callable
    place: str


@dataclass(frozen=True)
class Action:
    """A button of a page, for those who have the permission. `of_kind`: the address in the list of a kind."""

    label: str
    url_name: str
    permission: Permission
    takes_kind: bool = False
    of_kind: str = ""


@dataclass(frozen=True)
class Then:
    """A second way to save: a button of the entry form that leads on to `url_name` of the saved entry."""

    slug: str
    label: str
    url_name: str


@dataclass(frozen=True)
class Button:
    """An action as it stands on one page."""

    label: str
    url: str


@dataclass(frozen=True)
class Start:
    """What a new form begins with: `data` as a browser would send it, `note` what is said above the form."""

    data: QueryDict
    note: str = ""


@dataclass(frozen=True)
class FormNote:
    """Something beside a new form: `context(entering)` gives a dict, or None for nothing."""

    template: str
    context: Callable
    place: str


_FORM_PARTS: list[type[FormPart]] = []
_CHECKS: list[Callable] = []
_AFTER_SAVE: list[Callable] = []
_DETAIL_PARTS: list[DetailPart] = []
_HINTS: list[Callable] = []
_LIST_ACTIONS: list[Action] = []
_DETAIL_ACTIONS: list[Action] = []
_ROW_MARKS: list[Callable] = []
_THEN: list[Then] = []
_ENTRY_SCOPES: list[Callable] = []
_STARTS: list[Callable] = []
_HISTORIES: list[Callable] = []
_ROWS_CHECKS: list[Callable] = []
_INSTEAD: dict[str, Callable] = {}
_FORM_NOTES: list[FormNote] = []


def register_form_part(part: type[FormPart]) -> type[FormPart]:
    """Show ``part`` in entry forms, in the order of registration."""
    return _added(_FORM_PARTS, part)


def register_before_save(check: Callable[..., Iterable[Warning]]) -> Callable:
    """Ask ``check`` what a person should look at before a valid form is saved."""
    return _added(_CHECKS, check)


def register_after_save(told: Callable) -> Callable:
    """Call ``told(entering, record)`` when a form is saved, in the transaction that writes the record."""
    return _added(_AFTER_SAVE, told)


def register_detail_part(template: str, context: Callable, *, place: str = "main") -> None:
    """Show a section on every record's page, in the "main" or the "side" column."""
    _added(_DETAIL_PARTS, DetailPart(template, context, place))


def register_hint(hint: Callable) -> Callable:
    """Ask ``hint(entry, record, user)`` for what looks odd about a live record, as texts."""
    return _added(_HINTS, hint)


def register_list_action(
    label: str,
    url_name: str,
    permission: Permission = Permission.LOG_VIEW,
    *,
    takes_kind: bool = False,
    of_kind: str = "",
) -> None:
    """Show a button above the log; it gets the filters of the list. `takes_kind`: in the lists of one kind
    only, whose slug is the argument of the address. `of_kind`: the address that takes its place there."""
    _added(_LIST_ACTIONS, Action(label, url_name, permission, takes_kind, of_kind))


def register_detail_action(label: str, url_name: str, permission: Permission = Permission.LOG_WRITE) -> None:
    """Show a button on every live record's page; the address takes the entry's id."""
    _added(_DETAIL_ACTIONS, Action(label, url_name, permission))


def register_then(slug: str, label: str, url_name: str) -> None:
    """Show a button "save and go on to" in entry forms; the address takes the entry's id."""
    _added(_THEN, Then(slug, label, url_name))


def register_row_marks(marks: Callable) -> Callable:
    """Ask ``marks(entries, user)`` for {entry id: short text}, shown under the title in lists."""
    return _added(_ROW_MARKS, marks)


def register_entry_scope(scope: Callable) -> Callable:
    """Ask ``scope(user, permission)`` for ids of entries of other units that the person may see as well."""
    return _added(_ENTRY_SCOPES, scope)


def register_history(changes: Callable) -> Callable:
    """Ask ``changes(entry_id)`` for (event, label, before, after) of what hangs on an entry, oldest first;
    it stands in the record's history with the write that it came with."""
    return _added(_HISTORIES, changes)


def register_rows_check(check: Callable) -> Callable:
    """Ask ``check(kind, rows)``, before many rows are logged at once, for {place in rows: what to look at}.
    A row is (unit id, day, title, ids of its areas)."""
    return _added(_ROWS_CHECKS, check)


def register_start(source: Callable) -> Callable:
    """Ask ``source(request, kind, grouped)`` for the `Start` of a new form, None where it has none."""
    return _added(_STARTS, source)


def register_instead(slug: str, handle: Callable) -> None:
    """Call ``handle(request, entering)`` where a new form was sent with `instead=slug`: it gives a response,
    or None with `entering.refusals`, and the form comes back as it was typed."""
    _INSTEAD[slug] = handle


def register_form_note(template: str, context: Callable, *, place: str) -> None:
    """Show something on the page of a new form, above the form ("head") or below its buttons ("foot")."""
    _added(_FORM_NOTES, FormNote(template, context, place))


def _added(where: list, what):
    if what not in where:
        where.append(what)
    return what


def form_parts_of(entering) -> list[type[FormPart]]:
    """The parts that this entry form shows."""
    return [part for part in _FORM_PARTS if part.offered(entering)]


def warnings_of(entering) -> list[Warning]:
    """What a person should look at before this valid form is saved."""
    return [warning for check in _CHECKS for warning in check(entering)]


def tell_saved(entering, record) -> None:
    """Let those who asked for it know, in the transaction that writes the record."""
    for told in _AFTER_SAVE:
        told(entering, record)


def ways_on() -> list[Then]:
    """The further ways to save a form."""
    return list(_THEN)


def detail_parts(request, entry, record) -> dict[str, list[str]]:
    """The rendered sections of a record's page by place."""
    found: dict[str, list[str]] = {"main": [], "side": []}
    for part in _DETAIL_PARTS:
        context = part.context(entry, record, request.user)
        if context is not None:
            context = {"entry": entry, "record": record, **context}
            found[part.place].append(render_to_string(part.template, context, request))
    return found


def hints_for(entry, record, user) -> list[str]:
    """What looks odd about a live record."""
    return [text for hint in _HINTS for text in hint(entry, record, user)] if entry.live else []


def list_actions(request, kind) -> list[Button]:
    """The buttons above a list, with its filters in their addresses."""
    query = request.GET.copy()
    query.pop("page", None)
    tail = f"?{query.urlencode()}" if query else ""
    shown = [a for a in _LIST_ACTIONS if (kind or not a.takes_kind) and has(request.user, a.permission)]
    return [Button(a.label, _list_address(a, kind) + tail) for a in shown]


def _list_address(action: Action, kind) -> str:
    if kind and (action.takes_kind or action.of_kind):
        return reverse(action.of_kind or action.url_name, args=[kind.slug])
    return reverse(action.url_name)


def detail_actions(entry, record, user) -> list[Button]:
    """The buttons of a record's page."""
    shown = [a for a in _DETAIL_ACTIONS if entry.live and has(user, a.permission, record.unit)]
    return [Button(a.label, reverse(a.url_name, args=[entry.pk])) for a in shown]


def address_after(request, record) -> str:
    """Where a saved form leads: the record's page, or what its button said."""
    chosen = next((then for then in _THEN if then.slug == request.POST.get("then")), None)
    return reverse(chosen.url_name if chosen else "activities:detail", args=[record.pk])


def start_of(request, kind, grouped: bool) -> Start | None:
    """What a new form of this page begins with, if anything was asked for."""
    if request.method == "POST":
        return None
    return next((start for source in _STARTS if (start := source(request, kind, grouped))), None)


def instead_of_saving(request) -> Callable | None:
    """What the button that was pressed does in the place of saving."""
    return _INSTEAD.get(request.POST.get("instead", ""))


def form_notes(request, entering) -> dict[str, list[str]]:
    """What stands beside a new form, rendered, by place."""
    found: dict[str, list[str]] = {"head": [], "foot": []}
    for note in _FORM_NOTES:
        context = note.context(entering)
        if context is not None:
            found[note.place].append(render_to_string(note.template, context, request))
    return found


def history_of(entry_id: int) -> list[tuple]:
    """What became of all that hangs on an entry: (event, label, before, after)."""
    return [change for changes in _HISTORIES for change in changes(entry_id)]


def rows_to_look_at(kind, rows: list[tuple]) -> dict[int, list[str]]:
    """What a person should look at before rows are logged, by their places."""
    found: dict[int, list[str]] = {}
    for check in _ROWS_CHECKS if rows else ():
        for place, text in check(kind, rows).items():
            found.setdefault(place, []).append(text)
    return found


def marks_of(entries, user) -> dict[int, list[str]]:
    """The marks of the rows of one page, by entry id."""
    entries, found = list(entries), {}
    for marks in _ROW_MARKS:
        for pk, text in marks(entries, user).items():
            found.setdefault(pk, []).append(text)
    return found


def entries_beyond_scope(user, permission) -> list[int]:
    """Ids of entries outside a person's own units that other slices let them see."""
    return [pk for scope in _ENTRY_SCOPES for pk in scope(user, permission)]

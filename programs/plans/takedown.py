"""What a takedown clears of what is done about programmes: documents with their file, ceremonies, plans,
meetings, awards. A record goes with its parts; rows of the country have no unit, and go by words alone."""

from functools import partial

from portal.secrecy.registry import (
    Found,
    Piece,
    Target,
    register_place,
    register_rows_clearer,
    register_takedown,
)
from portal.secrecy.texts import clear_rows_of, own_texts, pieces_of_texts
from portal.secrecy.typed import Typed
from programs.plans.documents.files import let_go
from programs.plans.models import (
    Award,
    GuidingDocument,
    JointPlan,
    Meeting,
    PlanTask,
    Signatory,
    SignedAgreement,
    SigningCeremony,
)
from programs.plans.models import Target as Aim

# {place: (what its pages' addresses begin with, the table)}; a document's is that of its file.
PLACES = {
    "plan": ("/chuong-trinh/ke-hoach/", JointPlan),
    "meeting": ("/chuong-trinh/hoi-nghi/", Meeting),
    "ceremony": ("/chuong-trinh/le-ky-ket/", SigningCeremony),
    "document": ("/chuong-trinh/van-ban/", GuidingDocument),
    "award": ("/chuong-trinh/sua/khen-thuong/", Award),
}
TABLES = (
    Typed(GuidingDocument, of={"document": "pk"}),
    Typed(SigningCeremony, of={"ceremony": "pk"}),
    Typed(SignedAgreement, "ceremony__unit", of={"ceremony": "ceremony"}),
    Typed(Signatory, "agreement__ceremony__unit", of={"ceremony": "agreement__ceremony"}),
    Typed(JointPlan, of={"plan": "pk"}),
    Typed(PlanTask, "plan__unit", of={"plan": "plan"}),
    Typed(Aim, "plan__unit", of={"plan": "plan"}),
    Typed(Meeting, of={"meeting": "pk"}),
    Typed(Award, of={"award": "pk"}),
)


def find(place: str, subject: int) -> Found | None:
    """A row of a unit, removed ones too; called by its kind and number, not by its title."""
    model = PLACES[place][1]
    row = model.objects.select_related("unit").filter(pk=subject).exclude(unit=None).first()
    return row and Found(row.unit, f"{_name(model)} số {row.pk}", own_texts(TABLES, place, row.pk, row.unit))


def pieces(target: Target) -> list[Piece]:
    found = pieces_of_texts(target, TABLES)
    told = {pk for piece in found for pk in piece.rows.get(GuidingDocument._meta.db_table, ())}
    with_file = GuidingDocument.objects.filter(pk__in=told).exclude(sha256="")
    documents = set(with_file.values_list("pk", flat=True))
    own = {target.subject} & documents if target.place == "document" else set()
    return [*found, *_file(own), *_files_that_stay(documents - own)]


def _file(own: set[int]) -> list[Piece]:
    def drop(takedown, by):
        for document in GuidingDocument.objects.filter(pk__in=own):
            let_go(document)

    return [Piece("Tệp của văn bản", len(own), drop)] if own else []


def _files_that_stay(documents: set[int]) -> list[Piece]:
    return [
        Piece("", 0, warning=f"Tệp của văn bản số {pk} có thể còn nội dung này: gỡ riêng văn bản đó.")
        for pk in sorted(documents)[:20]
    ]


def clear_rows(takedown, rows: dict) -> None:
    clear_rows_of(TABLES, takedown, rows)


def _name(model) -> str:
    name = model._meta.verbose_name
    return f"{name[:1].upper()}{name[1:]}"


def register() -> None:
    for place, (path, model) in PLACES.items():
        register_place(place, path, _name(model), partial(find, place))
    register_takedown(pieces)
    register_rows_clearer(clear_rows)

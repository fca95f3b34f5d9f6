"""What a takedown clears of the catalogues of partners and movements: names that were typed for it."""

from portal.secrecy.registry import Piece, Target, register_rows_clearer, register_takedown
from portal.secrecy.texts import clear_rows_of, pieces_of_texts
from portal.secrecy.typed import Typed
from programs.partners.models import LinkedMovement, Partner

TABLES = (
    Typed(Partner, is_catalogue=True),
    Typed(LinkedMovement, "", is_catalogue=True),
)


def pieces(target: Target) -> list[Piece]:
    return pieces_of_texts(target, TABLES)


def clear_rows(takedown, rows: dict) -> None:
    clear_rows_of(TABLES, takedown, rows)


def register() -> None:
    register_takedown(pieces)
    register_rows_clearer(clear_rows)

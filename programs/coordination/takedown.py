"""What a takedown clears of programmes: numbers, titles, notes, names of parties and stages."""

from portal.secrecy.registry import Piece, Target, register_rows_clearer, register_takedown
from portal.secrecy.texts import clear_rows_of, pieces_of_texts
from portal.secrecy.typed import Typed
from programs.coordination.models import CoordinationProgram, ProgramParty, ProgramStage

TABLES = (
    Typed(CoordinationProgram),
    Typed(ProgramParty, "programme__unit"),
    Typed(ProgramStage, "programme__unit"),
)


def pieces(target: Target) -> list[Piece]:
    return pieces_of_texts(target, TABLES)


def clear_rows(takedown, rows: dict) -> None:
    clear_rows_of(TABLES, takedown, rows)


def register() -> None:
    register_takedown(pieces)
    register_rows_clearer(clear_rows)

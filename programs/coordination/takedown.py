"""What a takedown clears of programmes: numbers, titles, notes, names of parties and stages."""

from portal.secrecy.texts import register_texts
from portal.secrecy.typed import Typed
from programs.coordination.models import CoordinationProgram, ProgramParty, ProgramStage

TABLES = (
    Typed(CoordinationProgram),
    Typed(ProgramParty, "programme__unit"),
    Typed(ProgramStage, "programme__unit"),
)


def register() -> None:
    register_texts(TABLES)

"""What a takedown clears of the catalogues of partners and movements: names that were typed for it."""

from portal.secrecy.texts import register_texts
from portal.secrecy.typed import Typed
from programs.partners.models import LinkedMovement, Partner

TABLES = (
    Typed(Partner, is_catalogue=True),
    Typed(LinkedMovement, "", is_catalogue=True),
)


def register() -> None:
    register_texts(TABLES)

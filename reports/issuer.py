"""Header, signature block and recipients, as Nghị định 30/2020/NĐ-CP has them, in the names of that day.

Police: "TRƯỞNG CÔNG AN PHƯỜNG", "KT." above it for a deputy and never "TM."; Front: "TM. BAN THƯỜNG TRỰC" and
"CHỦ TỊCH" or "PHÓ CHỦ TỊCH", no "KT.". A joint document carries both.
"""

from dataclasses import dataclass
from datetime import date

from portal.units.models import AdminUnit, in_sentence

MINISTRY, CENTRAL_FRONT = "Bộ Công an", "Ủy ban Trung ương MTTQ Việt Nam"


@dataclass(frozen=True)
class Place:
    """A unit as it was on a day: "Phường", "Thành Sen", and the full names above it, nearest first."""

    kind: str
    name: str
    above: tuple[str, ...]
    province: str

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


def place_on(unit: AdminUnit, day: date) -> Place:
    """Kind, name and superiors of a unit on a day; `province` is a name without its kind."""
    own = _borne(unit, day)
    above, parent = [], own.parent
    while parent:
        above.append(_borne(parent, day))
        parent = above[-1].parent
    names = tuple(f"{higher.kind} {higher.name}" for higher in above)
    return Place(own.kind, own.name, names, above[-1].name if above else own.name)


def issuer_of(place: Place, sides: list[str]) -> dict:
    """{"sides", "blocks"} of the sides that issue the report, police first."""
    ordered = [side for side in ("police", "front") if side in sides]
    return {"sides": ordered, "blocks": [_BLOCKS[side](place) for side in ordered]}


def signed_by_deputy(block: dict) -> dict:
    """The same block with the signature lines of a deputy."""
    head = block["signature"][-1]
    lines = {"police": [f"KT. {head}", f"PHÓ {head}"], "front": [*block["signature"][:-1], f"PHÓ {head}"]}
    return {**block, "signature": lines[block["side"]]}


def recipients_of(place: Place) -> list[str]:
    police, front = _above(place)
    return [f"{police} (để báo cáo);", f"{front} (để báo cáo);", "Lưu: VT."]


def _police(place: Place) -> dict:
    return {
        "side": "police",
        "parent": _above(place)[0].upper(),
        "name": f"CÔNG AN {place.full_name.upper()}",
        "signature": [f"TRƯỞNG CÔNG AN {place.kind.upper()}" if place.above else "GIÁM ĐỐC"],
    }


def _front(place: Place) -> dict:
    return {
        "side": "front",
        "parent": _above(place)[1].upper(),
        "name": f"ỦY BAN MTTQ VIỆT NAM {place.full_name.upper()} / BAN THƯỜNG TRỰC",
        "signature": ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"],
    }


def _above(place: Place) -> tuple[str, str]:
    """The police and the Front one level up."""
    if not place.above:
        return MINISTRY, CENTRAL_FRONT
    up = in_sentence(place.above[0])
    return f"Công an {up}", f"Ủy ban MTTQ Việt Nam {up}"


def _borne(unit: AdminUnit, day: date):
    """The name row of that day, else the unit itself; both have kind, name and parent."""
    return next((name for name in unit.names.all() if name.existed_on(day)), unit)


_BLOCKS = {"police": _police, "front": _front}

"""Two drawings that stand for photographs in the demo; both say that they are no photographs."""

import typst

from portal.files.pictures import picture_of
from programs.activities.models import ActivityEntry
from programs.attachments.actions import add_photo
from programs.attachments.models import Photo

LABEL = "Ảnh minh họa"
# Typst ships a serif that holds Vietnamese letters; Pillow's own font does not.
DRAWING = """
#set page(width: 640pt, height: 420pt, margin: 0pt, fill: rgb("{sky}"))
#let person(x) = {{
  let step = calc.rem(x, 3) * 14pt
  let (left, head) = (33pt + x * 62pt, circle(radius: 17pt, fill: rgb("#1c2421")))
  place(bottom, dx: left + 7pt, dy: -50pt - step, head)
  place(bottom, dx: left, dy: -6pt - step, rect(width: 48pt, height: 44pt, radius: 9pt, fill: {coats}))
}}
#let banner = align(center, text(size: 30pt, fill: white)[{title}])
#place(bottom, rect(width: 100%, height: 120pt, fill: rgb("{ground}")))
#for x in range({people}) {{ person(x) }}
#place(top + center, dy: 60pt, rect(width: 520pt, inset: 18pt, fill: rgb("{banner}"), banner))
#place(bottom + right, dx: -14pt, dy: -8pt, text(size: 22pt, fill: white)[*{label}*])
"""
SCENES = (
    {"sky": "#cfe3f5", "ground": "#c9b37a", "coats": "olive", "banner": "#b3261e", "people": 9,
     "title": "NGÀY HỘI TOÀN DÂN BẢO VỆ AN NINH TỔ QUỐC"},
    {"sky": "#fdf1d8", "ground": "#8a6d4b", "coats": "navy", "banner": "#0f5b3e", "people": 6,
     "title": "BUỔI TUYÊN TRUYỀN TẠI TỔ DÂN PHỐ"},
)  # fmt: skip


def add_to(crew) -> None:
    """One drawing for each of a commune's two latest sessions, once."""
    if Photo.objects.filter(entry__unit=crew.unit).exists():
        return
    entries = ActivityEntry.objects.live().of_kind("tuyen-truyen").filter(unit=crew.unit).latest_first()
    for scene, entry in zip(SCENES, entries[:2], strict=False):
        source = DRAWING.format(label=LABEL, **scene).encode()
        picture = picture_of(typst.compile(source, format="png", ppi=110))
        add_photo(entry=entry, picture=picture, caption=f"{LABEL}: {entry.title}", by=crew.officers["ca"])

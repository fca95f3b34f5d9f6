"""What a report looks like on paper, worked out once: PDF, Word and Excel only set it.

The form follows Nghị định 30/2020/NĐ-CP, Phụ lục I. Number, date and signature stay blank: the clerk's office
gives them, and the valid document is the one signed outside the portal.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from portal.ui.numbers import NOTHING, day, number, signed
from reports.exports.text import line, paragraphs
from reports.lines import MOST_COLUMNS, telling_lines

DRAFT_LINE = "DỰ THẢO – CHƯA XÁC NHẬN"
NIL_LINE = "Không phát sinh trong kỳ."
ADJUSTMENT_NOTE = "Lũy kế = lũy kế đến hết kỳ trước + kỳ này + điều chỉnh kỳ trước."


@dataclass(frozen=True, slots=True)
class Issuer:
    """One issuing side: parent organisation, own name (one line or more) and the lines over the signature."""

    parent: str
    name: list[str]
    signature: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of Appendix I: numbers as counted; `change` and `percent` compare with the same period."""

    no: str
    name: str
    measure_unit: str
    current: int | None
    same_period: int | None
    change: int | None
    percent: str
    cumulative: int | None
    adjustment: int
    note: str
    group: str = ""

    def texts(self, adjusted: bool) -> list[str]:
        """The cells as printed, in the order of COLUMNS."""
        numbers = [number(self.current), number(self.same_period)]
        numbers += [NOTHING if self.change is None else signed(self.change), self.percent]
        numbers += [signed(self.adjustment)] if adjusted else []
        return [self.no, self.name, self.measure_unit, *numbers, number(self.cumulative), self.note]


@dataclass(frozen=True, slots=True)
class Commune:
    """One line of Appendix II: a commune's report and its figures, in the order of the indicators."""

    no: str
    name: str
    version: int
    figures: list[int | None]

    def texts(self) -> list[str]:
        return [self.no, self.name, number(self.version), *map(number, self.figures)]


@dataclass(frozen=True, slots=True)
class CommuneTable:
    """As much of Appendix II as stands side by side: names of indicators, communes, their totals."""

    indicators: list[str]
    communes: list[Commune]
    totals: list[int | None]

    def as_printed(self) -> dict:
        return {
            "indicators": self.indicators,
            "columns": ["TT", "Đơn vị", "Bản", *self.indicators],
            "communes": [commune.texts() for commune in self.communes],
            "totals": ["", "Tổng cộng", "", *map(number, self.totals)],
        }


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole report, ready to be set. Texts are clean; nothing in here is markup."""

    draft: str
    issuers: list[Issuer]
    code: str
    place_and_date: str
    title: str
    abstract: str
    intro: str
    nil: str
    sections: list[Section]
    missing: str
    recipients: list[str]
    attached_to: str
    period: str
    span: str
    closing: str
    columns: list[str]
    rows: list[Row]
    adjusted: bool
    indicators: list[str]
    communes: list[Commune]
    totals: list[int | None]
    year: int
    period_end: date

    @property
    def rows_and_heads(self) -> list[tuple[str, Row | None]]:
        """("", row) of Appendix I; (the group's name, None) before the first row of each group."""
        listed, group = [], ""
        for row in self.rows:
            listed += [(row.group, None)] if row.group and row.group != group else []
            listed.append(("", row))
            group = row.group
        return listed

    @property
    def commune_tables(self) -> list[CommuneTable]:
        """Appendix II cut into tables that a page can hold; none without communes."""
        cuts = range(0, len(self.indicators) if self.communes else 0, MOST_COLUMNS)
        return [self._commune_table(slice(at, at + MOST_COLUMNS)) for at in cuts]

    def _commune_table(self, cut: slice) -> CommuneTable:
        communes = [Commune(c.no, c.name, c.version, c.figures[cut]) for c in self.communes]
        return CommuneTable(self.indicators[cut], communes, self.totals[cut])

    @property
    def is_joint(self) -> bool:
        return len(self.issuers) > 1

    @property
    def figures_of(self) -> str:
        """ "Số liệu tháng 11/2026 (từ 15/10/2026 đến 14/11/2026)"; dates that name the period stand once."""
        return f"Số liệu {self.period}" + (f" ({self.span})" if self.span else "")

    def as_printed(self) -> dict:
        """Texts only (JSON), for templates: the same in PDF and Word, capitals where the decree has them."""
        printed = asdict(self) | {"is_joint": self.is_joint, "period_end": self.period_end.isoformat()}
        printed["title"] = self.title.upper()
        printed["appendix_title"] = self.figures_of.upper()
        for issuer in printed["issuers"]:
            issuer["parent"] = issuer["parent"].upper()
            issuer["name"] = [name.upper() for name in issuer["name"]]
            issuer["signature"] = [signature.upper() for signature in issuer["signature"]]
        blank = [""] * (len(self.columns) - 2)
        printed["rows"] = [
            row.texts(self.adjusted) if row else ["", head, *blank] for head, row in self.rows_and_heads
        ]
        printed["commune_tables"] = [table.as_printed() for table in self.commune_tables]
        printed["adjustment_note"] = ADJUSTMENT_NOTE if self.adjusted else ""
        return printed


def sheet_of(content: dict, *, draft: bool = False, year: int | None = None) -> Sheet:
    """The Sheet of a report's content (the dict that page, PDF, Word and Excel share).

    `year` stands beside the blank day and month of signing; without it, that of the day after the period.
    """
    period, unit = content["period"], content["unit"]
    end = date.fromisoformat(period["end"])
    # A plain year that ends on 31/12/2026 is signed in 2027.
    year = year or (end + timedelta(days=1)).year
    rows = [_row(item) for item in content["lines"]]
    adjusted = any(row.adjustment for row in rows)
    told = telling_lines(content)
    slugs = [item["indicator"] for item in told]
    issuers = [_issuer(block) for block in content["issuer"]["blocks"]]
    name = line(unit["name"])
    return Sheet(
        draft=DRAFT_LINE if draft else "",
        issuers=issuers,
        code="Số:            /BC-………",
        place_and_date=f"{line(content['place'])}, ngày      tháng      năm {year}",
        title=line(content["title"]),
        abstract=line(content["abstract"]),
        intro=_intro(content, name),
        nil=NIL_LINE if content.get("nil") else "",
        sections=_sections(content["sections"]),
        missing=_missing(content.get("missing") or []),
        recipients=_recipients(content["recipients"]),
        attached_to=_attached_to(issuers, year),
        period=line(period["label"]),
        span=_span(period),
        closing=f"Trên đây là kết quả {line(period['label'])}; số liệu chi tiết tại Phụ lục kèm theo./.",
        columns=_columns(adjusted),
        rows=rows,
        adjusted=adjusted,
        indicators=[line(item["name"]) for item in told],
        communes=[_commune(at, item, slugs) for at, item in enumerate(content.get("communes") or [], 1)],
        totals=[item["current"] for item in told],
        year=year,
        period_end=end,
    )


def _columns(adjusted: bool) -> list[str]:
    between = ["Điều chỉnh kỳ trước"] if adjusted else []
    compared = ["Kỳ này", "Cùng kỳ", "Tăng/giảm (số)", "Tăng/giảm (%)"]
    return ["TT", "Chỉ tiêu", "ĐVT", *compared, *between, "Lũy kế", "Ghi chú"]


def _row(item: dict) -> Row:
    return Row(
        no=line(item["no"]),
        name=line(item["name"]),
        measure_unit=line(item["measure_unit"]),
        current=item["current"],
        same_period=item["same_period"],
        change=item["change"],
        percent=line(item["change_percent"] or NOTHING),
        cumulative=item["cumulative"],
        adjustment=item.get("adjustment") or 0,
        note=line(item.get("note") or ""),
        group=line(item.get("group") or ""),
    )


def _commune(at: int, item: dict, slugs: list[str]) -> Commune:
    figures = item["figures"]
    return Commune(str(at), line(item["name"]), item["version"], [figures.get(slug) for slug in slugs])


def _issuer(block: dict) -> Issuer:
    names = [line(part) for part in block["name"].split(" / ")]
    return Issuer(line(block.get("parent") or ""), names, [line(part) for part in block["signature"]])


def _attached_to(issuers: list[Issuer], year: int) -> str:
    by = " – ".join(issuer.name[0] for issuer in issuers)
    return f"(Kèm theo Báo cáo số         /BC-……… ngày      tháng      năm {year} của {by})"


def _span(period: dict) -> str:
    """ "từ 15/10/2026 đến 14/11/2026"; nothing where the period's own name says so."""
    start, end = day(period["start"]), day(period["end"])
    return "" if start in period["label"] and end in period["label"] else f"từ {start} đến {end}"


def _intro(content: dict, unit: str) -> str:
    period, programme = content["period"], content.get("programme") or {}
    basis = f"Thực hiện {line(programme['title'])}" if programme.get("title") else ""
    if basis and programme.get("number"):
        basis += f" (số {line(programme['number'])})"
    result = f"{unit} báo cáo kết quả {line(period['label'])}"
    span = _span(period) and f" (số liệu {_span(period)})"
    return ", ".join(filter(None, [basis, result])) + f"{span} như sau:"


def _sections(items: list[dict]) -> list[Section]:
    sections = []
    for item in items:
        text = paragraphs(item.get("text") or "")
        if text:
            title = line(item["title"])
            numbered = title[:1].isdigit()
            sections.append(Section(title if numbered else f"{len(sections) + 1}. {title}", text))
    return sections


def _missing(names: list[str]) -> str:
    if not names:
        return ""
    return f"Chưa gửi báo cáo ({number(len(names))} đơn vị): {', '.join(line(n) for n in names)}."


def _recipients(items: list[str]) -> list[str]:
    """ "- …;" each, the last with a full stop, as the decree sets them."""
    bare = [line(item).lstrip("- ").rstrip(";. ") for item in items]
    bare = [item for item in bare if item]
    return [f"- {item}{'.' if at == len(bare) else ';'}" for at, item in enumerate(bare, 1)]

"""PDF, Word and Excel of one content are read back: the same figures, whatever stands in the texts."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from reports.exports import render
from reports.exports.text import line as cleaned
from tests.reports.exports.contents import commune, contents, province
from tests.reports.exports.reading import (
    docx_tables,
    grouped,
    pdf_text,
    plussed,
    squeezed,
    xlsx_rows,
)

# Contents are large: a failing one is readable as it is, making it smaller would take minutes.
ANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate],
)


def printed_rows(content: dict) -> list[list[str]]:
    """Appendix I as a reader should find it, worked out from the content alone."""
    adjusted = any(item["adjustment"] for item in content["lines"])
    return [
        [
            item["no"], cleaned(item["name"]), item["measure_unit"], grouped(item["current"]),
            grouped(item["same_period"]), plussed(item["change"]), item["change_percent"],
            *([plussed(item["adjustment"])] if adjusted else []), grouped(item["cumulative"]),
            cleaned(item["note"]),
        ]
        for item in content["lines"]
    ]  # fmt: skip


def excel_rows(content: dict) -> list[list]:
    adjusted = any(item["adjustment"] for item in content["lines"])
    dash = "–"
    return [
        [
            item["no"], cleaned(item["name"]), item["measure_unit"], item["current"],
            *(dash if value is None else value for value in (item["same_period"], item["change"])),
            item["change_percent"], *([item["adjustment"]] if adjusted else []), item["cumulative"],
            cleaned(item["note"]),
        ]
        for item in content["lines"]
    ]  # fmt: skip


def commune_rows(content: dict) -> list[list]:
    slugs = [item["indicator"] for item in content["lines"]]
    return [
        [str(at), cleaned(item["name"]), item["version"], *(item["figures"][slug] for slug in slugs)]
        for at, item in enumerate(content["communes"], 1)
    ]


def check(content: dict, plain: bool) -> None:
    expected = printed_rows(content)
    pdf, word, excel = (render(content, kind) for kind in ("pdf", "docx", "xlsx"))
    text = pdf_text(pdf)
    for row in expected:
        # Names with loose marks are set right, but read back in another order: their figures must stand.
        assert squeezed("".join(row if plain else row[2:-1])) in text
    tables = docx_tables(word)
    assert tables[0][1:] == expected
    # Excel has no empty texts: an empty note is an empty cell.
    assert [[value or "" if value != 0 else 0 for value in row] for row in xlsx_rows(excel, "Phụ lục I")][
        : len(expected)
    ] == excel_rows(content)
    if content["communes"]:
        rows = commune_rows(content)
        totals = [item["current"] for item in content["lines"]]
        assert xlsx_rows(excel, "Phụ lục II")[: len(rows)] == rows
        assert xlsx_rows(excel, "Phụ lục II")[len(rows)][3:] == totals
        as_text = [[*row[:2], *map(grouped, row[2:])] for row in rows]
        assert tables[1][1:-1] == as_text
        assert tables[1][-1] == ["", "Tổng cộng", "", *map(grouped, totals)]
        assert all(squeezed("".join(row if plain else row[2:])) in text for row in as_text)


@pytest.mark.parametrize("content", [commune(), province()], ids=["commune", "province"])
def test_the_three_files_say_what_the_content_says(content):
    check(content, plain=True)


@ANY
@given(contents())
def test_any_content_is_the_same_in_all_files(content):
    check(content, plain=False)


@ANY
@given(contents())
def test_the_same_content_is_the_same_bytes(content):
    for kind in ("pdf", "docx", "xlsx"):
        assert render(content, kind) == render(content, kind)


def wide_province() -> dict:
    """Forty lines of two groups, of which twenty have figures: more than stand side by side on a page."""
    content = province(communes=3)
    lines = [
        content["lines"][0]
        | {"no": f"{1 + at // 20}.{1 + at % 20}", "indicator": f"i{at}", "name": f"Chỉ tiêu số {at}"}
        | {"group": "Tuyên truyền, vận động" if at < 20 else "Ngày hội", "current": at if at % 2 else 0}
        for at in range(40)
    ]
    members = [
        member | {"figures": {f"i{at}": at * (place == 0) if at % 2 else 0 for at in range(40)}}
        for place, member in enumerate(content["communes"])
    ]
    return content | {"lines": lines, "communes": members}


def test_groups_have_heads_and_a_wide_table_of_communes_is_cut():
    content = wide_province()
    pdf, word, excel = (render(content, kind) for kind in ("pdf", "docx", "xlsx"))
    tables = docx_tables(word)
    heads = [row[1] for row in tables[0][1:] if not row[0]]
    assert heads == ["Tuyên truyền, vận động", "Ngày hội"] and len(tables[0]) == 1 + 40 + 2
    assert [len(table[0]) for table in tables[1:]] == [3 + 12, 3 + 8]
    told = [f"Chỉ tiêu số {at}" for at in range(1, 40, 2)]
    assert [name for table in tables[1:] for name in table[0][3:]] == told
    assert [cell for table in tables[1:] for cell in table[-1][3:]] == [str(at) for at in range(1, 40, 2)]
    assert all(len(table) == 1 + 3 + 1 for table in tables[1:])
    rows = xlsx_rows(excel, "Phụ lục II")
    assert rows[0][3:] == list(range(1, 40, 2))
    assert [row[1] for row in xlsx_rows(excel, "Phụ lục I") if row[0] is None] == heads
    assert all(squeezed(text) in pdf_text(pdf) for text in ("Ngày hội", *told))

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ui.charts import Bar, bars, share_bar, sparkline

SVG = "{http://www.w3.org/2000/svg}"
values = st.lists(st.none() | st.integers(-5, 10**7) | st.floats(0, 1e7), max_size=40)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@given(
    values,
    st.text(
        alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="￾￿"), max_size=80
    ),
)
def test_any_values_give_a_drawing_that_parses_and_stays_inside(numbers, name):
    for svg in (
        bars([Bar(name, v) for v in numbers], title=name),
        sparkline(numbers, title=name),
        share_bar(*([*numbers, None, None])[:2], title=name),
    ):
        root = parsed(svg)
        width = float(root.get("viewBox").split()[2])
        assert root.find(f"{SVG}title").text in (name, None)
        assert root.find(f"{SVG}desc") is not None
        assert all(0 <= float(r.get("width")) <= width for r in root.iter(f"{SVG}rect"))
        assert "style=" not in svg and "nan" not in svg.replace(name, "").lower().split("<desc")[0]


def test_names_are_escaped():
    svg = bars([Bar("<script>alert('x')</script> & Đồng", 3)], title='"><script>')
    assert "<script>" not in svg
    assert "Đồng" in svg


def test_figures_are_said_in_words():
    svg = bars([Bar("Phường Thành Sen", 1012), Bar("Xã Thạch Lạc", None)], title="Lượt người", unit="lượt")
    assert "1.012 lượt" in svg and "Xã Thạch Lạc: –" in svg
    assert "3, –, 1.000" in sparkline([3, None, 1000], title="x")


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(66, 69, "287.0"), (0, 5, "0.0"), (9, 5, "300.0"), (1, 0, "0.0")]
)
def test_share(part, whole, width):
    assert f'width="{width}"' in share_bar(part, whole, title="Độ phủ")

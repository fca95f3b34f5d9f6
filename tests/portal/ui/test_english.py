import pytest

from tests.portal.ui.english import english_in


@pytest.mark.parametrize(
    "html",
    [
        "<p>Select all 3 reports</p>",
        '<input type="submit" value="Save">',
        '<a title="Toggle navigation" href="#">≡</a>',
        '<button aria-label="Close">×</button>',
        "<label>Lý do <span>(required)</span></label>",
        '<input placeholder="Search">',
    ],
)
def test_english_is_found(html):
    assert english_in(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Báo cáo tháng 11/2026, tin bài, ban công tác, an toàn về an ninh, trật tự</p>",
        "<script>var select = 'all';</script><style>.change{}</style>",
        '<a href="/reports/list" class="btn change" id="delete">Tải Word, PDF, Excel</a>',
        '<input type="text" name="username" value="update">',
        "<p>Loại commune-month, tệp report.docx</p>",
        "<p>Trao, do, so, to, no, in, the thao, cao</p>",
    ],
)
def test_vietnamese_passes(html):
    assert english_in(html) == []

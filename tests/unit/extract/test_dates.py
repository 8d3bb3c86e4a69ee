from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dates import MAY_DATE, addressed, days, in_figures, stamped

DAY = date(2024, 1, 23)


@pytest.mark.parametrize(
    "written",
    ["2024-01-23", "2024-1-23", "2024/1/23", "2024.01.23", "2024年1月23日", "2024年01月23日", "2024 年 1 月 23 日",
    "2024 01/23", "01-23 2024", "01/23 2024", "２０２４－０１－２３", "2024-01-23T10:12",
    "(2024-01-23)", "发布于2024-01-23 10:12"],
)  # fmt: skip
def test_days_as_pages_write_them(written: str) -> None:
    assert [day for day, _ in days(written)] == [DAY]


@pytest.mark.parametrize(
    "written",
    ["2024-13-01", "2024-02-30", "1899-01-01", "12024-01-23", "2024-01-234", "2024年1月", "1月23日", "", "10:12:23"],
)
def test_what_names_no_day(written: str) -> None:
    assert list(days(written)) == []


@pytest.mark.parametrize(
    ("spelt", "figures"),
    [
        ("二〇二四年一月二十三日", "2024年1月23日"),
        ("二○二四年十二月三十一日", "2024年12月31日"),
        ("二零二四年十月十日", "2024年10月10日"),
        ("一九九八年", "1998年"),
        ("二〇二四年工作报告", "2024年工作报告"),
        ("第二年", "第二年"),
        ("十二月", "十二月"),
    ],
)
def test_chinese_numerals(spelt: str, figures: str) -> None:
    assert in_figures(spelt) == figures


@pytest.mark.parametrize("written", ["20240123", "20240123101200", "2024-01-23", "d 20240123 x"])
def test_stamps_in_metadata(written: str) -> None:
    assert stamped(written) == DAY


@pytest.mark.parametrize("written", ["202401231", "昨天", "20241301", "00010101", ""])
def test_what_is_no_stamp(written: str) -> None:
    assert stamped(written) is None


@pytest.mark.parametrize(
    "path",
    ["/2024/0123/1.html", "/202401/t20240123_1.html", "/2024-01/23/c_1.htm", "/art/2024/1/23/art_1_2.html",
    "/20240123/",
    "/2024/01/23/x", "/a_20240123.html", "/2024-1-23/1.html", "/n1/2024/0123/c1-2.html"],
)  # fmt: skip
def test_days_in_addresses(path: str) -> None:
    assert addressed(f"http://gov.example{path}") == DAY


@pytest.mark.parametrize(
    "path", ["/2024/", "/202401/1.html", "/1202401231.html", "/art/2024/13/45/1.html", "/2024013", ""]
)
def test_addresses_without_a_day(path: str) -> None:
    assert addressed(f"http://gov.example{path}") is None


@given(
    st.dates(date(1990, 1, 1), date(2089, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%m-%d %Y"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert [found for found, _ in days(day.strftime(form))] == [day]


@given(
    st.text("0123456789年月日-/. 二〇四一十", max_size=40) | st.sampled_from(["二〇二四年一月二十三日", "1-23 2024"])
)
def test_no_day_is_overlooked(text: str) -> None:
    assert MAY_DATE.search(text) or not list(days(in_figures(text)))


@given(st.text("0123456789年月日-/. 二十〇", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert all(day.year >= 1990 for day, _ in days(in_figures(text)))
    assert stamped(text) is None or stamped(text).year >= 1990  # type: ignore[union-attr] (not None here)

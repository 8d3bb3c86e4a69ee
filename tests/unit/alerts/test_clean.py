"""Text of strangers, made harmless."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.clean import block, line, link


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("地区生产总值  增长\t6%", "地区生产总值 增长 6%"),
        ("一\r\nBcc: victim@example.org", "一 Bcc: victim@example.org"),
        ("一\u2028二\u2029三\x0b四\x85五", "一 二 三 四 五"),
        ("\x1b[31m红\x1b[0m", "[31m红 [0m"),
        ("abc\u202egpj.exe\u202c", "abcgpj.exe"),
        ("零\u200b宽\ufeff\u2060", "零宽"),
        ("半\ud800个", "半个"),
        ("\x00\x07", ""),
        (2026, "2026"),
        (True, ""),
        (None, ""),
        (["x"], ""),
        ({"x": 1}, ""),
        (6.5, ""),
    ],
)
def test_a_line_is_one_harmless_line(text: object, shown: str) -> None:
    assert line(text) == shown


def test_a_long_line_ends_with_an_ellipsis() -> None:
    assert line("增" * 50, 10) == "增" * 9 + "…"
    assert line("增" * 10, 10) == "增" * 10


def test_a_block_keeps_its_lines_but_not_many_empty_ones() -> None:
    assert block("\n一\r\n二\r三\n\n\n\n\n四\x07\n") == "一\n二\n三\n\n四"
    assert block("长" * 5_000, 100) == "长" * 99 + "…"
    assert block(["no", "text"]) == ""


@given(st.text(), st.integers(1, 300))
def test_whatever_comes_a_line_has_nothing_but_visible_characters(text: str, most: int) -> None:
    shown = line(text, most)
    assert len(shown) <= most
    assert shown == shown.strip()
    assert not [mark for mark in shown if unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp")]
    shown.encode()


@given(st.text(), st.integers(1, 300))
def test_whatever_comes_a_block_is_capped_and_has_only_line_feeds(text: str, most: int) -> None:
    shown = block(text, most)
    assert len(shown) <= most
    assert not [mark for mark in shown if unicodedata.category(mark) == "Cc" and mark not in "\n\t"]
    shown.encode()


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/a.html",
        "http://www.example.org:8080/a?b=c&d=%E4%BA%91#:~:text=5.5%25",
    ],
)
def test_web_addresses_may_be_followed(url: str) -> None:
    assert link(url) == url


def test_what_is_no_address_character_is_encoded() -> None:
    assert link('https://www.example.org/云 溪"><b>') == "https://www.example.org/%E4%BA%91%20%E6%BA%AA%22%3E%3Cb%3E"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "https://",
        "https://bank.example.org@evil.example.org/",
        "https://[::1",
        "https://example.org/\u202etxt",
        "https://example.org/" + "a" * 3_000,
        "",
        None,
        7,
    ],
)
def test_other_addresses_may_not(url: object) -> None:
    assert link(url) == ""

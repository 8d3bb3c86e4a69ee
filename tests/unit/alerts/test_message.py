"""Mails of one alert and of many, and chat messages."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.message import BRIEF, CHAT_CHARACTERS, FULL, mail, short_text
from alerts.words import Language
from crawler.model import Json
from tests.support.alerting import change, hunk, payload, quiet, target

GMAIL_CUTS_AT = 102_000
TYPES = (
    "page.new",
    "page.changed",
    "page.gone",
    "page.suspect",
    "source.failing",
    "source.recovered",
    "page.differs",
)


class Markup(HTMLParser):
    """What a mail program would see: tags, links and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [text or "" for name, text in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def hostile(number: int = 1) -> dict[str, Json]:
    """A document whose every text tries something."""
    evil = f"<script>alert({number})</script><img src=x onerror=y>\"'>&lt;\r\nBcc: v@example.org\x1b[31m\u202e"
    return payload(
        id=evil,
        source={"id": evil, "title": evil},
        page={"url": "javascript:alert(1)", "title": evil, "region": evil, "year": evil},
        summary=evil,
        reason=evil,
        reference={"source": {"id": evil, "title": evil}, "url": "javascript:alert(3)", "title": evil},
        occurred_at=evil,
        versions={"old": evil, "new": evil},
        targets={
            "changed": [{**change(), "indicator": evil, "new": {"words": evil, "kind": evil}}],
            "added": [target()],
        },
        text={"hunks": [hunk(old=evil, new=evil, before=evil, after=evil)]},
        links={"page": 'https://example.org/"onmouseover="x', "diff": "javascript:alert(2)"},
    )


@pytest.mark.parametrize("part", ["text", "html"])
def test_both_parts_say_everything(part: str) -> None:
    added, removed = target("3", indicator="粮食产量"), target("9", indicator="外贸进出口")
    targets = {"changed": [change()], "added": [added], "removed": [removed]}
    sent = getattr(mail([payload(targets=targets, reason="两次确认")], "zh"), part)
    shown = Markup(sent).text if part == "html" else sent
    for words in (
        "云溪市 2026：地区生产总值 6%左右 → 5.5%左右",
        "云溪市2026年政府工作报告",
        "正文有改动",
        "粮食产量（增长）",
        "3%左右",
        "外贸进出口（增长）",
        "9%左右",
        "地区生产总值增长",
        "左右；",
        "两次确认",
        "版本 1 → 2",
        "2026-11-22 08:00+00:00",
        "0b8f5a0e-3f5e-5a6c-8d3c-2f0a4a1f6a01",
        "report-crawler",
    ):
        assert words in shown
    for link in ("https://www.example.org/yunxi.html#:~:text=5.5%25", "https://watch.example.org/pages/1/versions/2"):
        assert link in sent


def test_the_text_part_shows_both_sides_of_an_edit_in_their_context() -> None:
    text = mail([payload()], "zh").text
    assert "- 原：地区生产总值增长【6%】左右；" in text
    assert "+ 现：地区生产总值增长【5.5%】左右；" in text


@pytest.mark.parametrize(("old", "new", "lines"), [("", "新句。", 1), ("旧句。", "", 1), ("旧", "新", 2)])
def test_insertions_and_deletions_show_one_side(old: str, new: str, lines: int) -> None:
    sent = mail([payload(text={"hunks": [hunk(old=old, new=new)]})], "zh")
    assert sent.text.count("【") == lines
    tags = Markup(sent.html[sent.html.index("</table>") :]).tags
    assert [tag for tag in tags if tag in ("del", "ins")] == ["del"] * bool(old) + ["ins"] * bool(new)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_alert_makes_a_mail(kind: str, language: Language) -> None:
    sent = mail([quiet(kind)], language)
    assert "HTTP 404" in sent.text
    assert "HTTP 404" in Markup(sent.html).text
    assert "table" not in Markup(sent.html).tags
    assert sent.html.startswith("<!DOCTYPE html>")


def test_the_html_part_loads_nothing_and_runs_nothing() -> None:
    seen = Markup(mail([payload(), quiet("page.gone")], "zh").html)
    assert not {"script", "img", "link", "iframe", "object", "form", "svg"} & set(seen.tags)
    assert seen.attributes <= {"lang", "charset", "name", "content", "style", "href"}
    assert "url(" not in mail([payload()], "zh").html
    assert all(link.startswith("https://") for link in seen.links)


def test_hostile_text_stays_text() -> None:
    sent = mail([hostile(1), hostile(2)], "zh")
    seen = Markup(sent.html)
    assert not {"script", "img"} & set(seen.tags)
    assert seen.attributes <= {"lang", "charset", "name", "content", "style", "href"}
    assert "<script>alert(1)</script>" in seen.text
    assert set(seen.links) == {"https://example.org/%22onmouseover=%22x"}
    for medium in (sent.subject, sent.text, sent.html):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", medium)
    assert "\nBcc:" not in sent.subject
    assert "javascript:" not in "".join(seen.links)


def test_the_mail_suits_phones_and_dark_screens() -> None:
    html = mail([payload()], "zh").html
    assert '<meta name="viewport" content="width=device-width' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "max-width:640px" in html
    assert not re.search(r"[;\"]color:(#000|black|#fff|white)", html)


def test_a_digest_groups_by_source() -> None:
    other = {"id": "other", "title": "另一来源"}
    sent = mail([payload(), payload(source=other), payload(source={"id": "a", "title": "云溪市政府工作报告"})], "zh")
    assert sent.text.count("【云溪市政府工作报告】") == 1
    assert sent.text.count("【另一来源】") == 1
    assert sent.text.index("【另一来源】") > sent.text.rindex("\n云溪市政府工作报告 ·")


def test_a_single_alert_needs_no_heading() -> None:
    assert "【云溪市政府工作报告】" not in mail([payload()], "zh").text


@pytest.mark.parametrize("count", [1, 50, 300])
def test_every_alert_of_a_digest_is_named(count: int) -> None:
    documents = [payload(targets={"changed": [change(f"指标{number}号")]}) for number in range(count)]
    sent = mail(documents, "zh")
    for number in range(count):
        assert f"指标{number}号" in sent.text
        assert f"指标{number}号" in sent.html


def test_a_long_digest_stays_readable() -> None:
    sent = mail([payload() for _ in range(FULL + 40)], "zh")
    assert "其余提醒（从简）" in sent.text
    assert sent.text.count("· 云溪市 2026：") >= 40
    assert "crawler alerts" not in sent.text


def test_a_huge_digest_counts_what_it_cannot_name() -> None:
    sent = mail([payload() for _ in range(FULL + BRIEF + 77)], "en")
    (left,) = re.findall(r"and (\d+) more: see crawler alerts", sent.text)
    assert int(left) >= 77
    assert f"and {left} more: see crawler alerts" in sent.html
    assert len(sent.html.encode()) < 300_000


def test_the_largest_alert_is_not_cut_by_mail_programs() -> None:
    changed = [change(f"一项名称相当长的国民经济和社会发展主要预期指标第{number}号") for number in range(300)]
    hunks = [hunk(old="旧" * 2_000, new="新" * 2_000, before="前" * 40, after="后" * 40) for _ in range(100)]
    sent = mail([payload(targets={"changed": changed}, text={"hunks": hunks, "truncated": True})], "zh")
    assert len(sent.html.encode()) < GMAIL_CUTS_AT
    assert "另有 240 项目标未列出" in sent.html
    assert re.search("另有 [0-9]+ 处改动未列出", sent.text)


def test_a_chat_message_says_what_where_and_how() -> None:
    title, body = short_text(payload(), "zh")
    assert title == "云溪市 2026：地区生产总值 6%左右 → 5.5%左右"
    assert body.splitlines() == [
        "正文有改动",
        "地区生产总值（增长）：6%左右 → 5.5%左右",
        "https://www.example.org/yunxi.html#:~:text=5.5%25",
        "https://watch.example.org/pages/1/versions/2",
        "- 地区生产总值增长【6%】左右；",
        "+ 地区生产总值增长【5.5%】左右；",
    ]


def test_a_chat_message_is_short_and_keeps_its_links() -> None:
    changed = [change(f"指标{number}" * 10) for number in range(30)]
    _, body = short_text(payload(targets={"changed": changed}, text={"hunks": [hunk(old="旧" * 900)] * 9}), "zh")
    assert len(body) <= CHAT_CHARACTERS
    assert "https://watch.example.org/pages/1/versions/2" in body


def test_a_chat_message_gives_the_reason() -> None:
    _, body = short_text(quiet("source.failing"), "en")
    assert "Reason: HTTP 404 (Not Found), three times in a row" in body


def test_a_new_reports_targets_are_listed_without_an_old_side() -> None:
    document = payload(type="page.new", targets={"added": [target(), target("8", indicator="固定资产投资")]})
    sent = mail([document], "zh")
    seen = Markup(sent.html[sent.html.index("<table") : sent.html.index("</table>")])
    assert (seen.tags.count("th"), seen.tags.count("td")) == (2, 4)
    assert "  固定资产投资（增长）：8%左右\n" in sent.text
    assert "新增目标" not in sent.text + sent.html


REFERENCE = {
    "source": {"id": "gov", "title": "云溪市人民政府"},
    "url": "https://gov.example.org/yunxi.html",
    "title": "云溪市2026年政府工作报告",
    "version": 3,
}


@pytest.mark.parametrize(("language", "name"), [("zh", "基准文本"), ("en", "Reference")])
def test_prints_that_differ_name_and_link_the_reference(language: Language, name: str) -> None:
    document = payload(type="page.differs", reference=REFERENCE)
    sent = mail([document], language)
    shown = Markup(sent.html)
    for part in (sent.text, shown.text, short_text(document, language)[1]):
        assert name in part
        assert "云溪市人民政府" in part
    assert "https://gov.example.org/yunxi.html" in shown.links
    assert "https://gov.example.org/yunxi.html" in sent.text
    assert "1 → 2" not in sent.text, "versions of two pages are no history"


def test_what_is_cut_of_prints_is_seen_by_comparing_them() -> None:
    hunks = [hunk(old=f"旧{number}", new=f"新{number}") for number in range(60)]
    cut = {"hunks": hunks, "unified": "", "truncated": True}
    assert "crawler compare" in mail([payload(type="page.differs", reference=REFERENCE, text=cut)], "zh").text
    assert "crawler changes" in mail([payload(text=cut)], "zh").text


def sized(name: int, characters: int, targets: int) -> dict[str, Json]:
    return payload(
        id=f"alert-{name}",
        source={"id": f"s{name % 3}", "title": f"来源{name % 3}"},
        page={"url": "https://www.example.org/", "title": f"第{name}号报告", "region": "", "year": None},
        targets={"changed": [change(f"指标{number}") for number in range(targets)], "added": [], "removed": []},
        text={"hunks": [hunk("旧" * characters, "新" * characters)], "unified": "", "truncated": False},
    )


@settings(max_examples=12)
@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 30)), min_size=1, max_size=12),
    st.integers(1, 60),
    st.sampled_from(["zh", "en"]),
)
def test_a_mail_is_bounded_and_each_alert_named_or_counted(
    sizes: list[tuple[int, int]], times: int, language: Language
) -> None:
    told = [sized(name, *size) for name, size in enumerate(sizes * times)]
    sent = mail(told, language)
    assert len(sent.html.encode()) < GMAIL_CUTS_AT
    named = sum(f"第{name}号报告" in sent.text for name in range(len(told)))
    left = len(told) - named
    assert named >= 1
    assert not left or re.search(rf"(?<!\d){left}(?!\d)", sent.text.rpartition(f"第{named - 1}号报告")[2]), (
        "not counted"
    )

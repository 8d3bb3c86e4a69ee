"""What people are sent: a mail of one alert or of many, and a short text for chats. Pure.

    payload -> notice.read -> headline, plain, markup -> Mail

The size of a mail is bounded, whatever it has to say: a digest tells its first alerts in full, the others in one line
each, and what is beyond that is counted and named as what `crawler alerts` lists. Nothing is dropped in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from itertools import accumulate
from typing import Protocol

import alerts.markup as markup
import alerts.plain as plain
from alerts.clean import block, line
from alerts.headline import headline, heads, indicator, label, subject
from alerts.notice import Notice, read
from alerts.words import WORDS, Language, Words
from crawler.model import Json, value

FULL = 50
"""So many alerts of a digest are told in full at most, …"""
BRIEF = 500
"""… so many more in a line each, …"""
LARGEST = 90_000
"""… as long as they fit into so many bytes of HTML: with the headings below the 102 KB at which Gmail cuts."""
CHAT_CHARACTERS = 900
"""Of a chat message; services take from 1,000 characters (Rocket.Chat) or 2,048 bytes (WeCom) on."""
CHAT_TARGETS = 8
CHAT_EDITS = 3


class _Writer(Protocol):
    """What `alerts.plain` and `alerts.markup` both offer."""

    def section(self, notice: Notice, words: Words) -> str: ...
    def brief(self, notice: Notice, words: Words) -> str: ...
    def source(self, title: str) -> str: ...
    def letter(self, sections: Sequence[str], briefs: Sequence[str], left: int, words: Words) -> str: ...


@value
class Mail:
    """The parts of a mail, ready to be put into a message."""

    subject: str
    """One line without control characters, at most 120 characters."""
    text: str
    html: str


def mail(payloads: Sequence[Mapping[str, Json]], language: Language, zone: tzinfo = UTC) -> Mail:
    """The mail that tells one or many alerts, those of one source together; times are shown in the zone."""
    words = WORDS[language]
    notices = _by_source([read(payload, zone) for payload in payloads])
    fitting = _fitting(notices, words)
    return Mail(
        subject=subject(notices, words),
        text=_letter(plain, notices, fitting, words),
        html=_letter(markup, notices, fitting, words),
    )


def short_text(payload: Mapping[str, Json], language: Language) -> tuple[str, str]:
    """Title and body of a chat message; the links stand above the edits, so that no cut takes them away."""
    words, notice = WORDS[language], read(payload)
    lines = [label(notice, words)]
    lines += [words.reference + words.colon + line(notice.reference, 120)] if notice.reference else []
    lines += [words.reason + words.colon + line(notice.reason, 200)] if notice.reason else []
    for row, report in zip(notice.rows[:CHAT_TARGETS], heads(notice.rows, notice), strict=False):
        lines += [f"【{report}】"] if report else []
        lines.append(f"{indicator(row, words)}{words.colon}{row.old or words.added} → {row.new or words.removed}")
    lines += filter(None, (notice.page_link, notice.reference_link, notice.diff_link))
    for edit, report in zip(notice.edits[:CHAT_EDITS], heads(notice.edits, notice), strict=False):
        lines += [f"【{report}】"] if report else []
        lines += [f"- {edit.before}【{line(edit.old)}】{edit.after}"] if edit.old else []
        lines += [f"+ {edit.before}【{line(edit.new)}】{edit.after}"] if edit.new else []
    return headline(notice, words), block("\n".join(lines), CHAT_CHARACTERS)


def _by_source(notices: Sequence[Notice]) -> list[Notice]:
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        groups.setdefault(notice.source, []).append(notice)
    return [notice for group in groups.values() for notice in group]


def _fitting(notices: Sequence[Notice], words: Words) -> tuple[int, int]:
    """How many alerts can be told in full (the first one always is), and up to which one the others can be named.

    Naming one comes before telling another in full.
    """
    sections = _sums(markup.section(notice, words) for notice in notices[:FULL])
    briefs = _sums(markup.brief(notice, words) for notice in notices[: FULL + BRIEF])
    full = max([1, *(k for k in range(2, len(sections)) if sections[k] + briefs[-1] - briefs[k] <= LARGEST)])
    named = [k for k in range(full, len(briefs)) if sections[full] + briefs[k] - briefs[full] <= LARGEST]
    return full, max([full, *named])


def _sums(texts: Iterable[str]) -> list[int]:
    """The bytes of the first no, one, two … texts."""
    return list(accumulate((len(text.encode()) for text in texts), initial=0))


def _letter(writer: _Writer, notices: Sequence[Notice], fitting: tuple[int, int], words: Words) -> str:
    full, named = fitting
    sections: list[str] = []
    heading = "" if len(notices) > 1 else notices[0].source
    for notice in notices[:full]:
        if notice.source != heading:
            heading = notice.source
            sections.append(writer.source(heading))
        sections.append(writer.section(notice, words))
    briefs = [writer.brief(notice, words) for notice in notices[full:named]]
    return writer.letter(sections, briefs, len(notices) - named, words)

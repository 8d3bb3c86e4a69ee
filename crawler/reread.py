"""Reads the newest version's bytes again when the rules have improved, so that better rules never look like an edit.

What is compared must have been read by the same rules. A stamp says by which ones a version was read: the code of
extractor and grammar, what is known of the host (`crawler.extract.template`), the source's selectors. Where it is
another than today's, the bytes kept as evidence are read again before the page is fetched: what comes out is the text
to compare with, and becomes a version of its own, silently.

The page may have moved on since, where the old rules did not look: a part whose newest bytes are others than those kept
counts as never read, so that this very check fetches it, reads it by the same rules, and tells what was edited.

Where nothing can be read again (bytes are damaged, or say nothing under these rules; the parts of a page that moved are
not known any more) two readings by different rules are all there is. They are told apart by what rules do: they let
whole lines in or leave them out, while an edit that matters to a reader changes words and numbers within a line that
stays. So once a reading is believed (`crawler.plausible`), whole lines in which it differs are taken over silently; if
nothing else differs, it is stored as reread, with its bytes. What differs within lines is an edit and told, held
against the old text's targets as today's grammar finds them. Both may err, for pages edited at the very moment at which
the rules change: a paragraph added or removed stands in the history only, and rules that change a line within are told.
To tell every difference would cry wolf at each upgrade, to adopt every one would lose the changed number. Until a
reading is believed the stamp stays the old one. Ring 1.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from crawler.checks import Capture, Document, Due, NewVersion, Observation, Part, Reading
from crawler.diff import Hunk, TextDiff, diff_texts
from crawler.discover import stitch, with_targets
from crawler.errors import CrawlerError
from crawler.extract import extract
from crawler.extract.template import Template
from crawler.model import Article, Selectors, Target, value
from crawler.plausible import LEAST
from crawler.reading import Reader, here
from crawler.text import fold


@value
class Past:
    """A page's newest version as today's rules read it."""

    due: Due
    """The page as if that version were stored."""
    rules: str
    """Today's stamp."""
    version: NewVersion | None = None
    """What is to be stored; None: it is the version we hold."""
    legible: bool = True
    """False: nothing could be read again, and the version is what other rules read."""


@value
class Stored:
    """The newest version as it is stored, asked for only where it is needed."""

    captures: Callable[[], Sequence[Capture]]
    """The bytes it was read from, in part order; none where it is not known which they are."""
    targets: Callable[[], tuple[Target, ...]]


@lru_cache(maxsize=256)
def stamp(code: str, template: Template, selectors: Selectors) -> str:
    """By which rules a page is read: `code` names the program's, what follows the host's and the source's."""
    given = repr((sorted(template), selectors.select, selectors.drop)) if template or selectors != Selectors() else ""
    return f"{code} {hashlib.sha256(given.encode()).hexdigest()[:12] if given else '-'}"


def recall(due: Due, rules: str, template: Template, stored: Stored, read: Reader = here) -> Past:
    """The newest version as the rules with this stamp read it."""
    if not due.version or due.rules == rules:
        return Past(due=due, rules=rules)
    captures = stored.captures()
    articles = [_article(capture, due.source.body, template, read) for capture in captures]
    document = _document(due, captures, [each for each in articles if each is not None])
    if document is None:
        return Past(due=replace(due, parts=tuple(map(_unread, due.parts))), rules=rules, legible=False)
    due = replace(due, parts=_last_seen(due.parts, captures))
    if _is_known(due, rules, document, stored):
        return Past(due=due, rules=rules)
    document = with_targets(document)
    moved = replace(
        due,
        version=due.version + 1,
        fingerprint=document.fingerprint,
        characters=len(document.text),
        target_count=sum(target.status == "target" for target in document.targets),
        parts=tuple(
            replace(part, paragraphs=read.paragraphs) for part, read in zip(due.parts, document.parts, strict=False)
        ),
        title=document.title,
        region=document.region,
        year=document.year,
    )
    return Past(due=moved, rules=rules, version=NewVersion(number=moved.version, document=document, reread=True))


def with_lines_of(old: str, new: str) -> str:
    """The old text with whole lines left out or let in as in the new: what differs then, differs within lines."""
    text, pieces, done = diff_texts(old, new), [], 0
    for hunk in text.hunks:
        pieces += [old[done : hunk.old_start], f"\n{hunk.new}\n" if _is_whole(hunk, text) else hunk.old]
        done = hunk.old_end
    return "\n".join(filter(None, "".join([*pieces, old[done:]]).split("\n")))


def _is_known(due: Due, rules: str, document: Document, stored: Stored) -> bool:
    """Whether it says what the stored version says; only other code finds other targets in the same text."""
    if document.fingerprint != due.fingerprint:
        return False
    if rules.partition(" ")[0] == due.rules.partition(" ")[0]:
        return True
    return _said(with_targets(document).targets) == _said(stored.targets())


def _said(targets: Iterable[Target]) -> list[Target]:
    return [replace(target, rule="") for target in targets]


def _article(capture: Capture, selectors: Selectors, template: Template, read: Reader) -> Article | None:
    content_type = capture.headers.get("content-type", "")
    try:
        return read(extract, capture.content, capture.url, content_type, selectors, template)
    except CrawlerError:
        return None


def _document(due: Due, captures: Sequence[Capture], articles: Sequence[Article]) -> Document | None:
    """The version from its bytes, all of them; None where some cannot be read, or say nothing."""
    if not captures or len(articles) < len(captures):
        return None
    readings = tuple(
        Reading(part=Part(url=capture.url, sha256="", paragraphs=len(article.paragraphs)), article=article)
        for capture, article in zip(captures, articles, strict=True)
    )
    url = due.parts[0].url if due.parts else due.url
    fetched_at = max(capture.fetched_at for capture in captures)
    document = stitch(Observation(url=url, readings=readings, fetched_at=fetched_at), due, "")
    return document if len(fold(document.text)) >= LEAST else None


def _last_seen(parts: Sequence[Part], captures: Sequence[Capture]) -> tuple[Part, ...]:
    """The parts, as never read where the bytes last seen are others than those kept; none is recognised by now."""
    if len(parts) != len(captures):
        return ()
    pairs = zip(parts, captures, strict=True)
    kept = ((replace(part, imprint=""), part.sha256 == capture.sha256) for part, capture in pairs)
    return tuple(part if same else _unread(part) for part, same in kept)


def _unread(part: Part) -> Part:
    return replace(part, sha256="", etag=None, last_modified=None, imprint="")


def _is_whole(hunk: Hunk, text: TextDiff) -> bool:
    """Whether an edit lets lines in or leaves lines out, and touches none that stays."""
    if hunk.op == "replace":
        return False
    whole, start, end = (
        (text.new, hunk.new_start, hunk.new_end) if hunk.new else (text.old, hunk.old_start, hunk.old_end)
    )
    begins = whole[start - 1 : start] in ("", "\n") or whole[start:end].startswith("\n")
    ends = whole[end : end + 1] in ("", "\n") or whole[start:end].endswith("\n")
    return begins and ends

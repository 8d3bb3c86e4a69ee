"""Reads the newest version's bytes again when the rules have improved, so that better rules never look like an edit.

What is compared must have been read by the same rules. A stamp says by which ones a version was read: the code of
extractor and grammar, what is known of the host (`crawler.extract.template`), the source's selectors. Where it is
another than today's, the bytes kept as evidence are read again before the page is fetched: what comes out is the text
to compare with, and becomes a version of its own, silently. Ring 1.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from crawler.checks import Capture, Document, Due, NewVersion, Observation, Reading
from crawler.discover import stitch, with_targets
from crawler.errors import CrawlerError
from crawler.extract import extract
from crawler.extract.template import Template
from crawler.model import Article, Selectors, Target, value
from crawler.plausible import LEAST
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


@value
class Held:
    """The newest version as it is stored, asked for only where it is needed."""

    captures: Callable[[], Iterable[Capture]]
    text: Callable[[], str]
    targets: Callable[[], tuple[Target, ...]]


def stamp(code: str, template: Template, selectors: Selectors) -> str:
    """By which rules a page is read: `code` names the program's, what follows the host's and the source's."""
    given = repr((sorted(template), selectors.select, selectors.drop)) if template or selectors != Selectors() else ""
    return f"{code} {hashlib.sha256(given.encode()).hexdigest()[:12] if given else '-'}"


def recall(due: Due, rules: str, template: Template, held: Held) -> Past:
    """The newest version as the rules with this stamp read it."""
    if not due.version or due.rules == rules:
        return Past(due=due, rules=rules)
    document = _read_again(due, template, held)
    if document is None or _is_known(due, rules, document, held):
        return Past(due=due, rules=rules)
    document = with_targets(document)
    moved = replace(
        due,
        version=due.version + 1,
        fingerprint=document.fingerprint,
        characters=len(document.text),
        target_count=sum(target.status == "target" for target in document.targets),
        parts=document.parts,
        title=document.title or due.title,
        region=document.region or due.region,
        year=document.year or due.year,
    )
    return Past(due=moved, rules=rules, version=NewVersion(number=moved.version, document=document, reread=True))


def _is_known(due: Due, rules: str, document: Document, held: Held) -> bool:
    """Whether it says what the stored version says; only other code finds other targets in the same text."""
    if document.fingerprint != due.fingerprint:
        return False
    if rules.partition(" ")[0] == due.rules.partition(" ")[0]:
        return True
    return _said(with_targets(document).targets) == _said(held.targets())


def _said(targets: Iterable[Target]) -> list[Target]:
    return [replace(target, rule="") for target in targets]


def _read_again(due: Due, template: Template, held: Held) -> Document | None:
    """The version from its bytes; parts whose bytes were pruned or cannot be read stay as they are."""
    captures = {capture.url: capture for capture in held.captures()}
    if not captures:
        return None
    readings = []
    for part in due.parts:
        found = _article(captures.get(part.url), due.source.body, template)
        size = part.paragraphs if found is None else len(found.paragraphs)
        readings.append(Reading(part=replace(part, paragraphs=size), article=found))
    if not readings:
        return None
    fetched_at = max(capture.fetched_at for capture in captures.values())
    document = stitch(
        Observation(url=due.parts[0].url, readings=tuple(readings), fetched_at=fetched_at), due, held.text()
    )
    return document if len(fold(document.text)) >= LEAST else None


def _article(capture: Capture | None, selectors: Selectors, template: Template) -> Article | None:
    if capture is None:
        return None
    try:
        return extract(capture.content, capture.url, capture.headers.get("content-type", ""), selectors, template)
    except CrawlerError:
        return None

"""Values as stored text and back: JSON with exact decimals as strings. No I/O."""

import json
from collections.abc import Mapping, Sequence
from typing import get_args

from crawler.checks import Edits
from crawler.errors import Damaged
from crawler.freshness import Reason, Word
from crawler.model import Json, Schedule, Target, TargetDiff
from crawler.wire import target_diff_json, target_of

MEND = "run `crawler db verify`, then restore a backup"
"""What to do about damage."""


def dump(document: Json) -> str:
    """Compact JSON, readable Chinese."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def load(text: str | bytes) -> Json:
    """The document of `dump`."""
    return json.loads(text)


def text_bytes(text: str) -> bytes:
    """A text as stored: UTF-8 that can hold every `str`."""
    return text.encode("utf-8", "surrogatepass")


def bytes_text(data: bytes) -> str:
    """The text of `text_bytes`."""
    return data.decode("utf-8", "surrogatepass")


def dump_targets(targets: Sequence[Json]) -> bytes:
    """A version's targets (each as `target_fields`) as stored."""
    return text_bytes(dump(targets))


def load_targets(data: bytes) -> tuple[Target, ...]:
    """The targets of `dump_targets`."""
    return tuple(target_of(stored) for stored in load(bytes_text(data)))


def dump_diff(diff: TargetDiff) -> str:
    """A change of targets as stored, in the form in which it is told."""
    return dump(target_diff_json(diff))


def load_diff(page: int, version: int, stored: str | bytes) -> Json:
    """The document of `dump_diff` that tells of a page's version; Damaged where it is none any more."""
    try:
        diff = load(stored)
        touched = [*(change[side] for change in diff["changed"] for side in ("old", "new"))]
        whole = all(isinstance(each["indicator"], str) for each in (*touched, *diff["added"], *diff["removed"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        whole = False
    if not whole:
        raise Damaged(f"the change to version {version} of page {page} is damaged in the database; {MEND}")
    return diff


def dump_edits(edits: Edits | None) -> str | None:
    """The edits of a text as stored."""
    return None if edits is None else dump({"count": edits.count, "first": edits.first})


def load_edits(stored: str | None) -> Edits | None:
    """The edits of `dump_edits`; None where they are damaged, too: the texts themselves still tell them."""
    try:
        told = load(stored or "")
        return Edits(count=int(told["count"]), first=tuple((str(old), str(new)) for old, new in told["first"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def schedule_text(schedule: Schedule) -> str:
    """A schedule as text, to notice when it changed."""
    if schedule.every is not None:
        bound = f" up to {schedule.up_to.total_seconds():g}s" if schedule.up_to is not None else ""
        return f"every {schedule.every.total_seconds():g}s{bound}"
    return f"cron {schedule.cron} {schedule.timezone}"


def dump_reasons(why: Sequence[Reason]) -> str:
    """Why a page is checked when it is, as stored: 'age=86400 season'."""
    return " ".join(f"{reason.word}={reason.amount}" if reason.amount else reason.word for reason in why)


def load_reasons(stored: str) -> tuple[Reason, ...]:
    """The reasons of `dump_reasons`; none where they are damaged, or of another version of the program."""
    pairs = [each.partition("=") for each in stored.split()]
    try:
        return tuple(Reason(word=_WORDS[word], amount=int(amount or 0)) for word, _, amount in pairs)
    except (KeyError, ValueError):
        return ()


_WORDS: Mapping[str, Word] = {word: word for word in get_args(Word)}

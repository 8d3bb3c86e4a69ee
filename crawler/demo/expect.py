"""What each round of the demo must have done: the demo checks itself and says what differs.

Ring 1. Every function gives complaints, one line each; none means all went as told.
"""

from collections.abc import Mapping, Sequence
from email.message import EmailMessage

from crawler.checks import Outcome, Result
from crawler.model import Json, value
from crawler.text import fold

PAGES = 5


@value
class Edit:
    """What the demo changes on the portal, and how the alert must tell it."""

    report: str
    region: str
    target: tuple[str, str]
    """The passage with the target, before and after."""
    values: tuple[str, str]
    """The target's number, before and after."""
    sentence: tuple[str, str]
    """Another passage, before and after."""


EDIT = Edit(
    report="yunxi",
    region="云溪市",
    target=("地区生产总值增长6%左右", "地区生产总值增长5.5%左右"),
    values=("6", "5.5"),
    sentence=("步道今年全线贯通", "步道今年先通老城一段"),
)


def all_pages(results: Sequence[Result], outcome: Outcome) -> list[str]:
    """Each of the five pages came out as `outcome`."""
    wrong = [
        f"{one.url}: {one.outcome}, not {outcome} ({one.reason or 'no reason given'})"
        for one in results
        if one.outcome != outcome
    ]
    return wrong + ([] if len(results) == PAGES else [f"{len(results)} pages were checked, not {PAGES}"])


def same_texts(stored: Mapping[str, str], published: Mapping[str, str]) -> list[str]:
    """The store holds each report word for word, and nothing of the page around it."""
    wrong = [path for path in published if fold(stored.get(path, "")) != fold(published[path])]
    return [f"{path}: the stored text is not the report's" for path in wrong]


def nothing_raised(raised: int, deliveries: int) -> list[str]:
    """No alert, no delivery."""
    return [f"{raised} alerts were raised, {deliveries} delivered, not 0"] if raised or deliveries else []


def one_change(results: Sequence[Result], raised: int) -> list[str]:
    """One page changed, the others did not, and one alert came of it."""
    count = {outcome: sum(one.outcome == outcome for one in results) for outcome in Outcome}
    found = (count[Outcome.CHANGED], count[Outcome.UNCHANGED], raised)
    wanted = (1, PAGES - 1, 1)
    said = "{} changed pages, {} unchanged, {} alerts"
    return [] if found == wanted else [f"{said.format(*found)}; expected {said.format(*wanted)}"]


def webhook(payloads: Sequence[Json], edit: Edit = EDIT) -> list[str]:
    """Exactly one document arrived, and it tells exactly the edit."""
    if len(payloads) != 1:
        return [f"the webhook took {len(payloads)} documents, not 1"]
    changed = [(one["old"]["low"], one["new"]["low"]) for one in payloads[0]["targets"]["changed"]]
    stray = [hunk for hunk in payloads[0]["text"]["hunks"] if not _within(hunk, edit)]
    checks = {
        f"its type is {payloads[0]['type']}, not page.changed": payloads[0]["type"] == "page.changed",
        f"its changed targets are {changed}, not {[edit.values]}": changed == [edit.values],
        f"it tells changes that were not made: {stray}": not stray,
        "it does not tell the edited sentence": len(payloads[0]["text"]["hunks"]) > 1,
    }
    return [f"the webhook's document: {complaint}" for complaint, well in checks.items() if not well]


def _within(hunk: Json, edit: Edit) -> bool:
    return any(hunk["old"] in old and hunk["new"] in new for old, new in (edit.target, edit.sentence))


def mail(messages: Sequence[EmailMessage], edit: Edit = EDIT) -> list[str]:
    """Exactly one mail arrived; its subject names the region and both values."""
    if len(messages) != 1:
        return [f"the mail server took {len(messages)} mails, not 1"]
    subject = str(messages[0]["subject"])
    missing = [word for word in (edit.region, *(f"{one}%" for one in edit.values)) if word not in subject]
    return [f"the mail's subject {subject!r} does not say {', '.join(missing)}"] if missing else []

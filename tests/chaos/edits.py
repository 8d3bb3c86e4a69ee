"""Edits: one character or one number of a report is changed while the furniture moves; each is to be told, exactly.

An edit counts as told if, in the very round after it, one `page.changed` of its page came whose hunk changes what was
changed and nothing else. What else is told is false.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chaos.case import SHOWN, Case, Row, dice_of, peak
from tests.chaos.noise import baseline
from tests.chaos.portal import SHAPES, Edit, Page, Portals, core
from tests.chaos.watch import Told, Watch, source_of

ROUNDS = 10


def run(size: int, seed: int) -> Row:
    """`size` edits of as many pages, in ten rounds; in each, nine pages of ten stand still."""
    with TemporaryDirectory() as folder:
        watch = Watch(Path(folder), Portals(max(size, len(SHAPES)), seed))
        faults = baseline(watch)
        lost, false, dice = 0, len(watch.told), dice_of(seed, "edits")
        for number in range(ROUNDS):
            count = size // ROUNDS + (number < size % ROUNDS)
            edits = {source_of(page): (page, page.edit(dice)) for page in dice.sample(watch.portals.pages, count)}
            watch.told.clear()
            watch.round()
            missing, wrong = judged(edits, watch.told)
            lost, false = lost + len(missing), false + len(wrong)
            faults += [f"round {number + 1}: {fault}" for fault in (*missing, *wrong)]
    checks = len(watch.portals.pages) * ROUNDS
    return Row(
        case="edits",
        tried=size,
        lost=lost,
        false=false,
        duplicates=0,
        seconds=watch.worst,
        megabytes=peak(),
        note=f"among {checks:,} checks, furniture moving at each",
        faults=tuple(faults[:SHOWN]),
    )


def judged(edits: Mapping[str, tuple[Page, Edit]], told: Sequence[Told]) -> tuple[list[str], list[str]]:
    """Edits that were not told, or not rightly; and what was told without an edit, or once more."""
    answered = {alert.source: alert for alert in reversed(told) if alert.source in edits}
    missing = []
    for source, (page, edit) in edits.items():
        alert = answered.get(source)
        if alert is None or not names(alert, edit):
            heard = f"told as {alert}: {alert.payload['text']['hunks'][:3]}" if alert else "not told"
            missing.append(f"{edit.core} in {edit.new[:40]!r} of {page.told()}: {heard}")
    wrong = [f"false: {alert}" for alert in told if answered.get(alert.source) is not alert]
    return missing, wrong


def names(alert: Told, edit: Edit) -> bool:
    """Whether the alert says what was edited: one hunk that differs in what the edit changed."""
    if alert.type != "page.changed":
        return False
    hunks = [(hunk["old"], hunk["new"]) for hunk in alert.payload["text"]["hunks"]]
    return len(hunks) == 1 and core(*hunks[0]) == edit.core and hunks[0][1] in edit.new and hunks[0][0] in edit.old


CASE = Case(name="edits", unit="edits", sizes={"short": 60, "long": 1_000}, run=run)

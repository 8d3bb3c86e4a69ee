"""The parts of the cases of doubts, channels and servers: each sees what is lost and what is false."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unittest import mock

import httpcore
import pytest

from crawler.checks import Outcome, Result
from crawler.fetch import guard
from tests.chaos import channels, doubts, servers
from tests.chaos.channels import Ledger, disorder
from tests.chaos.doubts import IMPOSTORS, PROMPT, Page, Trouble
from tests.chaos.hostile import CATALOGUE, Hostile, Routes

SUSPECT, FAILED, CHANGED = Outcome.SUSPECT, Outcome.FAILED, Outcome.CHANGED
IMPOSTOR = Trouble(kind="impostor", during=b"", after="", edited=False)
EDITED = replace(IMPOSTOR, edited=True)
REWRITE = Trouble(kind="rewrite", during=b"", after="", edited=True)
FLAP = Trouble(kind="flap", during=b"", after="", edited=True)
ONE = {"page.changed": 1}
DOUBT = {"page.suspect": 1}


# --- doubts


def test_there_are_impostors_of_every_kind() -> None:
    assert len(IMPOSTORS) > 130
    assert len(PROMPT) >= 35


@pytest.mark.parametrize(
    ("trouble", "told", "held", "hours", "lost", "false"),
    [
        (IMPOSTOR, DOUBT, [SUSPECT], 50, 0, 0),
        (IMPOSTOR, {}, [SUSPECT], 9, 0, 0),
        (IMPOSTOR, {}, [SUSPECT], 50, 1, 0),
        (IMPOSTOR, DOUBT, [SUSPECT], 9, 0, 1),
        (IMPOSTOR, {"page.suspect": 2}, [SUSPECT], 50, 0, 1),
        (IMPOSTOR, ONE, [SUSPECT], 9, 0, 1),
        (IMPOSTOR, {}, [SUSPECT, CHANGED], 9, 0, 1),
        (IMPOSTOR, {"source.failing": 1, "source.recovered": 1}, [FAILED], 50, 0, 0),
        (IMPOSTOR, {"source.failing": 1}, [FAILED], 50, 1, 0),
        (EDITED, ONE | DOUBT, [SUSPECT], 50, 0, 0),
        (EDITED, DOUBT, [SUSPECT], 50, 1, 0),
        (REWRITE, ONE, [SUSPECT, CHANGED], 2, 0, 0),
        (REWRITE, {}, [SUSPECT], 2, 1, 0),
        (REWRITE, {"page.changed": 2}, [CHANGED], 2, 0, 1),
        (REWRITE, ONE | DOUBT, [SUSPECT], 50, 0, 1),
        (FLAP, ONE | DOUBT, [SUSPECT], 50, 0, 0),
        (FLAP, {"page.changed": 3}, [CHANGED], 50, 0, 1),
    ],
)
def test_what_was_told_is_held_against_what_befell_a_page(
    trouble: Trouble, told: Mapping[str, int], held: list[Outcome], hours: int, lost: int, false: int
) -> None:
    missing, wrong = doubts.judged(trouble, told, held, hours)
    assert (len(missing), len(wrong)) == (lost, false), (missing, wrong)


def test_a_number_of_a_page_never_comes_back() -> None:
    page, dice = Page("云川市"), doubts.dice_of(1)
    seen = [page.html()]
    for _ in range(8):
        page.edit(dice)
        seen.append(page.html())
    assert len(set(seen)) == 9


def test_a_program_that_doubts_nothing_fails() -> None:
    with mock.patch("crawler.decide.doubt", return_value=None):
        row = doubts.run(8, 1)
    assert row.failed
    assert row.false


# --- channels


def test_a_ledger_knows_what_is_missing_strange_late_and_double() -> None:
    ledger = Ledger()
    for name in ("000-0001", "000-0000", "000-0000", "009-0000"):
        ledger.take("well", name)
    names = ["000-0000", "000-0001", "001-0000"]
    assert ledger.lost(names, ["well"]) == ["001-0000 never came to well"]
    assert ledger.false(names) == [
        "009-0000 came to well",
        "well: page 000 in the order ['0001', '0000']",
    ]
    assert ledger.duplicates() == 1


def test_a_mail_that_comes_again_must_be_the_same() -> None:
    ledger = Ledger()
    ledger.mailed("000-0000", "<a>")
    ledger.mailed("000-0000", "<a>")
    assert ledger.false([]) == []
    ledger.mailed("000-0000", "<b>")
    assert ledger.false([]) == ["the mail of 000-0000 came under two ids"]


def test_who_is_refused_for_himself_is_owed_all_and_in_order() -> None:
    ledger = Ledger()
    for name in ("0-1", "0-0"):
        ledger.take(f"mail {channels.B}", name)
    assert ledger.false(["0-0", "0-1"]) == [f"mail {channels.B}: page 0 in the order ['1', '0']"]
    assert ledger.lost(["0-0", "0-1", "0-2"], [f"mail {channels.B}"])


def test_only_the_first_time_counts_for_the_order() -> None:
    assert disorder(["1-0", "1-1", "1-0", "2-0"]) == []


def test_a_program_that_tells_one_channel_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "STILL", 2)
    monkeypatch.setattr(channels, "RUNS", 1)
    monkeypatch.setattr(Ledger, "take", lambda *_: None)
    row = channels.run(2, 1)
    assert row.failed
    assert row.lost == 2 * 7


# --- servers


def nothing(_: str) -> Routes:
    return {}


SLOW = Hostile(name="silence", routes=nothing, said=("no complete answer",))
ODD = Hostile(name="odd", routes=nothing, said=())


def result(outcome: Outcome, reason: str | None = None) -> Result:
    return Result(source="h0", url="http://h0.example/", outcome=outcome, reason=reason)


@pytest.mark.parametrize(
    ("hostile", "told", "right"),
    [
        (SLOW, [result(FAILED, "no complete answer within 2 s")], True),
        (SLOW, [result(FAILED, "internal error")], False),
        (SLOW, [result(FAILED, "no complete answer within 2 s"), result(Outcome.NEW)], False),
        (SLOW, [result(Outcome.NEW)], False),
        (SLOW, [], False),
        (ODD, [result(Outcome.NEW)], True),
        (ODD, [result(SUSPECT)], False),
        (replace(ODD, doubtful=True), [result(SUSPECT)], True),
        (ODD, [result(FAILED, "x")], False),
    ],
)
def test_each_server_must_end_as_it_should(hostile: Hostile, told: list[Result], right: bool) -> None:
    assert (servers.judged(hostile, told) == []) is right


def test_the_catalogue_has_faults_documents_and_every_way_to_an_inner_address() -> None:
    assert len(CATALOGUE) > 350
    assert len({each.name for each in CATALOGUE}) == len(CATALOGUE)


def test_whatever_is_dialled_inside_is_written_down(tmp_path: Path) -> None:
    with servers.staged(tmp_path) as scene:
        assert scene.dialled("93.184.0.1", 80) == "h0.example"
        with pytest.raises(httpcore.ConnectError):
            scene.dialled("127.0.0.1", 80)
        assert scene.inner() == ["inside: 127.0.0.1"]


def test_a_proxy_that_is_asked_for_what_lies_inside_fails_the_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with servers.staged(tmp_path) as scene:
        assert scene.through_a_proxy() == []
        monkeypatch.setattr(guard, "refusal", lambda *_, **__: None)
        assert scene.through_a_proxy() != []

"""The parts of the chaos cases do what they say: a case that could not fail would prove nothing."""

import random
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.text import fold
from tests.chaos import __main__ as command
from tests.chaos.case import Case, Row, table
from tests.chaos.edits import judged, names
from tests.chaos.portal import PAGED, SHAPES, Edit, Page, Portals, core, edited_text
from tests.chaos.scene import FIRST, staged
from tests.chaos.watch import Told, source_of
from tests.support.noise.parts import STYLES
from tests.support.sinks import Received, WebhookSink

ROW = Row(case="noise", tried=1_000, lost=0, false=0, duplicates=2, seconds=0.25, megabytes=100)


def told(source: str, *hunks: tuple[str, str], kind: str = "page.changed") -> Told:
    """An alert as its receiver got it."""
    written = [{"op": "replace", "old": old, "new": new} for old, new in hunks]
    return Told(id="a", source=source, payload={"type": kind, "summary": "x", "text": {"hunks": written}})


# --- pages and edits


def test_there_are_at_least_twelve_shapes() -> None:
    assert len(SHAPES) >= 12


def test_a_page_moves_at_every_request_and_says_the_same() -> None:
    page = Page(30, seed=5)
    answers = [page.serve() for _ in range(6)]
    assert len(set(answers)) == 6
    assert {page.drawn(request).article.body for request in range(1, 7)} == {page.text}
    assert answers == [each.serve() for each in [Page(30, seed=5)] for _ in range(6)], "a seed repeats them"


@pytest.mark.parametrize("turn", range(2 * len(STYLES)))
def test_an_article_of_several_parts_says_where_they_are_and_all_of_them_say_it(turn: int) -> None:
    page = Page(SHAPES.index(PAGED) + turn * len(SHAPES), seed=5)
    drawn = [page.drawn(9, part) for part in range(len(page.urls))]
    said = [extract(each.content, url, each.content_type) for each, url in zip(drawn, page.urls, strict=True)]
    assert len(said) > 1
    assert fold("".join(article.body for article in said)) == fold(page.text)
    assert [article.pager and article.pager.next for article in said] == [*page.urls[1:], None]
    assert all(Portals(page.number + 1, seed=5).answer(url) for url in page.urls)


def test_pages_are_of_places_of_their_own() -> None:
    assert len({Page(number, seed=1).text for number in range(200)}) > 190


@pytest.mark.parametrize("number", range(0, 48, 5))
def test_an_edit_changes_one_paragraph_by_one_character_or_number(number: int) -> None:
    page, dice = Page(number, seed=3), random.Random(number)
    for _ in range(30):
        before = page.body.paragraphs
        edit = page.edit(dice)
        [(old, new)] = [pair for pair in zip(before, page.body.paragraphs, strict=True) if pair[0] != pair[1]]
        assert (edit.old, edit.new) == (old, new)
        assert fold(old) != fold(new)
        assert max(map(len, edit.core)) == 1


def test_no_edit_takes_another_one_back() -> None:
    page, dice = Page(0, 1), random.Random(1)
    texts = [page.text, *((page.edit(dice), page.text)[1] for _ in range(300))]
    assert len(set(texts)) == len(texts)


def test_a_text_without_a_character_to_edit_is_edited_too() -> None:
    assert edited_text("……", random.Random(1)) == "……元"


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("增长6%左右", "增长5%左右", ("6", "5")),
        ("就业8812人", "就业882人", ("1", "")),
        ("办好事", "办好实事", ("", "实")),
        ("甲", "甲", ("", "")),
    ],
)
def test_what_differs_is_what_lies_between_the_common_ends(old: str, new: str, differs: tuple[str, str]) -> None:
    assert core(old, new) == differs


# --- judging what was told


EDIT = Edit(old="地区生产总值增长6%左右。", new="地区生产总值增长5%左右。")


@pytest.mark.parametrize(
    ("alert", "right"),
    [
        (told("p1", ("6%", "5%")), True),
        (told("p1", ("6%", "7%")), False),
        (told("p1", ("增长6%左右", "增长5%以上")), False),
        (told("p1", ("6%", "5%"), ("甲", "乙")), False),
        (told("p1"), False),
        (told("p1", ("6%", "5%"), kind="page.suspect"), False),
    ],
)
def test_an_alert_must_name_what_was_edited_and_nothing_else(alert: Told, right: bool) -> None:
    assert names(alert, EDIT) is right


def test_edits_and_alerts_are_held_against_each_other() -> None:
    page = Page(0, seed=1)
    edits = {source_of(page): (page, EDIT)}
    right, stranger = told("p0", ("6%", "5%")), told("p9", ("甲", "乙"))
    assert judged(edits, [right]) == ([], [])
    missing, wrong = judged(edits, [])
    assert (len(missing), wrong) == (1, [])
    assert "not told" in missing[0]
    missing, wrong = judged(edits, [right, stranger, replace(right, id="b")])
    assert (missing, len(wrong)) == ([], 2)


def link(old: int, new: int, version: int, name: str) -> Received:
    """A webhook that says a number moved."""
    body = (
        f'{{"type": "page.changed", "source": {{"id": "p0"}}, "versions": {{"old": {version}}},'
        f' "text": {{"hunks": [{{"old": "{old}", "new": "{new}"}}]}}}}'
    )
    return Received("/hook", {"webhook-id": name}, body.encode(), 204)


def test_a_chain_of_alerts_has_no_gap_and_no_second_id(tmp_path: Path) -> None:
    with staged(tmp_path, 1) as scene:
        scene.sheets[0].value = FIRST + 2
        scene.hook.requests += [link(FIRST, FIRST + 1, 1, "a"), link(FIRST, FIRST + 1, 1, "a")]
        ledger = scene.ledger()
        assert ledger.duplicates == 1
        assert ledger.lost == (f"p0: {FIRST + 1} → {FIRST + 2} was never told", "a was posted and not mailed")
        scene.hook.requests.append(link(FIRST + 1, FIRST + 2, 2, "b"))
        assert ledger.false == ()
        assert all("never told" not in line for line in scene.ledger().lost)
        scene.hook.requests.append(link(FIRST, FIRST + 1, 1, "c"))
        assert scene.ledger().false == (f"p0: {FIRST} → {FIRST + 1} was told under another id",)


def test_half_a_request_of_a_killed_process_is_none() -> None:
    with WebhookSink() as sink:
        for body in (b"{", b"{}"):
            with socket.create_connection(("127.0.0.1", int(sink.url.rpartition(":")[2].partition("/")[0]))) as sent:
                sent.sendall(b"POST /hook HTTP/1.1\r\nContent-Length: 2\r\n\r\n" + body)
                sent.shutdown(socket.SHUT_WR)
                answer = sent.recv(999)
            assert bool(answer) == (body == b"{}")
        assert [each.body for each in sink.accepted] == [b"{}"]


def test_a_damaged_database_is_seen_and_left_as_it_is(tmp_path: Path) -> None:
    with staged(tmp_path, 1) as scene:
        assert scene.damage() == []
        assert scene.once()[0] == 0
        assert scene.damage() == []
        content = bytearray(scene.database.read_bytes())
        content[3 * 4096 : 5 * 4096] = bytes(2 * 4096)
        scene.database.write_bytes(content)
        assert scene.damage()
        assert scene.database.read_bytes() == content


# --- the command


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> dict[str, Case]:
    """Cases that take no time: one holds, one fails."""
    made = {
        name: Case(name=name, unit="checks", sizes={"short": 3, "long": 9}, run=run)
        for name, run in (("well", _well), ("ill", _ill))
    }
    monkeypatch.setattr(command, "CASES", made)
    return made


def _well(size: int, seed: int) -> Row:
    return replace(ROW, case="well", tried=size)


def _ill(size: int, seed: int) -> Row:
    return replace(ROW, case="ill", tried=size, lost=1, faults=("6 → 5 was never told",))


def test_it_prints_a_row_a_case_and_ends_well(cases: object, capfd: pytest.CaptureFixture[str]) -> None:
    assert command.main(["well", "--size", "long"]) == 0
    said = capfd.readouterr()
    assert "| well | 9 | 0 | 0 | 2 | 0.25 | 100 |  |" in said.out
    assert "held" in said.err


def test_a_case_that_fails_says_how_to_repeat_it(cases: object, capfd: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--seed", "7", "--size", "4"]) == 1
    said = capfd.readouterr()
    assert said.out.count("\n") == 4
    assert "6 → 5 was never told" in said.err
    assert "python -m tests.chaos ill --size 4 --seed 7" in said.err


@pytest.mark.parametrize("arguments", [["nothing"], ["--size", "many"], ["--size", "0"]])
def test_what_it_does_not_know_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2


def test_a_case_fails_on_anything_lost_false_or_not_held() -> None:
    assert not ROW.failed
    assert all(replace(ROW, **wrong).failed for wrong in ({"lost": 1}, {"false": 1}, {"faults": ("x",)}))
    assert table([ROW]).count("\n") == 2

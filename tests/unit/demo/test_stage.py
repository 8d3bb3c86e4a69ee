import io
import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from crawler.checks import Outcome, Result
from crawler.demo.loopback import Call
from crawler.demo.stage import Stage
from crawler.diff import diff_texts


def shown(width: int = 80, *, colour: bool = False) -> tuple[Stage, io.StringIO]:
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=colour, color_system="standard" if colour else None, highlight=False
    )
    return Stage(console), file


def call() -> Call:
    document = {
        "type": "page.changed",
        "id": "id-1",
        "summary": "地区生产总值 6%左右 → 5.5%左右",
        "page": {"title": "[bold]云溪市[/bold]"},
        "versions": {"old": 1, "new": 2},
        "targets": {"changed": [{"indicator": "地区生产总值", "words": "6% → 5.5%"}], "added": [], "removed": []},
        "text": {"hunks": [{}, {}]},
    }
    headers = {"webhook-id": "id-1", "webhook-signature": "v1,abc", "user-agent": "x"}
    return Call(method="POST", path="/alerts", headers=headers, body=json.dumps(document).encode())


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "云溪市：6% → 5.5%"
    message.set_content("目标变了。")
    message.add_alternative("<p>目标变了。</p>", subtype="html")
    return message


def everything(stage: Stage) -> None:
    stage.opening()
    stage.act("1  基线", "第一轮。", "First round.")
    stage.results(
        [Result(source="yunxi-2026", url="http://127.0.0.1:4/fanwen/2601.html", outcome=Outcome.NEW, version=1)], 0
    )
    stage.edits([("增长6%左右", "增长5.5%左右")])
    stage.webhook(call())
    stage.mail(mail())
    stage.difference(diff_texts("今年增长6%左右。", "今年增长5.5%左右。"))


@pytest.mark.parametrize("width", [60, 80, 200])
def test_every_line_fits_the_terminal(width: int) -> None:
    stage, file = shown(width)
    everything(stage)
    assert max(cell_len(line) for line in file.getvalue().splitlines()) <= min(width, 96)


def test_without_colour_the_marks_tell_what_changed() -> None:
    stage, file = shown()
    everything(stage)
    assert "\x1b" not in file.getvalue()
    assert "今年增长[-6%-]{+5.5%+}左右" in file.getvalue().replace("[-6-]{+5.5+}%", "[-6%-]{+5.5%+}")


def test_with_colour_the_line_is_coloured_instead() -> None:
    stage, file = shown(colour=True)
    stage.difference(diff_texts("今年增长6%左右。", "今年增长5.5%左右。"))
    assert "\x1b[" in file.getvalue()
    assert "{+" not in file.getvalue()


def test_a_webhook_shows_its_signature_and_summary_as_plain_text() -> None:
    stage, file = shown()
    stage.webhook(call())
    for part in (
        "webhook-id: id-1",
        "webhook-signature: v1,abc",
        "6%左右 → 5.5%左右",
        "[bold]云溪市[/bold]",
        "2 hunks",
    ):
        assert part in file.getvalue()
    assert "user-agent" not in file.getvalue()


def test_a_mail_shows_subject_and_text_once() -> None:
    stage, file = shown()
    stage.mail(mail())
    assert "Subject: 云溪市：6% → 5.5%" in file.getvalue()
    assert file.getvalue().count("目标变了。") == 1


def test_a_good_end_names_commands_that_can_be_pasted() -> None:
    stage, file = shown()
    stage.farewell("crawler --database sqlite:///" + "long/" * 20 + "crawler.db", Path("crawler-demo"), [])
    commands = [line.strip() for line in file.getvalue().splitlines() if line.strip().startswith("crawler --")]
    assert commands[0].endswith("/crawler.db pages")
    assert len(commands) >= 5


def test_a_bad_end_says_what_differs_and_names_no_commands() -> None:
    stage, file = shown()
    stage.farewell("crawler --database x", Path("crawler-demo"), ["4 pages were checked, not 5"])
    assert "4 pages were checked, not 5" in file.getvalue()
    assert "--database" not in file.getvalue()

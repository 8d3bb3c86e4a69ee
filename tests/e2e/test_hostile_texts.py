"""Hostile texts and planted secrets, from a real portal to every output: nothing steers, turns, runs or leaks."""

import base64
import contextlib
import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.cli.main import COMMANDS
from tests.support.cli import ROOT, Ran, crawl, start
from tests.support.hostile import BODY, RAW, STEERING, TITLE, edit, edited, open_portal, report
from tests.support.http_server import HttpServer
from tests.support.sinks import DROP, Answer, MailSink, WebhookSink

SIGNING = "whsec_" + base64.b64encode(b"planted-signing-key-1234").decode()
PASSWORD = "planted/pass%word#1"
PATH, QUERY = "planted-path-7", "planted-query-8"
SECRETS = (SIGNING, SIGNING.removeprefix("whsec_"), "planted-signing-key-1234", PASSWORD, PATH, QUERY)
ENVIRONMENT = {"SIGNING": SIGNING, "SMTP_PASSWORD": PASSWORD, "HOOK_TOKEN": QUERY}


def forms(secret: str) -> set[str]:
    """A secret as it might be written down."""
    encoded = (base64.b64encode(text.encode()).decode() for text in (secret, f"\0crawler\0{secret}"))
    return {secret, quote(secret, safe=""), json.dumps(secret)[1:-1], *encoded}


SECRET_FORMS = {form for secret in SECRETS for form in forms(secret)}


def assert_no_secret(text: str, where: str) -> None:
    leaked = [form for form in SECRET_FORMS if form in text]
    assert not leaked, f"{where} shows {leaked}: {text[:2000]!r}"


def assert_harmless(text: str, where: str) -> None:
    found = RAW.search(text)
    assert not found, f"{where}: {found[0]!r} in {text[max(0, found.start() - 60) : found.end() + 60]!r}"
    assert_no_secret(text, where)


@dataclass
class Place:
    """A working folder with its portal and sinks, in which commands are run."""

    folder: Path
    portal: HttpServer
    hooks: WebhookSink
    mails: MailSink

    def run(self, *arguments: str) -> Ran:
        """Run a command; both its streams must be harmless."""
        ran = crawl(self.folder, *arguments, **ENVIRONMENT)
        where = " ".join(arguments)
        assert_harmless(ran.err, f"{where} (stderr)")
        if "--raw" not in arguments:
            # A CSV file begins with a byte order mark, and its lines end with both signs.
            assert_harmless(ran.out.removeprefix("\ufeff").replace("\r\n", "\n"), f"{where} (stdout)")
        return ran


def configuration(portal: HttpServer, hooks: WebhookSink, mails: MailSink) -> str:
    names = ("report", "next", "notice", "phrase", "kind", "broken", "moved")
    sources = "".join(
        f'  - {{id: {name}, title: "{name} <b>&", url: "{portal.url(f"/{name}.html")}"}}\n' for name in names
    )
    return (
        "defaults: {every: 6h, delay: 0s}\nnetwork: {allow_private: true}\nchannels:\n"
        f'  desk: {{type: webhook, url: "{hooks.url}/{PATH}?token=${{HOOK_TOKEN}}", secret: "${{SIGNING}}"}}\n'
        f'  mail: {{type: email, smtp: "smtp://crawler:${{SMTP_PASSWORD}}@127.0.0.1:{mails.port}", '
        "from: crawler@example.org, to: [a@example.org, b@example.org]}\n"
        f"sources:\n{sources}"
        f'  - {{id: listed, title: listed, listing: "{portal.url("/list.html")}", match: "/r/"}}\n'
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Two rounds with an edit in between, and receivers that refuse at first in hostile words."""
    folder = tmp_path_factory.mktemp("hostile")
    with (
        open_portal() as portal,
        WebhookSink() as hooks,
        MailSink(tls="starttls", login=("crawler", PASSWORD)) as mails,
    ):
        text = configuration(portal, hooks, mails).replace(
            "allow_private: true", f'allow_private: true, ca_file: "{mails.ca_file}"'
        )
        (folder / "sources.yaml").write_text(text, "utf-8")
        here = Place(folder, portal, hooks, mails)
        here.run("once", "--verbose")
        edit(portal)
        hooks.answers += [
            Answer(500, {"x-odd": "\x1b[31m"}),
            Answer(302, {"location": f"http://127.0.0.1:9/\x1b[31m{PATH}?token={QUERY}"}),
        ]
        mails.refuse["b@example.org"] += [f"550 {STEERING}{PASSWORD}".replace("\x85", "")] * 2
        mails.data += ["250 OK", f"554 \x1b[31m{PASSWORD}", DROP]
        for _ in range(4):
            here.run("once", "--verbose")
        yield here


def test_something_was_told(place: Place) -> None:
    """Else the other tests would look at nothing."""
    assert {request.json["type"] for request in place.hooks.accepted} >= {"page.changed"}
    assert place.mails.messages
    assert {row["outcome"] for row in place.run("pages", "--json").json} >= {"unchanged", "failed"}


READING = [
    ["sources"],
    ["pages"],
    ["versions", "report"],
    ["show", "report"],
    ["show", "report", "--version", "1"],
    ["changes"],
    ["changes", "report"],
    ["alerts"],
    ["compare", "report", "next", "--as", "portals"],
    ["compare", "report", "next", "--as", "years"],
    ["doctor"],
    ["check"],
    ["db", "verify"],
    ["db", "prune"],
]


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
@pytest.mark.parametrize("form", [[], ["--json"], ["--verbose"]], ids=["plain", "json", "verbose"])
def test_no_command_prints_what_does_harm(place: Place, arguments: list[str], form: list[str]) -> None:
    ran = place.run(*arguments, *form)
    assert ran.out
    if form == ["--json"]:
        assert ran.json is not None


def test_json_tells_the_text_as_it_is(place: Place) -> None:
    body = place.run("show", "report", "--json").json["body"]
    assert RAW.search(body), "the program that reads it decides what to show"


@pytest.mark.parametrize("what", ["targets", "versions", "changes"])
def test_exports_hold_no_formula_and_nothing_hidden(place: Place, what: str) -> None:
    written = place.run("export", what, "--format", "csv").out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert len(cells) > 20
    assert not [cell for cell in cells if re.match(r"\s*[=+@＝＋－＠]|-(?![\d.])", cell)]
    place.run("export", what, "--format", "json")
    sheet = place.folder / f"{what}.xlsx"
    place.run("export", what, "--format", "xlsx", "-o", str(sheet))
    with zipfile.ZipFile(io.BytesIO(sheet.read_bytes())) as book:
        for name in book.namelist():
            text = book.read(name).decode()
            assert_harmless(text, f"{sheet.name}:{name}")
            assert "<f>" not in text, "a formula"
            assert "_x001B_" not in text


def lay(place: Place, name: str, lines: list[str]) -> None:
    """Put a file that holds the lines into the folder."""
    (place.folder / name).write_bytes(report(lines, TITLE).partition(b"\r\n\r\n")[2])


@pytest.mark.parametrize("command", ["extract", "targets", "try"])
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["plain", "json"])
def test_documents_read_on_the_way_are_harmless(place: Place, command: str, form: list[str]) -> None:
    for name in ("report", "notice", "phrase", "kind", "broken", "moved"):
        place.run(command, place.portal.url(f"/{name}.html"), *form)
    lay(place, "a.html", BODY)
    assert place.run(command, "a.html", *form).out


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["plain", "json"])
def test_a_diff_of_hostile_files_is_harmless(place: Place, form: list[str]) -> None:
    lay(place, "a.html", BODY)
    lay(place, "b.html", edited(BODY))
    assert place.run("diff", "a.html", "b.html", *form).out


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["plain", "json"])
def test_lists_of_others_are_harmless(place: Place, form: list[str]) -> None:
    row = "https://www.example.org/a.html,云川\u202e市\u200b报告"
    for number, text in enumerate((f"{row}\n{row}\nftp://x\u202e,y", f"{row}{STEERING}")):
        (place.folder / "list.csv").write_text(f"url,title\n{text}\n", "utf-8")
        ran = place.run("import", "list.csv", "--dry-run", *form)
        assert ran.code == (1, 2)[number]
        assert ran.out or ran.err


@pytest.mark.parametrize("name", ["no\x1b[31m\u202e.html", f"http://127.0.0.1:9/{STEERING}", "ftp://\x1b[31m"])
def test_what_was_typed_comes_back_harmless(place: Place, name: str) -> None:
    for command in (["show"], ["extract"], ["try"], ["versions"], ["alerts", "test"], ["alerts", "retry"]):
        place.run(*command, name)
    place.run("pages", "--config", name)


def test_every_reading_command_was_run() -> None:
    run = {words[0] for words in READING} | {"once", "export", "extract", "targets", "try", "diff", "run", "import"}
    assert run >= set(COMMANDS) - {"demo", "health", "serve"}


def test_webhooks_are_plain_json_without_secrets(place: Place) -> None:
    for request in place.hooks.requests:
        assert_harmless(request.body.decode(), "webhook body")
        for name, text in request.headers.items():
            assert_harmless(text, f"webhook header {name}")


def test_mails_hold_no_markup_of_the_page_and_no_header_of_its_own(place: Place) -> None:
    for message in place.mails.messages:
        assert message["Bcc"] is None
        for name, value in message.items():
            assert_harmless(str(value), f"header {name}")
        raw = message.as_bytes(policy=policy.SMTP).decode("ascii")
        assert_no_secret(raw, "mail")
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            assert part is not None
            assert_harmless(str(part.get_content()), f"{kind} part")
            assert "\r" not in str(part.get_content()).replace("\r\n", "\n")
        tree = LexborHTMLParser(str(message.get_body(("html",)).get_content()))  # type: ignore[union-attr]  # see above
        assert not tree.css("script, img, iframe, object, link, form, svg, base")
        attributes = {name for node in tree.css("*") for name in node.attributes}
        assert not [name for name in attributes if name.startswith("on")]
        assert {link.attributes["href"].partition(":")[0] for link in tree.css("a")} <= {"http", "https"}


def test_no_file_holds_a_secret(place: Place) -> None:
    place.run("db", "backup", "copy.db")
    place.run("db", "copy", "sqlite:///crawler.db", "sqlite:///other.db")
    for file in place.folder.rglob("*"):
        if file.is_file() and file.name != "sources.yaml":
            assert_no_secret(file.read_bytes().decode("latin-1"), file.name)


def test_a_proxy_that_repeats_its_login_does_not_leak_it(place: Place) -> None:
    login = base64.b64encode(f"{PATH}:{QUERY}".encode()).decode()
    answer = f"HTTP/1.1 407 Basic {login} {QUERY}\r\nContent-Length: 0\r\n\r\n".encode()
    with HttpServer(fallback=answer) as proxy:
        network = f'network: {{allow_private: true, proxy: "http://{PATH}:{QUERY}@127.0.0.1:{proxy.port}"}}'
        source = '{id: a, url: "https://127.0.0.1:9/a.html"}, {id: b, url: "http://127.0.0.1:9/b.html"}'
        (place.folder / "proxied.yaml").write_text(f"{network}\nsources: [{source}]\n", "utf-8")
        for command in (["once"], ["doctor"], ["check"], ["sources"], ["try", "https://127.0.0.1:9/a.html"]):
            ran = place.run(*command, "--config", "proxied.yaml", "--database", "sqlite:///proxied.db", "--verbose")
            assert login not in ran.out + ran.err
        assert proxy.requests
        assert "407" in place.run("pages", "--database", "sqlite:///proxied.db", "--json").out
    (place.folder / "proxied.yaml").unlink()


@pytest.mark.parametrize("key", ["smtp", "url", "secret", "proxy"])
def test_a_fault_beside_a_secret_does_not_show_it(place: Place, key: str) -> None:
    text = (place.folder / "sources.yaml").read_text("utf-8").replace("allow_private: true", f"proxy: '{PATH} {QUERY}'")
    for name in ("HOOK_TOKEN", "SIGNING", "SMTP_PASSWORD"):
        text = text.replace(f"${{{name}}}", f"{PATH} {QUERY}\\u202e")
    (place.folder / "faulty.yaml").write_text(text, "utf-8")
    for command in ("check", "doctor", "once"):
        ran = place.run(command, "--config", "faulty.yaml", "--verbose")
        assert ran.code
        assert f".{key}" in ran.out + ran.err
    (place.folder / "faulty.yaml").unlink()


def test_the_daemons_log_is_harmless(place: Place) -> None:
    place.hooks.answers += [500]
    running = start(place.folder, "run", "--verbose", "--database", "sqlite:///daemon.db", **ENVIRONMENT)
    assert running.stderr
    lines = []
    for line in running.stderr:
        lines.append(line)
        if sum('"event": "checked"' in each for each in lines) >= 7:
            break
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=30)
    assert_harmless("".join([*lines, err, out]), "log")
    assert any('"reason"' in line for line in lines)


OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[hl]|\x1b\[2K|\x1b\[1A|\r")
"""What the program itself sends to a terminal: colours, the cursor hidden and shown, a line cleared."""


def at_terminal(folder: Path, *arguments: str) -> tuple[int, str]:
    """How a command ends, and all a terminal gets of it."""
    ours, theirs = os.openpty()
    environment = {**ENVIRONMENT, "PATH": "", "PYTHONPATH": str(ROOT), "TERM": "dumb", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "crawler", *arguments]
    running = subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
        while part := os.read(ours, 65_536):
            written += part
    os.close(ours)
    return running.wait(), written.decode()


@pytest.mark.parametrize("arguments", [["show", "report"], ["changes", "report"], ["alerts"], ["once", "--verbose"]])
def test_a_terminal_gets_nothing_of_the_pages_but_text(place: Place, arguments: list[str]) -> None:
    _, written = at_terminal(place.folder, *arguments)
    assert written
    assert_harmless(OURS.sub("", written), " ".join(arguments))


def test_raw_bytes_go_to_files_and_pipes_only(place: Place) -> None:
    code, written = at_terminal(place.folder, "show", "report", "--raw")
    assert code == 2
    assert "send it to a file" in written
    assert_harmless(OURS.sub("", written), "show --raw")
    assert "&#27;" in place.run("show", "report", "--raw").out


def test_a_trace_of_a_bug_is_harmless(tmp_path: Path) -> None:
    """As the console script shows it."""
    program = (
        "from crawler.cli import main\nfrom crawler.cli.main import app\nfrom tests.support.hostile import BAD\n"
        "@app.command('fail')\ndef fail() -> None:\n    raise RuntimeError(BAD)\nmain()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "fail"],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert "RuntimeError: " in ran.stderr
    assert_harmless(ran.stderr, "trace")

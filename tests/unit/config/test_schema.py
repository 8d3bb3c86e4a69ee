"""The JSON Schema for editors: current, told in the documentation's words, and of one mind with `crawler check`."""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from crawler.config import parse_config
from crawler.config.document import read_document
from crawler.config.meanings import MEANINGS
from crawler.config.node import Faults, Node
from crawler.config.schema import json_schema
from crawler.errors import ConfigError
from tests.support.cli import ROOT, crawl
from tests.support.layouts import Layout, layouts
from tests.unit.config.test_properties import FILES

VALIDATOR = jsonschema_rs.validator_for(json_schema())
HERE = Path(__file__).parent
ENVIRONMENT = {"NAME": "7d", "PROXY_PASSWORD": "x", "MAIL_PASSWORD": "x", "HOOK": "x"}


def data_of(text: str) -> Any:
    """The file as an editor reads it: YAML 1.2, variables as they stand."""
    faults = Faults()
    root = read_document(text.replace("${", "$\ue000{"), {}, faults)
    assert not faults
    return plain(root)


def plain(node: Node) -> Any:
    match node.value:
        case dict():
            return {key: plain(below) for key, below in node.value.items()}
        case list():
            return [plain(below) for below in node.value]
        case Decimal():
            return float(node.value)
        case str():
            return node.value.replace("$\ue000{", "${")
        case _:
            return node.value


def checked(text: str) -> bool:
    try:
        parse_config(text, ENVIRONMENT)
    except ConfigError:
        return False
    return True


def source(*lines: str) -> str:
    """A file with one source that says this besides."""
    address = [] if any("listing" in line for line in lines) else ["url: http://a/"]
    return "\n  ".join(["sources:\n- id: a", *address, *lines])


def mail(more: str) -> str:
    """A file with a mail channel that says this besides."""
    usual = {"type": "email", "smtp": "smtp://m.example", "from": "a@b.org", "to": ["c@d.org"]}
    return f"{source()}\nchannels: {json.dumps({'mail': usual | data_of(more)})}"


PLACES: dict[str, Callable[[str], str]] = {
    "source": lambda line: source(line.replace("⏎", "\n  ")),
    "url": lambda address: f"sources: [{{id: a, url: {json.dumps(address, ensure_ascii=False)}}}]",
    "id": lambda name: f"sources: [{{id: {json.dumps(name, ensure_ascii=False)}, url: 'http://a/'}}]",
    "part": lambda line: f"{source()}\n{line}",
    "mail": mail,
    "file": str,
}


def files() -> Iterator[str]:
    """Every fragment in its place, and whole files."""
    place: Callable[[str], str] = str
    for line in (HERE / "fragments.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1] in PLACES:
            place = PLACES[line[1:-1]]
        elif line and not line.startswith("#"):
            yield place(line)
    yield from (source(f"title: {'x' * length}") for length in (300, 301))
    yield from (f"sources: [{{id: {'x' * length}, url: 'http://a/'}}]" for length in (100, 101))
    yield from (path.read_text("utf-8") for path in (HERE / "full.yaml", ROOT / "sources.yaml"))


@pytest.mark.parametrize("text", list(files()))
def test_schema_and_check_are_of_one_mind(text: str) -> None:
    data = data_of(text)
    assert VALIDATOR.is_valid(data) is checked(text), [error.message for error in VALIDATOR.iter_errors(data)]


@pytest.mark.parametrize(
    "text",
    [
        source("alert: [nobody]"),
        source("every: 367d"),
        source("every: 7d", "up_to: 1d"),
        source("max_pages: 5.0"),
        source("every: ${UNSET}"),
        source("cron: 0 8 30 2 *"),
        source("timezone: Mars/Olympus"),
        source("body: {select: 'div['}"),
        source("listing: http://b/", "match: '('"),
        "sources: [{id: a, url: 'http://a/'}, {id: a, url: 'http://b/'}]",
    ],
)
def test_some_faults_only_check_can_tell(text: str) -> None:
    assert not checked(text)
    assert VALIDATOR.is_valid(data_of(text))


@given(FILES)
def test_what_is_valid_passes(sources: list[dict[str, Any]]) -> None:
    text = json.dumps({"sources": sources}, ensure_ascii=False)
    assert checked(text)
    assert VALIDATOR.is_valid(data_of(text))


@given(layouts())
def test_files_as_people_write_them_pass(layout: Layout) -> None:
    assert VALIDATOR.is_valid(data_of(layout.text.removeprefix("\ufeff").replace("&", "")))


def test_the_published_schema_is_current() -> None:
    published = (ROOT / "docs" / "sources.schema.json").read_text("utf-8")
    assert json.loads(published) == json_schema(), "run: crawler check --schema > docs/sources.schema.json"
    assert crawl(ROOT, "check", "--schema").out == published


def test_the_schema_is_one() -> None:
    jsonschema_rs.meta.validate(json_schema())


def test_every_key_has_a_hint_in_the_documentations_words() -> None:
    told: dict[str, dict[str, str]] = {}
    section = ""
    for line in (ROOT / "docs" / "configuration.md").read_text("utf-8").splitlines():
        if heading := re.match(r"#+ (\S+)", line):
            section = heading[1]
        elif (row := re.match(r"\| `([a-z_]+)` \|.*\| ([^|]+) \|$", line)) and not line.startswith("| `smtp` | port"):
            told.setdefault(section, {})[row[1]] = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", row[2])
    assert told == MEANINGS


def test_the_hint_for_editors_names_the_schema() -> None:
    for name in ("configuration.md", "configuration.zh-CN.md"):
        text = (ROOT / "docs" / name).read_text("utf-8")
        assert "# yaml-language-server: $schema=sources.schema.json" in text
        assert "crawler check --schema > sources.schema.json" in text

"""What counts as a file, what a plain word means, and what is refused before it costs anything."""

import tracemalloc
from decimal import Decimal

import pytest
import yaml

from crawler.config import document, parse_config
from crawler.config.document import read_document
from crawler.config.node import Faults, Node
from tests.support.config import fault_of, faults_of, file_of


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """PyYAML with and without libyaml: both must see the same file."""
    if request.param == "pure":
        monkeypatch.setattr(document, "_LOADER", yaml.SafeLoader)
    return str(request.param)


def read(text: str | bytes) -> Node:
    faults = Faults()
    node = read_document(text, {}, faults)
    assert not faults, faults.found
    return node


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        ("", 1, "the file is empty"),
        (b"", 1, "the file is empty"),
        ("\n\n# only a comment\n", 1, "the file is empty"),
        ("null", 1, "the file is empty"),
        ("---\n...\n", 1, "the file is empty"),
        (b"\xef\xbb\xbf", 1, "the file is empty"),
        ("- a\n- b\n", 1, "expected keys and values (defaults, network, channels, health, web, sources), found a list"),
        ("just words", 1, "found a text that is not shown here"),
        ("42", 1, "found a single value"),
        (b"\x7fELF\x02\x01\x01\x00\x00", 1, "not a text file: it contains the character U+007F"),
        (b"a: b\nc: \x00\n", 2, "not a text file: it contains the character U+0000"),
        ("a: \ud800", 1, "not a text file: it contains the character U+D800"),
        ("sources:\n- id: 云溪\n".encode("gbk"), 2, "the file is not UTF-8 on this line"),
        ("sources: []".encode("utf-16"), 1, "the file is not UTF-8 on this line"),
        (b"\x89PNG\r\n\x1a\n", 1, "the file is not UTF-8 on this line"),
        ("sources:\n- id: a\n---\nsources:\n", 3, "a second document starts"),
        ("sources:\n\t- id: a\n", 2, "this is not valid YAML here"),
        ("sources:\n- id: a\n   url: b\n", 3, "this is not valid YAML here"),
        ("sources: [{id: a}\nchannels: {}\n", 2, "this is not valid YAML here"),
        ("a: 'unclosed\n", 2, "this is not valid YAML here"),
        ("? [a, b]\n: c\n", 1, "a key must be a plain text"),
        ("a: !!python/object/apply:os.system [echo]\n", 1, "tags (!name) are not supported"),
        ("a: 1\nb: !secret x\n", 2, "tags (!name) are not supported"),
        ("a: " + "[" * 50 + "]" * 50, 1, "values are nested more than 12 deep"),
        ("- " * 50, 1, "values are nested more than 12 deep"),
    ],
)
def test_an_unusable_file_gives_one_clear_line(content: str | bytes, line: int, expected: str) -> None:
    fault = fault_of(content)
    assert fault.startswith(f"sources.yaml:{line}: ")
    assert expected in fault


def test_a_file_over_the_limit_is_not_read() -> None:
    assert "the file is larger than 10 MB" in fault_of(b"[" * (document.MAX_BYTES + 1))
    assert "the file is larger than 10 MB" in fault_of("[" * (document.MAX_BYTES + 1))


def test_a_file_at_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = file_of()
    monkeypatch.setattr(document, "MAX_BYTES", len(text))
    assert len(parse_config(text, {}).sources) == 1


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    text = "sources:\r\n- id: yunxi\r\n  url: https://www.example.org/1.html\r\n"
    assert parse_config(b"\xef\xbb\xbf" + text.encode(), {}) == parse_config(file_of(), {})


def test_faults_before_a_syntax_error_are_told_too() -> None:
    first, second = faults_of("a: 1\na: 2\nb: [\n")
    assert first == 'sources.yaml:2: a: the key "a" stands here twice, first in line 1'
    assert second.startswith("sources.yaml:4: this is not valid YAML here")


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("on", "on"),
        ("12", 12),
        ("-3", -3),
        ("0777", 777),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("2026-03-01", "2026-03-01"),
        ("0.1", Decimal("0.1")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal(1000)),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 31, "9" * 31),
        ("1e99999", "1e99999"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("''", ""),
        ("云溪", "云溪"),
    ],
)
def test_plain_words_follow_yaml_1_2(word: str, meaning: object) -> None:
    value = read(f"[{word or 'null'}, x]").elements()[0].value
    assert (type(value), value) == (type(meaning), meaning)


def test_every_value_knows_its_line_and_path() -> None:
    root = read("a:\n  b: 1\n  c:\n    - x\n    - {d: y}\n")
    inner = root.items()["a"].items()
    assert (inner["b"].line, inner["b"].path) == (2, "a.b")
    assert (inner["c"].line, inner["c"].path) == (3, "a.c")
    first, second = inner["c"].elements()
    assert (first.line, first.path) == (4, "a.c[0]")
    assert (second.items()["d"].line, second.items()["d"].path) == (5, "a.c[1].d")


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12)]
    tracemalloc.start()
    faults = faults_of("\n".join(["a0: &a0 [x]", *levels]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum("aliases (*name) are not supported" in fault for fault in faults) == 99
    assert peak < 10_000_000


def test_an_alias_is_not_complained_of_a_second_time() -> None:
    (fault,) = faults_of(
        "sources:\n- {id: a, url: 'http://a/', watch: &w {targets: [x]}}\n- {id: b, url: 'http://b/', watch: *w}"
    )
    assert fault.startswith("sources.yaml:3: sources[1].watch (b): aliases")


@pytest.mark.parametrize(
    "piece", ["[", "{", "- ", "? ", "a: ", "&a ", "*a ", "!a ", "${", '"', "'", "|", "%", "\t", "\n-"]
)
def test_long_runs_of_one_token_are_refused_at_once(piece: str) -> None:
    assert faults_of(piece * 20_000)


def test_keys_from_the_file_cannot_break_a_line() -> None:
    fault = fault_of('"a\\nb\\u202e": 1\n' + file_of()[1:-1])
    assert fault.startswith("sources.yaml:1: a\\nb\\u202e: unknown key")


def test_a_long_value_is_shortened() -> None:
    fault = fault_of(file_of({"every": "x" * 5_000}))
    assert len(fault) < 250
    assert '…"' in fault

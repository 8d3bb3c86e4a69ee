"""Edits of a file of sources, case by case: where they go, what they leave alone, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.config.editing import (
    Keys,
    NewSource,
    add_sources,
    change_source,
    pause_source,
    remove_source,
    resume_source,
    source_keys,
)
from crawler.errors import ConfigError, UsageError

SHIPPED = Path(__file__).resolve().parents[3] / "sources.yaml"
ONE = NewSource(keys={"id": "new", "url": "https://www.example.org/new.html"})
BLOCK = """\
# head
channels:
  desk: {type: webhook, url: 'https://hooks.example.org/'}
  mail: {type: webhook, url: 'https://hooks.example.org/'}
  chat: {type: webhook, url: 'https://hooks.example.org/'}

sources:
  # north
  - id: qinghe            # a county
    url: "http://a.example/"   # its portal
    alert:   # who
      - desk   # the desk
      # and
      - 'mail'
    body:
      drop:
        - '#ad'   # advert
    # watch: {targets: [地区生产总值]}

  # south
  - id: yunxi
    title: &title 云溪
    url: http://b.example/
    watch: {targets: [就业]}
"""


def changed(changes: Keys, identity: str = "qinghe", text: str = BLOCK) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    after = change_source(text, identity, changes, {})
    before, new = text.splitlines(), after.splitlines()
    return [line for line in before if line not in new], [line for line in new if line not in before]


# --- adding


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("", "sources:\n  - id: new\n    url: https://www.example.org/new.html\n"),
        ("# mine", "# mine\nsources:\n  - id: new\n    url: https://www.example.org/new.html"),
        ("sources:\n", "sources:\n  - id: new\n    url: https://www.example.org/new.html\n"),
        ("sources: []\n", "sources:\n  - id: new\n    url: https://www.example.org/new.html\n"),
        ("sources: null   # none\n", "sources:   # none\n  - id: new\n    url: https://www.example.org/new.html\n"),
        (
            "sources:\n  # - id: a\nweb: {}\n",
            "sources:\n  # - id: a\n  - id: new\n    url: https://www.example.org/new.html\nweb: {}\n",
        ),
        ("{sources: []}", "{sources: [{id: new, url: 'https://www.example.org/new.html'}]}"),
        ("{web: {}}\n", "{web: {}, sources: [{id: new, url: 'https://www.example.org/new.html'}]}\n"),
    ],
)
def test_a_file_without_sources_gets_its_first(text: str, added: str) -> None:
    assert add_sources(text, [ONE], {}) == added


def test_what_is_added_looks_like_the_rest() -> None:
    more = [
        ONE,
        NewSource(keys={"id": "second", "url": "http://c.example/", "body": {"drop": ["#x", "p"]}}, note="a\nb"),
    ]
    assert add_sources(BLOCK, more, {}).removeprefix(BLOCK) == (
        "\n  - id: new\n    url: https://www.example.org/new.html\n"
        "\n  - id: second  # a b\n    url: http://c.example/\n    body: {drop: ['#x', p]}\n"
    )


def test_a_note_stays_one_comment() -> None:
    note = NewSource(keys=ONE.keys, note="x\n- id: evil\r\n\u2028  url: y\x1b[0m\ufeff" + "z" * 999)
    text = add_sources(BLOCK, [note], {})
    assert text.count("\n") == BLOCK.count("\n") + 3
    assert "  - id: new  # x - id: evil url: y [0m zzz" in text
    assert max(map(len, text.splitlines())) < 250


@pytest.mark.parametrize(
    "title",
    [
        "yes",
        "2024",
        "1e5",
        "null",
        "a: b",
        "a #b",
        "- a",
        "'q'",
        '"',
        "*a",
        "{a",
        "[",
        "%",
        "@a",
        "`",
        "😀",
        " a ",
        "=1",
    ],
)
def test_any_title_is_read_as_it_was_meant(title: str) -> None:
    added = NewSource(keys={**ONE.keys, "title": title})
    assert source_keys(add_sources(BLOCK, [added], {}), "new")["title"] == title


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ({"id": "yunxi", "url": "http://c.example/"}, "is already taken in line 21"),
        ({"id": "x"}, 'the key "url" or "listing" is missing'),
        ({"id": "x", "url": "file:///etc/passwd"}, "expected an http or https address"),
        ({"id": "x", "url": "http://c.example/", "every": "often"}, "expected a duration"),
        ({"id": "x", "url": "http://c.example/", "shell": "rm"}, "unknown key"),
        ({"id": "x", "url": "http://c.example/", "title": "a\x00b"}, "control character"),
        ({"id": "x\ny", "url": "http://c.example/"}, "control character"),
        ({"id": "x", "url": "http://c.example/", "alert": ["nobody"]}, "there is no channel"),
    ],
)
def test_what_the_file_must_not_say_is_refused_with_its_line(keys: Keys, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint) as error:
        add_sources(BLOCK, [NewSource(keys=keys)], {}, "mine.yaml")
    assert all(fault.startswith("mine.yaml:") for fault in error.value.faults)


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(UsageError):
        add_sources(BLOCK, [NewSource(keys={**ONE.keys, "title": "a\ud800"})], {})


# --- changing


def test_a_scalar_is_replaced_in_its_quotes_and_its_comment_stays() -> None:
    went, came = changed({"url": "http://c.example/"})
    assert went == ['    url: "http://a.example/"   # its portal']
    assert came == ['    url: "http://c.example/"   # its portal']


def test_an_anchor_stays() -> None:
    assert changed({"title": "云溪市"}, "yunxi")[1] == ["    title: &title 云溪市"]


def test_a_new_key_goes_where_the_documentation_has_it() -> None:
    text = change_source(BLOCK, "qinghe", {"title": "清河县", "enabled": False}, {})
    lines = text.splitlines()
    assert lines[lines.index("  - id: qinghe            # a county") + 1] == "    title: 清河县"
    assert lines[lines.index("        - '#ad'   # advert") + 1] == "    enabled: false"


@pytest.mark.parametrize(
    ("alert", "went", "came"),
    [
        (["desk", "mail", "chat"], [], ["      - chat"]),
        (["mail"], ["      - desk   # the desk"], []),
        (["mail", "chat"], ["      - desk   # the desk"], ["      - chat"]),
        (["desk"], ["      # and", "      - 'mail'"][1:], []),
        (
            ["chat"],
            ["    alert:   # who", "      - desk   # the desk", "      # and", "      - 'mail'"],
            ["    alert: [chat]   # who"],
        ),
        (
            [],
            ["    alert:   # who", "      - desk   # the desk", "      # and", "      - 'mail'"],
            ["    alert: []   # who"],
        ),
    ],
)
def test_elements_that_stay_keep_their_lines(alert: list[str], went: list[str], came: list[str]) -> None:
    assert changed({"alert": alert}) == (went, came)


def test_a_mapping_is_changed_key_by_key_and_goes_with_its_last() -> None:
    assert changed({"body": {"select": "div.text"}}) == ([], ["      select: div.text"])
    assert changed({"body": {"drop": None}}) == (["    body:", "      drop:", "        - '#ad'   # advert"], [])
    assert changed({"watch": {"min_change": 1}}, "yunxi")[1] == ["    watch: {targets: [就业], min_change: 1}"]
    assert changed({"watch": {"targets": None}}, "yunxi") == (["    watch: {targets: [就业]}"], [])
    assert changed({"watch": {"targets": None, "text": None}, "body": {}}) == ([], [])


def test_what_is_the_same_already_changes_nothing() -> None:
    keys = source_keys(BLOCK, "qinghe")
    assert keys["alert"] == ["desk", "mail"]
    assert change_source(BLOCK, "qinghe", keys, {}) == BLOCK


def test_variables_stay_variables() -> None:
    text = "sources:\n- {id: a, url: 'http://a.example/${PART}'}\n"
    assert source_keys(text, "a")["url"] == "http://a.example/${PART}"
    assert "${PART}" in pause_source(text, "a", {"PART": "x"})
    with pytest.raises(ConfigError, match="the environment variable PART is not set"):
        pause_source(text, "a", {})


@pytest.mark.parametrize("item", ["http://evil.example/${SMTP_PASSWORD}", "${", "a${B}"])
def test_no_variable_is_put_in_from_outside(item: str) -> None:
    known = {"SMTP_PASSWORD": "s3cret", "B": "b"}
    with pytest.raises(UsageError, match="by hand only"):
        add_sources(BLOCK, [NewSource(keys={**ONE.keys, "url": item})], known)
    with pytest.raises(UsageError, match="by hand only"):
        change_source(BLOCK, "yunxi", {"body": {"drop": [item]}}, known)
    with pytest.raises(UsageError, match="by hand only"):
        change_source(BLOCK.replace("云溪\n", "x${B}\n"), "yunxi", {"title": item}, known)


def test_two_keys_of_a_schedule_are_exchanged_at_once() -> None:
    text = "sources:\n- id: a\n  url: http://a/\n  every: 1d   # daily\n"
    cron = change_source(text, "a", {"every": None, "cron": "30 8 * * *"}, {})
    assert cron == "sources:\n- id: a\n  url: http://a/\n  cron: 30 8 * * *\n"
    with pytest.raises(ConfigError, match="expected either every or cron"):
        change_source(text, "a", {"cron": "30 8 * * *"}, {})


# --- switching and removing


def test_pausing_twice_is_pausing_once() -> None:
    paused = pause_source(BLOCK, "yunxi", {})
    assert pause_source(paused, "yunxi", {}) == paused
    assert resume_source(BLOCK, "yunxi", {}) == BLOCK


def test_the_shipped_file_is_paused_and_resumed_source_by_source() -> None:
    text = SHIPPED.read_text("utf-8")
    paused = pause_source(text, "bx-huadong", {})
    assert resume_source(paused, "bx-huadong", {}) == text
    assert len(paused.splitlines()) == len(text.splitlines()) + 1
    resumed = resume_source(text, "sucai198-shi-2023", {})
    assert len(resumed.splitlines()) == len(text.splitlines()) - 1


def test_a_source_goes_with_its_own_comments_only() -> None:
    rest = remove_source(BLOCK, "qinghe", {})
    assert "# watch" not in rest
    assert rest.splitlines()[6:10] == ["sources:", "  # north", "  # south", "  - id: yunxi"]
    assert remove_source(BLOCK, "yunxi", {}).endswith("targets: [地区生产总值]}\n\n  # south\n")


def test_the_only_source_is_not_removed() -> None:
    with pytest.raises(UsageError, match="pause it instead"):
        remove_source(remove_source(BLOCK, "yunxi", {}), "qinghe", {})


def test_lines_end_as_they_did() -> None:
    text = BLOCK.replace("\n", "\r\n")
    for edited in (add_sources(text, [ONE], {}), pause_source(text, "qinghe", {}), remove_source(text, "yunxi", {})):
        assert edited.count("\n") == edited.count("\r\n")


# --- what is refused


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("sources: [", "sources.yaml:2: this is not valid YAML"),
        ("- a\n", "no file of sources"),
        ("sources: {a: b}\n", "no file of sources"),
        ("a: &x 1\nb: *x\n", "sources.yaml:2: aliases and tags"),
        ("sources:\n- !!python/object:os.system {id: a}\n", "sources.yaml:2: aliases and tags"),
        ("sources: []\n---\na: 1\n", "a second document"),
        ("? [a]\n: b\n", "a key must be a plain text"),
        ("a: " + "[" * 20 + "]" * 20, "nested more than 12 deep"),
    ],
)
def test_a_file_that_cannot_be_edited_is_named(text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        add_sources(text, [ONE], {})


@pytest.mark.parametrize("edit", [pause_source, resume_source, remove_source])
def test_an_unknown_source_is_named(edit: Callable[..., str]) -> None:
    with pytest.raises(UsageError, match=r'mine\.yaml: no source has the id "nobody"'):
        edit(BLOCK, "nobody", {}, "mine.yaml")


def test_keys_in_the_long_form_can_be_edited_too() -> None:
    text = "sources:\n- id: a\n  url: http://a/\n  ? every\n  : 1d\n"
    assert change_source(text, "a", {"every": "2d"}, {}) == text.replace("1d", "2d")
    assert change_source(text, "a", {"every": None}, {}) == "sources:\n- id: a\n  url: http://a/\n"


def test_what_cannot_be_edited_is_left_to_a_person() -> None:
    text = "sources:\n- ? id\n  : a\n  ? url\n  : http://a/\n"
    with pytest.raises(UsageError, match="edit the file by hand"):
        change_source(text, "a", {"every": "2d"}, {})

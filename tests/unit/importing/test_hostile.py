"""Files built to do harm: each is refused with one line, soon, and none is believed."""

import io
import json
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import UsageError
from crawler.importing import MOST, Form, archive
from tests.support.imports import backup, planned, sources, zipped

WATCH = json.dumps({"url": "http://a.example/"})
BOMB = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><opml><body>&b;</body></opml>'
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><opml><outline text="&f;" url="http://a.example/"/></opml>'
)


def refusal(content: bytes | str, name: str = "", form: Form | None = None) -> str:
    with pytest.raises(UsageError) as error:
        planned(content, name, form)
    (line,) = str(error.value).splitlines()
    return line


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_entities_are_not_read(content: str) -> None:
    assert "declares a document type" in refusal(content)


def test_deep_folders_are_refused() -> None:
    assert "nested more than 50 deep" in refusal("<opml>" + "<outline text='a'>" * 60 + "</outline>" * 60 + "</opml>")


@pytest.mark.parametrize(
    "name",
    ["../url-watches.json", "a/../../watch.json", "/etc/url-watches.json", "a\\..\\..\\x", "C:/url-watches.json"],
)
def test_an_archive_that_reaches_outside_itself_is_refused(name: str) -> None:
    assert "names a file outside itself" in refusal(zipped({name: WATCH}))


def test_an_archive_that_unpacks_to_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 5_000_000)
    bomb = zipped({"url-watches.json": b" " * 20_000_000})
    assert len(bomb) < 50_000
    assert "unpacks to more than 5 MB" in refusal(bomb)
    many = zipped({f"{n}/watch.json": b" " * 1_000_000 for n in range(9)})
    assert "unpacks to more than 5 MB" in refusal(many)


def test_an_archive_that_lies_about_its_sizes_is_damaged() -> None:
    honest = zipped({"url-watches.json": b" " * 5000 + WATCH.encode()})
    size = struct.pack("<I", 5000 + len(WATCH))
    assert honest.count(size) == 2
    assert "is damaged" in refusal(honest.replace(size, struct.pack("<I", 10)))


def test_what_is_not_wanted_is_never_unpacked() -> None:
    content = backup()
    at = content.index(b"history.txt") + len("history.txt")
    assert len(sources(planned(content[:at] + b"\xff\xff\xff" + content[at + 3 :]))) == 2


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_DIRECTORY", 10_000)
    assert "too many files" in refusal(zipped({f"{n}.txt": b"" for n in range(400)}))


def test_an_archive_with_sizes_of_64_bits_is_refused() -> None:
    content = zipped({"url-watches.json": WATCH})
    at = content.rindex(b"PK\5\6")
    assert "too many files" in refusal(content[:at] + b"PK\6\7" + bytes(16) + content[at:])


def test_an_archive_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1_000)
    assert "url-list.txt instead" in refusal(zipped({"a": bytes(2_000)}, zipfile.ZIP_STORED))


def test_a_locked_archive_is_named() -> None:
    content = bytearray(zipped({"url-watches.json": WATCH}))
    content[content.rindex(b"PK\1\2") + 8] |= 1
    assert "locked with a password" in refusal(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_plain_packing_is_read(method: int) -> None:
    assert "pack it again" in refusal(zipped({"url-watches.json": WATCH}, method))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, backup()[:-30], b"PK\x05\x06" + bytes(9)]
)
def test_a_broken_archive_is_damaged(content: bytes) -> None:
    assert "is damaged" in refusal(content)


def test_an_archive_of_something_else_is_named() -> None:
    assert "not a backup of changedetection.io" in refusal(zipped({"photo.jpg": b"x"}))
    assert "not a backup of changedetection.io" in refusal(zipped({}))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("a: &a [x]\nb: &b [*a, *a]\nurl: &c {<<: *c}", "an alias refers to nothing, or to itself"),
        ("a: " + "[" * 100, "nested more than 30 deep"),
        ("? [a]\n: b\nurl: x", "a key must be a plain text"),
        ("url: [", "not valid YAML"),
        ("url: http://a.example/\n\tb: c", "not valid YAML"),
        ("defaults: {}\nsources: [{id: a}]", "use it with --config"),
    ],
)
def test_job_files_out_of_bounds_are_refused(content: str, complaint: str) -> None:
    assert complaint in refusal(content, "urls.yaml")


def test_aliases_do_not_multiply() -> None:
    lines = ["k0: &k0 {" + ", ".join(f"a{n}: 1" for n in range(500)) + "}"]
    lines += [f"k{n}: &k{n} {{<<: [{', '.join([f'*k{n - 1}'] * 9)}]}}" for n in range(1, 40)]
    assert "stand for too much" in refusal("\n".join([*lines, "url: http://a.example/"]), "urls.yaml")
    doubled = "\n".join(
        ["a: &a [x, x]", *(f"a{n}: &a [*a, *a]" for n in range(60)), "url: http://a.example/", "filter: *a"]
    )
    assert sources(planned(doubled, "urls.yaml")) == {"a.example": {"url": "http://a.example/"}}


def test_no_tag_makes_an_object() -> None:
    found = planned("url: !!python/object/apply:os.system [http://a.example/]\nname: !!binary aGk=\n", "urls.yaml")
    assert not found.planned


@pytest.mark.parametrize("content", ["{", "{" * 100_000, '{"watching": []}', '{"a": 1}', "[1]" + "{"])
def test_json_that_is_no_backup_is_refused(content: str) -> None:
    assert "not" in refusal(content, form=Form.CHANGEDETECTION)


def test_files_that_are_too_large_are_refused() -> None:
    assert "larger than 10 MB" in refusal(b"http://a.example/\n" * 600_000)
    assert f"more than {MOST:,} entries" in refusal("x\n" * (MOST + 1))


@pytest.mark.parametrize("content", [b"\x00\x01", b"http://a.example/\x00", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert refusal(content)


def test_unreadable_encodings_are_named() -> None:
    assert "neither UTF-8 nor GB18030" in refusal(b"\xff\xff\xffhttp://a.example/")


def read_or_refused(content: bytes | str, form: Form | None) -> None:
    """Nothing but a clear refusal may come of it."""
    said = ""
    try:
        planned(content, "x", form)
    except UsageError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


@given(st.binary(max_size=300), st.sampled_from([None, *Form]))
def test_any_bytes_are_read_or_refused(content: bytes, form: Form | None) -> None:
    read_or_refused(content, form)


WATCH_KEYS = ["url", "tags", "tag", "title", "headers", "time_between_check", "include_filters", "method", "processor"]
BACKUP_KEYS = ["watching", "settings", "application", "requests", "time_between_check", "tags", "hours"]
JOB_KEYS = ["filter", "name", "tags", "note", "headers", "kind", "method", "data", "css", "selector", "exclude"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WATCH_KEYS + BACKUP_KEYS + JOB_KEYS), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(ANYTHING)
def test_backups_and_jobs_of_any_shape_are_read_or_refused(data: object) -> None:
    watch = {**dict.fromkeys(WATCH_KEYS, data), "url": "http://a.example/"}
    read_or_refused(json.dumps({"watching": {"a": data, "b": watch}, "settings": data}), Form.CHANGEDETECTION)
    read_or_refused(json.dumps({**dict.fromkeys(JOB_KEYS, data), "url": "http://a.example/"}), Form.URLWATCH)


def test_an_endless_file_is_read_no_further_than_needed() -> None:
    class Endless(io.RawIOBase):
        read_bytes = 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, *_: int) -> int:
            return 0

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.read_bytes += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    from crawler.importing import read

    endless = Endless()
    with pytest.raises(UsageError, match="larger than 10 MB"):
        read(io.BufferedReader(endless), "")
    assert endless.read_bytes < 20_000_000

"""Laws of edits: the file says what was meant, all other lines are as they were, and an edit can be taken back."""

from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from crawler.config import parse_config
from crawler.config.editing import (
    NewSource,
    add_sources,
    change_source,
    pause_source,
    remove_source,
    resume_source,
    source_keys,
)
from crawler.config.places import locate
from tests.support.layouts import Layout, layouts

NEW = NewSource(keys={"id": "new", "url": "https://www.example.org/new.html", "title": "新: 的"}, note="from a list")
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20).filter(
    lambda text: text.strip() and "${" not in text
)
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "title": TEXTS,
    "every": st.sampled_from(["2d", "30s"]),
    "alert": st.lists(st.sampled_from(["desk", "mail", "chat"]), unique=True),
    "max_pages": st.integers(1, 9),
    "body": st.fixed_dictionaries(
        {"drop": st.lists(st.sampled_from(["#ad", ".share", "b"]), unique=True)}, optional={"select": st.none()}
    ),
    "watch": st.fixed_dictionaries({"targets": st.just(["就业", "a, b"])}, optional={"min_change": st.none()}),
}


def independent(text: str) -> Any:
    """What another YAML library reads."""
    return YAML(typ="safe", pure=True).load(text.removeprefix("\ufeff"))


def around(text: str, number: int) -> tuple[str, str]:
    """What stands before and after a source."""
    text = text.removeprefix("\ufeff")
    root = locate(text, "sources.yaml")
    entry = root.entry("sources") if root else None
    assert root
    assert root.entries
    assert entry
    assert entry.place.entries
    following = [*entry.place.entries[number + 1 :], *root.entries[root.entries.index(entry) + 1 :]]
    return text[: entry.place.entries[number].start], text[following[0].start :] if following else ""


def notes(text: str) -> Iterator[str]:
    """The comments of a text."""
    yield from (line[line.index("#") :] for line in text.splitlines() if line.lstrip().startswith("#"))


@given(layouts())
def test_what_is_added_is_there_and_can_be_removed(layout: Layout) -> None:
    more = add_sources(layout.text, [NEW], {})
    config, before = parse_config(more, {}), parse_config(layout.text, {})
    assert [source.id for source in config.sources] == [*layout.ids, "new"]
    assert config.sources[:-1] == before.sources
    assert independent(more)["sources"][-1] == NEW.keys
    assert remove_source(more, "new", {}) == layout.text


@given(layouts(), st.data())
def test_a_source_can_be_paused_and_resumed(layout: Layout, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(layout.ids))
    paused = pause_source(layout.text, name, {})
    assert [source.id for source in parse_config(paused, {}).sources if not source.enabled] == [name]
    assert resume_source(paused, name, {}) == layout.text


@given(layouts(), st.data())
def test_a_change_says_what_was_meant_and_touches_nothing_else(layout: Layout, data: st.DataObject) -> None:
    name, key = data.draw(st.sampled_from(layout.ids)), data.draw(st.sampled_from(sorted(CHANGES)))
    item = data.draw(CHANGES[key])
    changed = change_source(layout.text, name, {key: item}, {})
    before, after = independent(layout.text)["sources"], independent(changed)["sources"]
    number = layout.ids.index(name)
    assert [source for n, source in enumerate(after) if n != number] == [
        source for n, source in enumerate(before) if n != number
    ]
    if isinstance(item, dict):
        item = {name: inner for name, inner in (before[number].get(key, {}) | item).items() if inner is not None}
    assert after[number] == before[number] | {key: item}
    assert around(changed, number) == around(layout.text, number)


@given(layouts(), st.data())
def test_a_change_can_be_taken_back(layout: Layout, data: st.DataObject) -> None:
    name, key = data.draw(st.sampled_from(layout.ids)), data.draw(st.sampled_from(["every", "url"]))
    old = source_keys(layout.text, name).get(key)
    changed = change_source(layout.text, name, {key: {"every": "3d", "url": "https://www.example.org/x.html"}[key]}, {})
    assert changed != layout.text
    assert change_source(changed, name, {key: old}, {}) == layout.text


@given(layouts(), st.data())
def test_a_key_that_was_added_can_be_taken_away(layout: Layout, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(layout.ids))
    changes = data.draw(st.sampled_from([{"max_pages": 5}, {"failing_after": 9, "delay": "5s"}]))
    changed = change_source(layout.text, name, changes, {})
    assert source_keys(changed, name) == source_keys(layout.text, name) | changes
    assert change_source(changed, name, dict.fromkeys(changes), {}) == layout.text


@given(layouts(), st.data())
def test_what_is_removed_is_gone_and_the_rest_is_as_it_was(layout: Layout, data: st.DataObject) -> None:
    assume(len(layout.ids) > 1)
    name = data.draw(st.sampled_from(layout.ids))
    rest = remove_source(layout.text, name, {})
    before = independent(layout.text)["sources"]
    assert independent(rest)["sources"] == [source for source in before if source["id"] != name]
    assert [note for note in notes(rest) if note in ("# above", "# head", "# end")] == [
        note for note in notes(layout.text) if note in ("# above", "# head", "# end")
    ]
    if "sources: [" not in layout.text:
        assert set(rest.splitlines()) <= set(layout.text.splitlines())

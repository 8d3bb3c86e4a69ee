"""Edits of sources.yaml as text -> text: comments, order, quotes and everything else that is not meant stay. Ring 1.

    locate -> splice -> does it say exactly what was meant? -> does `parse_config` take it? -> the new text

Values are spliced into the text where they stand; nothing is written anew. Whoever calls reads and writes the file
(`crawler.sourcefile`). `environment` and `name` are those of `parse_config`. Every function raises UsageError where
there is no such source or the file cannot be edited, and ConfigError with all faults where the result would have some.

`${NAME}` stays where it stands but cannot be put in here: a list of sources from elsewhere, or somebody at the
dashboard, would read the environment's secrets by having them sent to an address.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.config.draft import Draft, plain
from crawler.config.node import shown
from crawler.config.parse import parse_config
from crawler.config.rendering import Value
from crawler.errors import UsageError
from crawler.model import value

Keys = Mapping[str, Value]
"""Keys of a source as sources.yaml writes them: durations as texts ("6h"), numbers as numbers."""


@value
class NewSource:
    """A source to add."""

    keys: Keys
    note: str = ""
    """A comment beside its id."""


def source_ids(text: str, name: str = "sources.yaml") -> list[str]:
    """The ids as they are written, in the file's order; what is faulty besides does not matter."""
    ids = [keys.get("id") for keys in Draft(text, name).listed() if isinstance(keys, dict)]
    return [each for each in ids if isinstance(each, str)]


def source_keys(text: str, identity: str, name: str = "sources.yaml") -> dict[str, Any]:
    """The keys of a source as they are written, defaults left out and `${NAME}` as it stands."""
    draft = Draft(text, name)
    keys: dict[str, Any] = draft.listed()[_number(draft, identity)]
    return keys


def source_number(text: str, identity: str | None, name: str = "sources.yaml") -> int:
    """Where a source stands in the list, from 0, as `ConfigError.places` counts; None: where the next one will."""
    draft = Draft(text, name)
    return len(draft.listed()) if identity is None else _number(draft, identity)


def add_sources(
    text: str, sources: Sequence[NewSource], environment: Mapping[str, str], name: str = "sources.yaml"
) -> str:
    """The text with more sources at the end of the list; a file that is empty or has no list gets one."""
    draft = Draft(text, name)
    if not sources:
        return text
    for source in sources:
        _forbid_variables(source.keys, None, name)
    wanted = [*draft.listed(), *(plain(source.keys) for source in sources)]
    draft.append([(source.keys, source.note) for source in sources])
    return _checked(draft, wanted, environment)


def change_source(
    text: str, identity: str, changes: Keys, environment: Mapping[str, str], name: str = "sources.yaml"
) -> str:
    """The text with other values for some keys of a source.

    None takes a key away; a mapping changes keys within `watch` or `body`, which goes when nothing is left in it.
    """
    draft = Draft(text, name)
    number, wanted = _number(draft, identity), draft.listed()
    _forbid_variables(changes, wanted[number], name)
    wanted[number] = _merged(wanted[number], changes)
    draft.change(("sources", number), changes)
    return _checked(draft, wanted, environment)


def pause_source(text: str, identity: str, environment: Mapping[str, str], name: str = "sources.yaml") -> str:
    """The text with a source switched off: it is not checked, its history stays."""
    return change_source(text, identity, {"enabled": False}, environment, name)


def resume_source(text: str, identity: str, environment: Mapping[str, str], name: str = "sources.yaml") -> str:
    """The text with a source switched on again."""
    return change_source(text, identity, {"enabled": None}, environment, name)


def remove_source(text: str, identity: str, environment: Mapping[str, str], name: str = "sources.yaml") -> str:
    """The text without a source, the comments within it and those below it that stand as deep as its keys."""
    draft = Draft(text, name)
    number, wanted = _number(draft, identity), draft.listed()
    if len(wanted) == 1:
        raise UsageError(
            f"{name}: {shown(identity)} is the only source, and a file names at least one: pause it instead"
        )
    del wanted[number]
    draft.remove(("sources",), number)
    return _checked(draft, wanted, environment)


def _forbid_variables(new: object, old: object, name: str) -> None:
    """UsageError where a value names a variable of the environment that did not stand there before."""
    if isinstance(new, Mapping):
        for key, item in new.items():
            _forbid_variables(item, old.get(key) if isinstance(old, Mapping) else None, name)
    elif isinstance(new, list | tuple):
        for item in new:
            _forbid_variables(item, item if isinstance(old, list) and item in old else None, name)
    elif isinstance(new, str) and "${" in new and new != old:
        raise UsageError(f"{name}: ${{…}} is put in by hand only, in the file itself")


def _number(draft: Draft, identity: str) -> int:
    for number, keys in enumerate(draft.listed()):
        if isinstance(keys, dict) and keys.get("id") == identity:
            return number
    raise UsageError(f"{draft.name}: no source has the id {shown(identity)}")


def _merged(before: dict[str, Any], changes: Keys) -> dict[str, Any]:
    after = dict(before)
    for key, item in changes.items():
        old = before.get(key)
        new = _merged(old if isinstance(old, dict) else {}, item) if isinstance(item, Mapping) else plain(item)
        if item is None or (new == {} and old):
            after.pop(key, None)
        elif new != {}:
            after[key] = new
    return after


def _checked(draft: Draft, wanted: list[Any], environment: Mapping[str, str]) -> str:
    """The new text, if it says what was meant and is valid."""
    draft.demand(wanted)
    parse_config(draft.text, environment, draft.name)
    return draft.whole()

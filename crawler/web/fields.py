"""The form of a source: its keys as sources.yaml writes them <-> what stands in its fields. No I/O.

A field that was not touched is not written, so that what the form cannot show well (`${NAME}`, a value of a wrong kind)
stays as it is in the file.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from crawler.config.rendering import Value
from crawler.importing.plan import slug

Typed = Mapping[str, str]
"""What stands in each field."""
Keys = dict[str, Value]

KINDS = ("page", "listing")
TOLD = ("", "nobody", "chosen")
"""Who is told: whom the file's defaults say, nobody, or the channels named."""
_NUMBER = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?")
_PLACE = re.compile(r"sources\[([0-9]+)\](?:\.([a-z_]+(?:\.[a-z_]+)?))?(?:\[[0-9]+\])?")


def _text(typed: str) -> Value:
    return typed.strip() or None


def _number(typed: str) -> Value:
    text = typed.strip()
    if not _NUMBER.fullmatch(text):
        return text or None
    return Decimal(text) if "." in text else int(text)


def _lines(typed: str) -> Value:
    return [line.strip() for line in typed.splitlines() if line.strip()] or None


def _words(typed: str) -> Value:
    return list(filter(None, (word.strip() for word in re.split(r"[,，;；\n]", typed)))) or None


_READ: Mapping[str, Callable[[str], Value]] = {
    "title": _text,
    "match": _text,
    "max_pages": _number,
    "every": _text,
    "cron": _text,
    "delay": _text,
    "watch.targets": _words,
    "watch.min_change": _number,
    "watch.min_percent": _number,
    "body.select": _text,
    "body.drop": _lines,
}
"""The fields that are a key each; those of the address and of who is told stand for keys together."""
_TOGETHER = ("kind", "address", "told", "alert")
FIELDS = ("id", *_TOGETHER, *_READ)
_SHOWN = {name.partition(".")[0] for name in _READ} | {"id", "url", "listing", "alert"}
EMPTY: Typed = {**dict.fromkeys(FIELDS, ""), "kind": KINDS[0]}


def typed_of(form: Mapping[str, str]) -> Typed:
    """What was typed into each field; what is chosen from a list is one of its choices."""
    typed = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
    kind, told = typed["kind"], typed["told"]
    return {**typed, "kind": kind if kind in KINDS else KINDS[0], "told": told if told in TOLD else TOLD[0]}


def shown_of(keys: Mapping[str, Any]) -> Typed:
    """What stands in the fields for a source of the file."""
    kind = "listing" if keys.get("listing") is not None else "page"
    alert = keys.get("alert")
    told = "" if alert is None else "chosen" if alert else "nobody"
    return {
        **{name: _shown(_at(keys, name), "\n" if name == "body.drop" else ", ") for name in _READ},
        "id": _shown(keys.get("id")),
        "kind": kind,
        "address": _shown(keys.get("listing" if kind == "listing" else "url")),
        "told": told,
        "alert": _shown(alert),
    }


def unshown(keys: Mapping[str, Any]) -> list[str]:
    """The keys of a source that the form has no field for."""
    watch = keys.get("watch")
    within = [f"watch.{key}" for key in watch if f"watch.{key}" not in _READ] if isinstance(watch, dict) else []
    return [*(key for key in keys if key not in _SHOWN), *within]


def added(typed: Typed) -> Keys:
    """The keys of a new source."""
    keys = changed(EMPTY, typed)
    return {"id": typed["id"].strip(), **{key: item for key, item in keys.items() if item is not None}}


def changed(before: Typed, typed: Typed) -> Keys:
    """The keys that were given other values; None: that was taken away."""
    keys: Keys = {}
    moved = {name for name in FIELDS if before[name].strip() != typed[name].strip()}
    if moved & {"kind", "address"}:
        kinds = {"page": "url", "listing": "listing"}
        keys |= dict.fromkeys(kinds.values(), None) | {kinds[typed["kind"]]: _text(typed["address"])}
    for name, read in _READ.items():
        if name in moved:
            outer, _, inner = name.partition(".")
            keys[outer] = {**_mapping(keys.get(outer)), inner: read(typed[name])} if inner else read(typed[name])
    if "told" in moved or ("alert" in moved and typed["told"] == "chosen"):
        keys["alert"] = {"": None, "nobody": [], "chosen": _words(typed["alert"])}[typed["told"]]
    return keys


def named(typed: Typed, taken: Iterable[str]) -> Typed:
    """With an id made of the address, where none was typed."""
    if typed["id"].strip() or not typed["address"].strip():
        return typed
    try:
        wished = slug(typed["address"].strip())
    except ValueError:  # no address at all, as the parser will say
        return typed
    known, number, name = set(taken), 1, wished
    while name in known:
        number += 1
        name = f"{wished}-{number}"
    return {**typed, "id": name}


def beside(places: Iterable[tuple[str, str]], number: int) -> tuple[dict[str, list[str]], list[int]]:
    """The faults of the source of this number by field, and the numbers of all other faults."""
    faults: dict[str, list[str]] = {}
    others = []
    for index, (place, text) in enumerate(places):
        found = _PLACE.fullmatch(place)
        field = _field(found[2] or "", text) if found and int(found[1]) == number else None
        if field is None:
            others.append(index)
        else:
            faults.setdefault(field, []).append(text)
    return faults, others


def _field(key: str, text: str) -> str | None:
    if key in ("url", "listing") or (not key and "url" in text):
        return "address"
    if not key:
        return "id"
    return key if key in FIELDS else None


def _at(keys: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 (any value of the file)
    outer, _, inner = name.partition(".")
    found = keys.get(outer)
    return (found.get(inner) if isinstance(found, dict) else None) if inner else found


def _shown(item: Any, between: str = ", ") -> str:  # noqa: ANN401 (as above)
    if isinstance(item, list):
        return between.join(_shown(each) for each in item)
    if isinstance(item, bool):
        return "true" if item else "false"
    return "" if item is None or isinstance(item, dict) else str(item)


def _mapping(item: Value) -> Mapping[str, Value]:
    return item if isinstance(item, Mapping) else {}

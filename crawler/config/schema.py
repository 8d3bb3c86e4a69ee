"""The keys of `crawler.config.keys` as JSON Schema, for editors: completion, hints, and faults while one types. Ring 1.

It takes whatever `parse_config` takes. What it cannot say (a channel that is not there, an id twice, a selector that is
none) only `crawler check` finds. Draft 7, which every editor knows.
"""

from collections.abc import Mapping
from typing import Any

from crawler.config.keys import COMMON, FILE, SOURCE
from crawler.config.kinds import Kind, ListOf, Named, Scalar, Schema, Section, Variants
from crawler.config.meanings import MEANINGS


def json_schema() -> Schema:
    """The schema of a whole file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sources.yaml of report-crawler",
        **_of(FILE, "sources.yaml"),
    }


def _of(kind: Kind, name: str) -> Schema:
    """What a kind of key takes; `name` is that of its section in the documentation."""
    match kind:
        case Scalar():
            return kind.parse.schema
        case Section():
            return _object(kind, name) | _together(kind)
        case ListOf():
            return {
                "type": "array",
                "items": _of(kind.kind, name),
                "uniqueItems": True,
                **({"minItems": 1} if kind.required else {}),
            }
        case Named():
            return {"type": "object", "propertyNames": kind.name.schema, "additionalProperties": _of(kind.kind, name)}
        case Variants():
            return {"oneOf": [_variant(section, tag) for tag, section in kind.sections.items()]}
    raise TypeError(f"no schema for {kind!r}")


def _object(section: Section, name: str) -> Schema:
    """A mapping; a key without a value is the same as no key."""
    keys = {key: _key(kind, key, name, empty=key not in section.required) for key, kind in section.keys.items()}
    required = {"required": list(section.required)} if section.required else {}
    return {"type": "object", "properties": keys, "additionalProperties": False, **required}


def _key(kind: Kind, key: str, name: str, *, empty: bool) -> Schema:
    own = MEANINGS.get(name, {})
    meaning = own.get(key) or (MEANINGS["defaults"].get(key) if name == "sources" else None)
    schema = _of(kind, key if isinstance(kind, Section | ListOf | Named) else name)
    return ({"description": meaning} if meaning else {}) | (_or_null(schema) if empty else schema)


def _or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str) and "allOf" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _variant(section: Section, tag: str) -> Schema:
    made = _object(section, tag)
    made["properties"]["type"] = {"const": tag}
    return {"title": tag, **made, "required": ["type", *section.required]}


def _together(section: Section) -> Schema:
    """What no key can tell alone (`crawler.config.parse` says the same)."""
    rules: list[Schema] = []
    if set(COMMON) <= set(section.keys):
        rules += [{"not": _given("every", "cron")}, {"not": _given("up_to", "cron")}]
    if section is SOURCE:
        rules.append({"oneOf": [_given("url"), _given("listing")]})
        rules.append({"anyOf": [{"not": _given("match")}, _given("listing")]})
    return {"allOf": rules} if rules else {}


def _given(*keys: str) -> Schema:
    """All of these keys have a value."""
    value: Mapping[str, Any] = {"not": {"type": "null"}}
    return {"required": list(keys), "properties": dict.fromkeys(keys, value)}

"""The reference in docs/reference/, written out of the code: python -m bench.reference (a test says when it is stale).

Commands come from the command line's own parser, keys from that of sources.yaml, metrics and the API from what serves
them. What is explained at length stands in the other pages of docs/.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import typer.main
from typer.core import TyperArgument, TyperGroup

from crawler.cli.main import app
from crawler.config.keys import FILE
from crawler.config.kinds import Kind, ListOf, Named, Section, Variants
from crawler.config.meanings import MEANINGS
from crawler.config.schema import json_schema
from crawler.health import Vitals
from crawler.web.api.app import ROOT, create_api
from crawler.web.metrics import Measured, Report
from crawler.web.office import Office
from storage.tallies import Stored

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- written by python -m bench.reference: edit the code instead -->"
SHARED = ("config", "database", "verbose")
"""Options that every command takes."""
NAMES = {"object": "mapping", "array": "list", "string": "text", "integer": "whole number"}
"""How docs/ calls the types of JSON."""
SUFFIX = {"counter": "_total", "info": "_info"}
"""What a family's name goes on with where it is exposed."""


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")


def pages() -> dict[str, str]:
    """The reference's files, by name."""
    described = create_api(cast("Office", None)).openapi()  # the routes are told, none is asked
    return {
        "commands.md": _page("Commands", _commands()),
        "sources.md": _page("Keys of sources.yaml", _keys()),
        "metrics.md": _page("Metrics", _metrics()),
        "api.md": _page("Requests of the API", _requests(described)),
        "openapi.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n",
    }


def _page(title: str, blocks: Iterable[str]) -> str:
    return "\n\n".join([f"# {title}", MADE, *blocks]) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head)]
    lines += [["---"] * len(lines[0]), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _code(text: object) -> str:
    return f"`{text}`"


# --- commands --------------------------------------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    root = typer.main.get_command(app)
    yield "What they print and how they end stands in [operation](../operation.md#logs-and-exit-codes)."
    yield "## Every command"
    once = root.commands["once"]  # type: ignore[attr-defined]
    yield _parameters(each for each in once.params if each.name in SHARED)
    yield from _below(root, "crawler")


def _below(group: Any, path: str) -> Iterator[str]:  # noqa: ANN401 (typer's own copy of click)
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _below(command, f"{path} {name}")
            if not command.invoke_without_command:
                continue
        own = [each for each in command.params if each.name not in SHARED]
        yield f"## {path} {name}"
        yield " ".join((command.help or "").split())
        if own:
            yield _parameters(own)


def _parameters(parameters: Iterable[Any]) -> str:
    rows = [(_written(each), _default(each), each.help or "") for each in parameters]
    return _table(("argument or option", "default", "meaning"), rows)


def _written(parameter: Any) -> str:  # noqa: ANN401 (as above)
    descriptor = parameter.type_descriptor
    choices = "|".join(str(getattr(each, "value", each)) for each in descriptor.choices or ())
    taken = parameter.metavar or choices or parameter.name.upper()
    if isinstance(parameter, TyperArgument):
        return _code(taken)
    options = ", ".join(_code(option) for option in parameter.opts)
    return options if parameter.is_flag else f"{options} {_code(taken)}"


def _default(parameter: Any) -> str:  # noqa: ANN401 (as above)
    if parameter.required:
        return "required"
    return "" if parameter.default in (None, False, "", (), []) else _code(parameter.default)


# --- sources.yaml ----------------------------------------------------------------------------------------------------


def _keys() -> Iterator[str]:
    yield (
        "What each key takes, as the parser has it. Explained in [configuration](../configuration.md); for editors "
        "there is a [JSON Schema](../sources.schema.json)."
    )
    yield from _section("sources.yaml", FILE, json_schema())


def _section(name: str, section: Section, schema: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    rows = []
    for key in section.keys:
        meaning = MEANINGS.get(name, {}).get(key) or (MEANINGS["defaults"].get(key, "") if name == "sources" else "")
        rows.append(
            (_code(key), _takes(schema["properties"][key]), "yes" if key in schema.get("required", ()) else "", meaning)
        )
    yield _table(("key", "takes", "required", "meaning"), rows)
    for key, kind in section.keys.items():
        yield from _inside(key, kind, schema["properties"][key])


def _inside(key: str, kind: Kind, schema: dict[str, Any]) -> Iterator[str]:
    schema = schema["anyOf"][0] if "anyOf" in schema and kind.__class__ is not ListOf else schema
    match kind:
        case Section():
            yield from _section(key, kind, schema)
        case ListOf(kind=Section() as each):
            yield from _section(key, each, schema["items"])
        case Named(kind=Variants() as each):
            tagged = zip(each.sections.items(), schema["additionalProperties"]["oneOf"], strict=True)
            for (tag, section), variant in tagged:
                yield from _section(tag, section, variant)


def _takes(schema: dict[str, Any]) -> str:
    """In a word or two, and exactly where a pattern or bounds say it."""
    if "const" in schema:
        return _code(schema["const"])
    if "enum" in schema:
        return " or ".join(_code(each) for each in schema["enum"])
    if "anyOf" in schema:
        told = [
            _takes(each) for each in schema["anyOf"] if each.get("type") != "null" and each.get("pattern") != r"\$\{"
        ]
        return ", or ".join(dict.fromkeys(told))
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = " or ".join(NAMES.get(each, each) for each in kinds if each != "null")
    low, high = schema.get("minimum"), schema.get("maximum")
    bounds = f", {low} to {high}" if high is not None else f", from {low}" if low is not None else ""
    form = schema.get("pattern", "").removesuffix(r"|\$\{")
    return kind + bounds + (f" {_code(form)}" if form not in ("", r"\S") else "")


# --- metrics, API ----------------------------------------------------------------------------------------------------


def _metrics() -> Iterator[str]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    stored = Stored(pages={}, versions=0, changes=0, targets=0, unindexed=0, alerts={}, deliveries={})
    nothing = Measured(vitals=Vitals(at=at, ticked_at=at), complaints=(), stored=stored, totals={}, database_bytes=0)
    told = Report(nothing).collect()
    yield "What `/metrics` of the dashboard tells Prometheus ([programs](../dashboard.md#programs) need a token)."
    rows = [
        (_code(each.name + SUFFIX.get(each.type, "")), each.type, _labels(each), each.documentation) for each in told
    ]
    yield _table(("metric", "type", "labels", "meaning"), rows)


def _labels(family: Any) -> str:  # noqa: ANN401 (families of several kinds)
    return ", ".join(map(_code, getattr(family, "_labelnames", ())))


def _requests(described: dict[str, Any]) -> Iterator[str]:
    yield (
        f"All under `{ROOT}`, explained in [the API](../api.md); every field stands in the OpenAPI document, which the "
        "server gives as `/api/v1/openapi.json` and which is [here](openapi.json), too."
    )
    rows = [
        (
            _code(f"{method.upper()} {path}"),
            ", ".join(_code(each["name"]) for each in told.get("parameters", ()) if each["in"] == "query"),
            " ".join(told["security"][0]["token"]),
            " ".join((told.get("description") or told["summary"]).split()),
        )
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    ]
    yield _table(("request", "parameters", "scope", "what it does"), rows)


if __name__ == "__main__":
    main()

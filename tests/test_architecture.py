"""The rooms of docs/design.md as rules: who may import whom, and who alone may import what."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

RINGS = {
    "crawler.fetch": 2,
    "crawler.apart": 2,
    "storage": 2,
    "alerts": 2,
    "crawler.pipeline": 2,
    "crawler.sourcefile": 2,
    "crawler.app": 3,
    "crawler.daemon": 3,
    "crawler.cli": 3,
    "crawler.demo": 3,
    "crawler.web": 3,
    "crawler.__main__": 3,
}
"""Everything else of the three packages is ring 1."""

ONLY_IN = {
    "httpx": "crawler.fetch",
    "httpcore": "crawler.fetch",
    "protego": "crawler.fetch",
    "selectolax": "crawler.extract",
    "pypdfium2": "crawler.extract.documents",
    "difflib": "crawler.diff",
    "sqlmodel": "storage",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "smtplib": "alerts",
    "apprise": "alerts",
    "apscheduler": "crawler.daemon",
    "typer": "crawler.cli",
    "obstore": "storage.s3",
    "warcio": "storage.warc",
    "yaml": "crawler.config",
    "fastapi": "crawler.web",
    "starlette": "crawler.web",
    "uvicorn": "crawler.web",
    "jinja2": "crawler.web",
    "babel": "crawler.web",
}

EDGES = {
    *("asyncio", "glob", "multiprocessing", "os", "random", "resource", "secrets", "signal", "socket", "subprocess"),
    *("tempfile", "threading", "time"),
}
"""What ring 1 may not touch, besides other rings and the libraries of ONLY_IN that mean I/O."""

BROAD = {"crawler/apart/child.py": 1, "crawler/pipeline/desk.py": 1, "alerts/deliver.py": 1}
"""Where `except Exception` may stand: one reading, one check, one delivery."""


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    for package in ("crawler", "storage", "alerts"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            yield name, path, ast.parse(path.read_text("utf-8"))


def imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return found


def packages_named_for_a_submodule(tree: ast.Module, known: set[str]) -> set[str]:
    """In `from package import submodule` the package is only the way there."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {node.module or "" for node in nodes if all(f"{node.module}.{alias.name}" in known for alias in node.names)}


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def room(name: str) -> tuple[str, int]:
    """The ring-2 or ring-3 room a module lies in, else ring 1."""
    return next(((package, ring) for package, ring in RINGS.items() if within(name, package)), ("", 1))


MODULES = list(modules())


@pytest.mark.parametrize(("name", "tree"), [(name, tree) for name, _, tree in MODULES], ids=[m[0] for m in MODULES])
def test_imports_point_inward_only(name: str, tree: ast.Module) -> None:
    own, ring = room(name)
    for imported in imports(tree):
        if not imported.startswith(("crawler", "storage", "alerts")):
            continue
        other, other_ring = room(imported)
        allowed = ring == 3 or other_ring == 1 or (other_ring == ring == 2 and other == own)
        assert allowed, f"{name} (ring {ring}) imports {imported} (ring {other_ring})"


@pytest.mark.parametrize(("name", "tree"), [(name, tree) for name, _, tree in MODULES], ids=[m[0] for m in MODULES])
def test_each_library_has_its_one_room(name: str, tree: ast.Module) -> None:
    for imported in imports(tree):
        home = ONLY_IN.get(imported.partition(".")[0])
        assert home is None or within(name, home), f"{name} imports {imported}; only {home} may"


def test_ring_one_touches_no_edge() -> None:
    for name, _, tree in MODULES:
        if room(name)[1] == 1:
            touched = {imported.partition(".")[0] for imported in imports(tree)} & EDGES
            assert not touched, f"{name} imports {touched}"
            calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
            assert not calls & {"datetime.now", "datetime.utcnow", "date.today", "open"}, (
                f"{name} asks the clock or disk"
            )


def test_no_module_imports_itself_in_a_circle() -> None:
    known = {name for name, _, _ in MODULES}
    graph = {
        name: (imports(tree) - packages_named_for_a_submodule(tree, known)) & known - {name}
        for name, _, tree in MODULES
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for other in graph[name]:
                visit(other, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_broad_exception_handlers_stand_only_at_the_named_places() -> None:
    found: dict[str, int] = {}
    for _, path, tree in MODULES:
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            ):
                key = path.relative_to(ROOT).as_posix()
                found[key] = found.get(key, 0) + 1
    assert found == BROAD

"""Files to import: those of tests/imports, and what an import makes of them."""

import io
import zipfile
from pathlib import Path

from crawler.importing import Form, Plan, plan, read
from crawler.importing.found import Refused

FOLDER = Path(__file__).resolve().parents[1] / "imports"


def planned(content: bytes | str, name: str = "", form: Form | None = None) -> Plan:
    """What comes of a file where nothing is watched yet."""
    return plan(read(io.BytesIO(content.encode() if isinstance(content, str) else content), name, form), ())


def planned_file(name: str, form: Form | None = None) -> Plan:
    """What comes of one of the files."""
    return planned((FOLDER / name).read_bytes(), name, form)


def sources(of: Plan) -> dict[str, dict[str, object]]:
    """The sources to add by id: their other keys, and the note if there is one."""
    return {
        str(each.source.keys["id"]): {key: item for key, item in each.source.keys.items() if key != "id"}
        | ({"note": each.source.note} if each.source.note else {})
        for each in of.planned
    }


def refusals(of: Plan) -> list[tuple[str, str, str]]:
    """Where, what and why."""
    return [(each.where, each.what, each.reason) for each in of.refused if isinstance(each, Refused)]


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def backup(folder: str = "") -> bytes:
    """The backup in tests/imports/backup as changedetection.io packs it, with captures and lists of addresses."""
    root = FOLDER / "backup"
    found = {f"{folder}{path.relative_to(root)}": path.read_bytes() for path in sorted(root.rglob("*.json"))}
    captures = {
        f"{folder}5f0c6a3e-1111-4aaa-8bbb-000000000001/{name}": b"x" * 1000 for name in ("1.txt.br", "history.txt")
    }
    return zipped({**found, **captures, "url-list.txt": "https://www.yunxi.example/report.html\r\n"})

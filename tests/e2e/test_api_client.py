"""The client of docs/api.md, as it stands there in either language, against a real server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.model import TargetChange, TargetDiff
from storage.access import add_token
from tests.support.dashboard import Clock, office_of, running
from tests.support.store import NOW, changed, document, opened, source, target, watch

DOCS = Path(__file__).resolve().parents[2] / "docs"
PRINTED = "http://127.0.0.1:8000"
SECRET = "a-token-for-the-client-of-the-docs"
CHANGES = 53
"""More than a portion holds."""


def slowed() -> TargetDiff:
    """The indicator that the client asks for, lowered."""
    old, new = (target(indicator="地区生产总值", key="地区生产总值", low=low) for low in ("6", "5.5"))
    return TargetDiff(changed=(TargetChange(indicator="地区生产总值", old=old, new=new),))


def client(page: Path) -> str:
    [code] = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert PRINTED in code
    return str(code)


@pytest.mark.parametrize("name", ["api.md", "api.zh-CN.md"])
def test_the_client_prints_every_change_of_all_portions(name: str, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources: []\n", "utf-8")
    with opened(tmp_path / "crawler.db") as store:
        [due] = watch(store, source())
        for number in range(CHANGES + 1):
            read = document(f"河川市政府工作报告\n第{number}版。", title=f"第{number}版")
            store.record(changed(due, read=read, targets=slowed()) if number else changed(due, read=read))
            due = store.due_page(due.page, due.source)
        add_token(store, "client", SECRET, ["read"], NOW)
        with running(office_of(store, tmp_path / "sources.yaml", Clock())) as dashboard:
            code = client(DOCS / name).replace(PRINTED, dashboard.url)
            environment = {**os.environ, "TOKEN": SECRET, "PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1"}
            done = subprocess.run(
                [sys.executable, "-c", code],
                env=environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
                timeout=120,
            )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == CHANGES
    assert all(due.url in line for line in lines)

"""Reading in processes apart: whatever a parser does, its own job fails with a clear reason and nothing else does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE

import pytest

from bench.hostile_documents import forms_in_forms
from crawler.apart.readers import Readers
from crawler.errors import Abandoned, UsageError
from crawler.extract import extract, surroundings_of
from crawler.extract.listing import read_listing
from tests.support import apart
from tests.support.printed import page, pdf

SECONDS = 3
"""Of which a process needs some tenths to start."""
HTML = "<h1>云溪市2026年政府工作报告</h1><p>地区生产总值增长6%左右。</p><a href='/2.html'>下一页</a>".encode() * 3


@pytest.fixture
def read() -> Iterator[Readers]:
    with Readers(1) as readers:
        yield readers


@pytest.fixture
def hasty() -> Iterator[Readers]:
    with Readers(1, seconds=SECONDS) as readers:
        yield readers


@pytest.mark.parametrize("content", [HTML, pdf(page("云溪市2026年政府工作报告", "各位代表："))], ids=["html", "pdf"])
def test_what_is_read_apart_is_what_is_read_here(read: Readers, content: bytes) -> None:
    url = "http://portal.example/1.html"
    assert read(extract, content, url) == extract(content, url)
    assert read(read_listing, HTML, url) == read_listing(HTML, url)
    assert read(surroundings_of, HTML) == surroundings_of(HTML)


def test_one_process_reads_many_documents(read: Readers) -> None:
    assert len({read(apart.pid) for _ in range(20)} - {os.getpid()}) == 1


def test_what_cannot_be_read_is_told_as_here(read: Readers) -> None:
    with pytest.raises(UsageError, match=r"^the document asks for a password$"):
        read(apart.complain)


def test_a_bug_is_told_with_its_traceback(read: Readers) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*in stumble.*ZeroDivisionError: by a page"):
        read(apart.stumble)


@pytest.mark.parametrize("hang", [apart.spin, apart.sleep])
def test_what_hangs_is_stopped_and_the_next_is_read(hasty: Readers, hang: Callable[[], None]) -> None:
    with pytest.raises(Abandoned, match=r"^reading it took longer than 3 s; it was stopped, and nothing else"):
        hasty(hang)
    assert hasty(extract, HTML).title == "云溪市2026年政府工作报告"


def test_forms_within_forms_for_which_pdfium_has_no_cap_are_stopped(hasty: Readers) -> None:
    with pytest.raises(Abandoned, match="took longer than 3 s"):
        hasty(extract, forms_in_forms(2))


@pytest.mark.parametrize(
    ("crash", "how"), [(apart.segfault, "SIGSEGV"), (apart.abort, "SIGABRT"), (apart.leave, "exit status 7")]
)
def test_what_crashes_fails_alone(read: Readers, crash: Callable[[], None], how: str) -> None:
    assert read(apart.pid)
    with pytest.raises(Abandoned, match=rf"^reading it crashed the parser \({how}\)"):
        read(crash)
    assert read(extract, HTML).paragraphs


def test_a_document_is_not_blamed_for_a_process_that_another_spoilt(read: Readers) -> None:
    assert read(apart.die_later) == "well"
    assert read(apart.pid) != os.getpid()


def test_a_process_that_ended_while_idle_costs_nothing(read: Readers) -> None:
    first = read(apart.pid)
    os.kill(first, signal.SIGKILL)
    assert read(apart.pid) != first


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps no limit of memory")
@pytest.mark.parametrize("hoard", [apart.hoard, apart.grow])
def test_what_needs_too_much_memory_is_stopped(hoard: Callable[[], int]) -> None:
    with Readers(1, memory=400_000_000) as read:
        with pytest.raises(Abandoned, match="reading it needs more than 400 MB of memory"):
            read(hoard)
        assert read(extract, HTML).paragraphs


def test_a_process_that_grew_large_is_replaced(read: Readers) -> None:
    first = read(apart.pid)
    read(apart.grow)
    assert read(apart.pid) != first


def test_no_secret_is_handed_down_and_no_file_is_written(
    read: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "geheim")
    assert "geheim" not in str(read(apart.environment))
    with pytest.raises(RuntimeError, match="File too large"):
        read(apart.write, str(tmp_path / "x"))


def test_a_process_that_was_broken_into_cannot_make_us_run_code(read: Readers, tmp_path: Path) -> None:
    with pytest.raises(Abandoned, match="gave an answer that cannot be used"):
        read(apart.trap, str(tmp_path / "made"))
    assert not (tmp_path / "made").exists()
    assert read(extract, HTML).paragraphs


def test_one_that_hangs_leaves_another_to_work() -> None:
    with Readers(2, seconds=30) as read, ThreadPoolExecutor() as threads:
        hanging = threads.submit(read, apart.sleep)
        assert all(read(extract, HTML).paragraphs for _ in range(10))
        assert not hanging.done()
        read.close()
        with pytest.raises(Abandoned):
            hanging.result()


def test_whoever_has_closed_reads_no_more(read: Readers) -> None:
    child = read(apart.pid)
    read.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    with pytest.raises(Abandoned, match="the program ends"):
        read(apart.pid)


def test_a_supervisor_that_tells_all_to_end_fails_no_page(read: Readers) -> None:
    child = read(apart.pid)
    os.kill(child, signal.SIGTERM)
    assert read(apart.pid) == child


def test_no_process_outlives_its_parent() -> None:
    script = (
        "from crawler.apart.readers import Readers\n"
        "from tests.support.apart import pid, sleep\n"
        "read = Readers(1)\n"
        "print(read(pid), flush=True)\n"
        "input()"
    )
    root = Path(__file__).resolve().parents[3]
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=PIPE, stdout=PIPE, text=True, cwd=root)
    with parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    while is_running(child):
        time.sleep(0.01)


def is_running(number: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        os.kill(number, 0)
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, NotADirectoryError):
        return False
    except FileNotFoundError:  # it ended just now, or the system has no /proc
        return sys.platform != "linux"

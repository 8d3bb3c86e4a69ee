"""The file of sources is replaced whole, keeps what it was besides, and is never written over another editor's work."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crawler import sourcefile
from crawler.errors import UsageError
from tests.support.store import NOBODY, run_python

EDIT = f"""
import os, sys
from crawler import sourcefile
from crawler.errors import UsageError
if os.geteuid() == 0:
    os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})
try:
    seen = sourcefile.read(sys.argv[1])
    sourcefile.replace(sys.argv[1], seen.text + "# more\\n", seen.digest)
    print("written")
except UsageError as error:
    print("refused:", error)
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "sources.yaml"
    file.write_text("sources: []\n", "utf-8")
    return str(file)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that an unprivileged user reaches (pytest's own is closed to others), with a file of its own."""
    folder = Path(tempfile.mkdtemp(prefix="crawler-sources-"))
    (folder / "sources.yaml").write_text("sources: []\n")
    if os.geteuid() == 0:
        for each in (folder, folder / "sources.yaml"):
            os.chown(each, NOBODY, NOBODY)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def edited_by_user(path: Path) -> str:
    """What an unprivileged user is told who edits the file."""
    told = run_python(EDIT, str(path))
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def refused(path: str, digest: str | None) -> str:
    """The one line with which a write is refused."""
    with pytest.raises(UsageError) as error:
        sourcefile.replace(path, "sources: [1]\n", digest)
    (line,) = str(error.value).splitlines()
    assert line.startswith(f"{path}: ")
    return line


def test_the_new_text_takes_the_place_of_the_old_one(path: str) -> None:
    seen = sourcefile.read(path)
    digest = sourcefile.replace(path, "# 云溪\r\nsources: []", seen.digest)
    assert Path(path).read_bytes() == "# 云溪\r\nsources: []".encode()
    assert sourcefile.read(path) == sourcefile.Seen(text="# 云溪\r\nsources: []", digest=digest)
    assert [file.name for file in Path(path).parent.iterdir()] == ["sources.yaml"]


def test_a_byte_order_mark_stays(path: str) -> None:
    Path(path).write_bytes(b"\xef\xbb\xbfsources: []\n")
    seen = sourcefile.read(path)
    sourcefile.replace(path, seen.text + "# more\n", seen.digest)
    assert Path(path).read_bytes() == b"\xef\xbb\xbfsources: []\n# more\n"


def test_the_second_of_two_editors_is_refused(path: str) -> None:
    first, second = sourcefile.read(path), sourcefile.read(path)
    sourcefile.replace(path, "sources: [first]\n", first.digest)
    assert "was changed by somebody else" in refused(path, second.digest)
    assert Path(path).read_text() == "sources: [first]\n"


def test_of_many_editors_at_once_one_is_written(path: str) -> None:
    seen = sourcefile.read(path)

    def edit(number: int) -> bool:
        try:
            sourcefile.replace(path, f"sources: [{number}]\n", seen.digest)
        except UsageError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(edit, range(24)))
    assert outcomes.count(True) == 1
    assert Path(path).read_text() == f"sources: [{outcomes.index(True)}]\n"


def test_a_file_that_is_not_there_is_made_but_none_that_came_meanwhile_is_lost(tmp_path: Path) -> None:
    path = str(tmp_path / "new.yaml")
    seen = sourcefile.read(path)
    assert (seen.text, seen.digest) == ("", None)
    sourcefile.replace(path, "sources: []\n", None)
    assert Path(path).read_text() == "sources: []\n"
    assert "was changed by somebody else" in refused(path, None)


def test_a_file_that_went_meanwhile_is_not_made_anew(path: str) -> None:
    digest = sourcefile.read(path).digest
    Path(path).unlink()
    assert "No such file" in refused(path, digest)
    assert not Path(path).exists()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_stay(path: str, mode: int) -> None:
    Path(path).chmod(mode)
    sourcefile.replace(path, "sources: [1]\n", sourcefile.read(path).digest)
    assert stat.S_IMODE(Path(path).stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_owner_and_group_stay(path: str) -> None:
    os.chown(path, NOBODY, NOBODY)
    sourcefile.replace(path, "sources: [1]\n", sourcefile.read(path).digest)
    assert (Path(path).stat().st_uid, Path(path).stat().st_gid) == (NOBODY, NOBODY)


def test_a_symbolic_link_stays_one(path: str, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.yaml"
    link.parent.mkdir()
    link.symlink_to("../sources.yaml")
    sourcefile.replace(str(link), "sources: [1]\n", sourcefile.read(str(link)).digest)
    assert link.is_symlink()
    assert Path(path).read_text() == "sources: [1]\n"


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UsageError, match="symbolic links"):
        sourcefile.read(str(tmp_path / "a"))
    assert "cannot be written" in refused(str(tmp_path / "a"), "0" * 64)


def test_a_folder_that_must_not_be_written_is_named_and_nothing_is_left(open_folder: Path) -> None:
    open_folder.chmod(0o500)
    told = edited_by_user(open_folder / "sources.yaml")
    assert told.startswith("refused:")
    assert "its folder" in told
    assert [file.name for file in open_folder.iterdir()] == ["sources.yaml"]


def test_a_file_marked_read_only_is_not_replaced_behind_its_owners_back(open_folder: Path) -> None:
    (open_folder / "sources.yaml").chmod(0o400)
    assert "may not write to it" in edited_by_user(open_folder / "sources.yaml")
    assert (open_folder / "sources.yaml").read_text() == "sources: []\n"
    (open_folder / "sources.yaml").chmod(0o600)
    assert edited_by_user(open_folder / "sources.yaml") == "written"


@pytest.mark.parametrize(
    ("content", "complaint"), [(b"\xff\xfes", "not UTF-8"), (b" " * 10_000_001, "larger than 10 MB")]
)
def test_what_is_no_text_is_not_read(path: str, content: bytes, complaint: str) -> None:
    Path(path).write_bytes(content)
    with pytest.raises(UsageError, match=complaint):
        sourcefile.read(path)

"""The file sources.yaml on disk, for edits: read with its digest, replaced whole and only if nobody else changed it.

Ring 2. What is written is for `crawler.config.editing` to say. A reader never sees half a file: the new one is written
beside the old one and takes its place in one step, with the old one's owner and permissions. Programs of ours that edit
one file wait for each other; a person's editor is noticed by the digest.
"""

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from crawler.errors import UsageError
from crawler.model import value

LARGEST = 10_000_000
"""Bytes: what `crawler.config` takes."""
_NEW_FILE = 0o644
_ADVICE = {
    errno.EACCES: "this user may not write to it, or not to its folder, where the new file is made first",
    errno.EBUSY: "it is mounted by itself; mount the folder it lies in instead",
    errno.ELOOP: "its symbolic links lead in a circle",
}


@value
class Seen:
    """The file as somebody read it."""

    text: str
    digest: str | None
    """SHA-256 of its bytes in hexadecimal; None: there was no file."""


def read(path: str) -> Seen:
    """The file as it is now; UsageError where it cannot be read or is no text."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        return Seen(text="", digest=None)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise UsageError(f"{path}: larger than {LARGEST // 1_000_000} MB")
    try:
        return Seen(text=content.decode(), digest=digest_of(content))
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8; `crawler check` names the line") from None


def replace(path: str, text: str, digest: str | None) -> str:
    """Put a new text in the place of the one that had this digest when it was read; the new digest.

    Raises UsageError, and leaves everything as it was, where another editor was faster or the file cannot be written.
    A symbolic link stays one: the file it leads to is replaced.
    """
    content = text.encode()
    try:
        file = Path(path).resolve(strict=digest is not None)
        with _alone(file.parent):
            if _digest(file) != digest:
                raise UsageError(f"{path}: was changed by somebody else meanwhile; look at it anew, then edit again")
            _swap(file, content)
    except RuntimeError:  # so pathlib says it before Python 3.13
        raise UsageError(f"{path}: cannot be written: {_ADVICE[errno.ELOOP]}") from None
    except OSError as error:
        why = _ADVICE.get(error.errno or 0) or error.strerror
        raise UsageError(f"{path}: cannot be written: {why}") from None
    return digest_of(content)


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _digest(file: Path) -> str | None:
    try:
        return digest_of(file.read_bytes())
    except FileNotFoundError:
        return None


def _swap(file: Path, content: bytes) -> None:
    state = file.stat() if file.exists() else None
    if state and not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, "")
    handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    fresh = Path(name)
    try:
        with open(handle, "wb") as written:  # noqa: PTH123 (mkstemp gives a handle)
            written.write(content)
            if state:
                _hand_over(handle, state)
            os.fchmod(handle, state.st_mode & 0o7777 if state else _NEW_FILE)
            written.flush()
            os.fsync(handle)
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _settle(file.parent)


def _hand_over(handle: int, state: os.stat_result) -> None:
    """Give the new file the old one's owner and group, as far as this user may."""
    for owner in (state.st_uid, -1):
        with suppress(PermissionError):
            os.fchown(handle, owner, state.st_gid)
            return


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other programs of ours out of a folder; the lock is the operating system's and leaves no file behind."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _settle(folder: Path) -> None:
    """Have the new name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

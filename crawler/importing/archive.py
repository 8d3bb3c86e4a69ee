"""The few files that are wanted of a zip archive, which somebody may have built to do harm. Ring 1.

Nothing is unpacked to disk. What an archive says of its sizes is not believed: bytes are counted as they come out.
"""

import re
import struct
import zipfile
import zlib
from typing import IO

from crawler.errors import UsageError

LARGEST = 1_000_000_000
"""Bytes of an archive: the captures in a backup are many and are passed over."""
MAX_DIRECTORY = 20_000_000
"""Bytes of its table of contents, which is read into memory whole."""
MAX_UNPACKED = 100_000_000
"""Bytes that come out, all in all."""

_WANTED = re.compile(r"(?:[^/]+/)?(?:url-watches\.json|changedetection\.json|[^/]+/(?:watch|tag)\.json)")
"""Of changedetection.io, packed with or without the folder around it."""
_END = struct.Struct("<4s4H2IH")
_CHUNK = 1_000_000


def unpacked(file: IO[bytes]) -> dict[str, bytes]:
    """The wanted files by name; UsageError where the archive is damaged, locked or hostile."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            return _wanted(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error):
        raise UsageError("this zip archive is damaged: download the backup again") from None
    except NotImplementedError:
        raise UsageError("this zip archive is packed in a way that is not read: pack it again as a plain zip") from None


def _check_directory(file: IO[bytes]) -> None:
    """Refuse what is too large before it is read."""
    size = file.seek(0, 2)
    if size > LARGEST:
        raise UsageError(f"larger than {LARGEST // 1_000_000_000} GB: import its file url-list.txt instead")
    file.seek(max(0, size - _END.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        raise UsageError("this zip archive is damaged: download the backup again")
    directory = _END.unpack_from(tail, at)[5]
    if directory > MAX_DIRECTORY or tail[max(at - 20, 0) : at].startswith(b"PK\6\7"):  # sizes of 64 bits elsewhere
        raise UsageError("this zip archive holds too many files: import its file url-list.txt instead")


def _wanted(archive: zipfile.ZipFile) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for member in archive.infolist():
        name = member.filename
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:3]:
            raise UsageError("this zip archive names a file outside itself; such a one is not read")
        if not _WANTED.fullmatch(name):
            continue
        if member.flag_bits & 1:
            raise UsageError("this zip archive is locked with a password: unlock it first")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError
        found[name] = _read(archive, member, left)
        left -= len(found[name])
    return found


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    content = bytearray()
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            content += chunk
            if len(content) > most:
                raise UsageError(f"this zip archive unpacks to more than {MAX_UNPACKED // 1_000_000} MB of settings")
    return bytes(content)

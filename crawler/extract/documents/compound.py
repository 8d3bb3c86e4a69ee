"""Compound files (OLE2), the container of Office files before 2007: streams by name. After [MS-CFB].

A table may say anything: whatever is followed ends after as many steps as the file has sectors, so that nothing read
from it is larger than the file.
"""

import struct
from itertools import islice

from crawler.errors import UsageError

_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of a chain, free, and the tables' own."""
_ENTRY = 128
_MOST_ENTRIES = 20_000


class Compound:
    """One file, taken apart as far as its streams are asked for. Raises UsageError where its tables make no sense."""

    def __init__(self, content: bytes) -> None:
        try:
            shift, small_shift = struct.unpack_from("<HH", content, 30)
            directory, self._cutoff, small_table = struct.unpack_from("<I4xII", content, 48)
            self._size, self._small_size = 1 << shift, 1 << small_shift
            if shift not in (9, 12) or small_shift != 6:
                raise UsageError("the old Office file is damaged: its sectors have an odd size")
            self._content = content
            self._table = self._sectors_table()
            self._small_table = _numbers(self._chain(small_table)[: 4 * (len(content) // self._small_size + 1)])
            self._entries = self._directory(self._chain(directory))
        except struct.error as error:
            raise UsageError(f"the old Office file is damaged or cut short ({error})") from error

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; empty where there is none of this name."""
        start, size = self._entries.get(name, (0, 0))
        if size >= self._cutoff:
            return self._chain(start)[:size]
        return self._small_chain(start, size)

    def _sectors_table(self) -> list[int]:
        """Which sector follows which: no more than there are, each part of the table once."""
        numbers = dict.fromkeys(struct.unpack_from("<109I", self._content, 76))
        (further,) = struct.unpack_from("<I", self._content, 68)
        seen = set[int]()
        most = len(self._content) // self._size // (self._size // 4) + 1
        while further < _LAST and further not in seen and len(numbers) <= most:
            seen.add(further)
            *more, further = _numbers(self._sector(further)) or [_LAST]
            numbers |= dict.fromkeys(more)
        parts = islice((number for number in numbers if number < _LAST), most)
        return [entry for number in parts for entry in _numbers(self._sector(number))]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _chain(self, sector: int) -> bytes:
        """A stream from its first sector on; a chain that bites its tail ends."""
        sectors: list[bytes] = []
        while sector < len(self._table) and len(sectors) <= len(self._table):
            sectors.append(self._sector(sector))
            sector = self._table[sector]
        return b"".join(sectors)

    def _small_chain(self, sector: int, size: int) -> bytes:
        start, _ = self._entries.get("Root Entry", (_LAST, 0))
        room = self._chain(start)
        pieces: list[bytes] = []
        size = min(size, len(room))
        while sector < len(self._small_table) and len(pieces) * self._small_size < size:
            pieces.append(room[sector * self._small_size : (sector + 1) * self._small_size])
            sector = self._small_table[sector]
        return b"".join(pieces)[:size]

    @staticmethod
    def _directory(room: bytes) -> dict[str, tuple[int, int]]:
        """First sector and size of each stream, by name."""
        entries: dict[str, tuple[int, int]] = {}
        for at in range(0, min(len(room), _MOST_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", room, at + 64)
            name = room[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind in (2, 5):  # a stream, or the root with the small streams' room
                entries.setdefault(name, struct.unpack_from("<II", room, at + 116))
        return entries


def _numbers(room: bytes) -> list[int]:
    return [*struct.unpack_from(f"<{len(room) // 4}I", room)]

"""A text of sources.yaml under edit: finds its place anew after every splice. Ring 1; for `editing` alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.config.keys import BODY, SOURCE, WATCH
from crawler.config.lines import column, end_of_lines, line_end, line_start, newline
from crawler.config.places import Entry, Place, locate
from crawler.config.rendering import Value, rendered
from crawler.config.splicing import with_element, with_key, with_lines, with_value, without
from crawler.errors import UsageError

_BOM = "\ufeff"
_INDENT = 2
_LONGEST_NOTE = 200
_ORDER = {"watch": tuple(WATCH.keys), "body": tuple(BODY.keys)}
_Path = tuple[str | int, ...]


class Draft:
    """The text as edited so far, and what it said before."""

    def __init__(self, text: str, name: str) -> None:
        """UsageError where the text is no YAML or no file of sources."""
        self.name = name
        self._mark = _BOM if text.startswith(_BOM) else ""
        self.text = text.removeprefix(_BOM)
        root = locate(self.text, name)
        self._before: dict[str, Any] = {} if root is None else root.data()
        if not isinstance(self._before, dict) or not isinstance(self._before.get("sources") or [], list):
            raise UsageError(f"{name}: this is no file of sources; `crawler check` says what is expected")

    def listed(self) -> list[Any]:
        """The sources before any edit, in plain types."""
        return list(self._before.get("sources") or [])

    def whole(self) -> str:
        """The text with its byte order mark, if it had one."""
        return self._mark + self.text

    def demand(self, sources: list[Any]) -> None:
        """UsageError unless the text says what it said before, but with these sources."""
        root = self._root()
        if root is None or root.data() != {**self._before, "sources": sources}:
            raise self._refused()

    # --- edits

    def append(self, sources: Sequence[tuple[Mapping[str, Value], str]]) -> None:
        """More sources, each with a note for people, at the end of the list."""
        root = self._root()
        entry = root.entry("sources") if root else None
        if entry and entry.place.entries and entry.place.flow:
            for keys, _ in sources:
                self.text = with_element(self.text, self._at(("sources",)), plain(keys))
        elif root and root.flow:
            self._start_within(root, entry, [plain(keys) for keys, _ in sources])
        else:
            self._append_lines(root, entry, sources)

    def change(self, path: _Path, changes: Mapping[str, Value]) -> None:
        """Other values for some keys of the mapping at a path."""
        present = self._at(path).data()
        gone = [key for key, item in changes.items() if item is None and key in present]
        for key, item in changes.items():
            mapping = self._at(path)
            entry = mapping.entry(key)
            old = entry.place.data() if entry else None
            if isinstance(item, Mapping) and entry and old and entry.place.keyed:
                self.change((*path, key), item)
            elif item is None or plain(item) == {}:
                continue
            elif entry is None:
                self._insert(path, mapping, key, plain(item))
            elif old != plain(item):
                self._replace((*path, key), mapping, entry, plain(item))
        for key in gone:  # last: a mapping in which nothing is left goes itself
            self._drop(path, key)

    def remove(self, path: _Path, number: int) -> None:
        """An entry of the collection at a path, which holds several."""
        self.text = without(self.text, self._at(path), number)

    # --- how

    def _root(self) -> Place | None:
        try:
            return locate(self.text, self.name)
        except UsageError:  # it could be read before: a splice broke it
            raise self._refused() from None

    def _refused(self) -> UsageError:
        return UsageError(f"{self.name}: it is written in a way that cannot be edited here: edit the file by hand")

    def _at(self, path: _Path) -> Place:
        place = self._root()
        for step in path:
            entries = place.entries if place else None
            entry = entries[step] if entries and isinstance(step, int) else place and place.entry(str(step))
            place = entry.place if entry else None
        if place is None:
            raise self._refused()
        return place

    def _drop(self, path: _Path, key: str) -> None:
        entries = self._at(path).entries or ()
        number = next((number for number, entry in enumerate(entries) if entry.key == key), None)
        if number is not None and len(entries) > 1:
            self.remove(path, number)
        elif number is not None:
            self._drop(path[:-1], str(path[-1]))

    def _insert(self, path: _Path, mapping: Place, key: str, item: Any) -> None:  # noqa: ANN401 (plain types)
        order = _ORDER.get(str(path[-1]), tuple(SOURCE.keys))
        before = order[: order.index(key)] if key in order else order
        entries = mapping.entries or ()
        after = next((entry for entry in reversed(entries) if entry.key in before), entries[-1])
        self.text = with_key(self.text, mapping, after, key, item)

    def _replace(self, path: _Path, mapping: Place, entry: Entry, item: Any) -> None:  # noqa: ANN401 (as above)
        old = entry.place.data()
        kept = (
            [element for element in old if element in item] if isinstance(item, list) and isinstance(old, list) else []
        )
        if not kept or kept != item[: len(kept)]:
            self.text = with_value(self.text, mapping, entry, item)
            return
        for number in reversed(range(len(old))):
            if old[number] not in item:
                self.remove(path, number)
        for element in item[len(kept) :]:
            self.text = with_element(self.text, self._at(path), element)

    def _start_within(self, root: Place, entry: Entry | None, sources: list[Value]) -> None:
        """The first ones of a file that is written with brackets, as JSON is."""
        if entry:
            self.text = with_value(self.text, root, entry, sources)
        elif root.entries:
            self.text = with_key(self.text, root, root.entries[-1], "sources", sources)

    def _append_lines(
        self, root: Place | None, entry: Entry | None, sources: Sequence[tuple[Mapping[str, Value], str]]
    ) -> None:
        end = newline(self.text)
        listed = entry.place.entries or () if entry else ()
        indent = column(self.text, listed[-1]) if listed else _INDENT
        gap = end if entry and listed and self._stand_apart(entry, listed) else ""
        blocks = [end.join(_lines(keys, note, indent)) for keys, note in sources]
        head = "" if entry else f"sources:{end}"
        at = self._end_of_list(root, entry)
        self.text = with_lines(self.text, at, head + gap + f"{end}{gap}".join(blocks))

    def _stand_apart(self, entry: Entry, listed: tuple[Entry, ...]) -> bool:
        """Whether there is a blank line above the last source."""
        above = end_of_lines(self.text, listed[-2]) if listed[1:] else line_end(self.text, entry.key_end)
        between = self.text[above : line_start(self.text, listed[-1].start)]
        return any(not line.strip() for line in between.splitlines())

    def _end_of_list(self, root: Place | None, entry: Entry | None) -> int:
        """Where the next source goes; a list that is written as empty is no longer."""
        if entry and entry.place.entries:
            return end_of_lines(self.text, entry.place.entries[-1])
        if entry:
            self.text = self.text[: entry.place.start].rstrip(" ") + self.text[entry.place.end :]
            entry = self._at(()).entry("sources") or entry
            return end_of_lines(self.text, entry)
        return end_of_lines(self.text, root.entries[-1]) if root and root.entries else len(self.text)


def plain(item: Any) -> Any:  # noqa: ANN401 (any value of the file)
    """A value in the types that the file's values are read as; what is None in a mapping is left out."""
    if isinstance(item, Mapping):
        return {key: plain(inner) for key, inner in item.items() if inner is not None}
    return [plain(element) for element in item] if isinstance(item, list | tuple) else item


def _lines(keys: Mapping[str, Value], note: str, indent: int) -> list[str]:
    """A source as the lines of a block."""
    pairs = [f"{key}: {rendered(item)}" for key, item in plain(keys).items()]
    said = " ".join("".join(char if char.isprintable() else " " for char in note).split())[:_LONGEST_NOTE]
    comment = f"  # {said}" if said else ""
    return [f"{' ' * indent}{'- ' if not n else '  '}{pair}{'' if n else comment}" for n, pair in enumerate(pairs)]

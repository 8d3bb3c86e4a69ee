"""OPML, as feed readers and outliners write it. Ring 1.

An outline names a page by `url` (type link) or the site of a feed by `htmlUrl`; the feed itself (`xmlUrl`) is no page.
Read by expat handlers: a document type, which is where entities are declared, ends the reading at once.
"""

from xml.parsers import expat

from crawler.errors import UsageError
from crawler.importing.found import Form, Found, Reading, Refused

_DEEPEST = 50


def read_opml(text: str) -> Reading:
    """The pages of an outline."""
    outline = _Outline()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = outline.doctype
    parser.StartElementHandler = outline.start
    parser.EndElementHandler = outline.end
    outline.parser = parser
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise UsageError(f"line {error.lineno}: this is not valid XML: {expat.ErrorString(error.code)}") from None
    if not outline.is_opml:
        raise UsageError("this is XML, but not OPML")
    return Reading(form=Form.OPML, each=tuple(outline.each))


class _Outline:
    """Collects pages, each with the names of the folders it lies in."""

    parser: expat.XMLParserType

    def __init__(self) -> None:
        self.each: list[Found | Refused] = []
        self.is_opml = False
        self._folders: list[str] = []

    def doctype(self, *_: object) -> None:
        """Refuse entities, which may stand for other files or for far too much."""
        raise UsageError("this XML declares a document type, which is not read: take the line <!DOCTYPE …> out")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element: a page, or a folder."""
        self.is_opml = self.is_opml or name.lower() == "opml"
        if name.lower() != "outline":
            return
        if len(self._folders) >= _DEEPEST:
            raise UsageError(f"line {self.parser.CurrentLineNumber}: folders are nested more than {_DEEPEST} deep")
        given = {key.lower(): item for key, item in attributes.items()}
        title = given.get("title") or given.get("text", "")
        if {"url", "htmlurl", "xmlurl"} & set(given):
            self.each.append(self._page(f"line {self.parser.CurrentLineNumber}", title, given))
        self._folders.append(title)

    def end(self, name: str) -> None:
        """The end of an element."""
        if name.lower() == "outline":
            self._folders.pop()

    def _page(self, where: str, title: str, given: dict[str, str]) -> Found | Refused:
        url = given.get("url") or given.get("htmlurl")
        if not url:
            return Refused(where=where, what=title or given["xmlurl"], reason="a feed without the page it belongs to")
        lost = ("the feed (xmlUrl): the page it belongs to is watched instead",) if given.get("xmlurl") else ()
        return Found(where=where, url=url, title=title, note=" / ".join(filter(None, self._folders)), lost=lost)

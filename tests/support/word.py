"""Word files made by hand: WordprocessingML in the archive Word would write."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(body: str, head: str = "", namespace: str = W, name: str = "word/document.xml", **parts: str) -> bytes:
    """The archive; keyword parts ('numbering', 'styles', 'footnotes') are what their root element holds."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, f"{head}<w:document {namespace} {MC}><w:body>{body}</w:body></w:document>")
        for part, xml in parts.items():
            archive.writestr(f"word/{part}.xml", f"<w:{roots[part]} {namespace}>{xml}</w:{roots[part]}>")
    return file.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs of text."""
    shown = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{shown}" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells, each given as its text or as XML."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows) + "</w:tbl>"


def cell(content: str) -> str:
    """A cell of a text or of XML."""
    return f"<w:tc>{content if content.startswith('<') else paragraph(content)}</w:tc>"


def listed(list_id: int, depth: int = 0) -> str:
    """Properties of a paragraph that is an item of a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def levels(*formats: tuple[str, str], list_id: int = 1, start: int = 1) -> str:
    """One list of so many levels, each a number format and a text such as '%1.'."""
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (style, text) in enumerate(formats)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{list_id}">{inner}</w:abstractNum>'
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>'
    )

"""Reports published as PDF, Word or plain text: paragraphs out of print, tables cell by cell.

kinds    what a file is, by its first bytes
pdf      PDFium -> sheets (characters, ruling lines); printed: rows, furniture, tables, columns, paragraphs
word     zip or flat XML; wordml: paragraphs, numbered lists, tables
mhtml    web pages saved as one file
read     the door: bytes -> paragraphs
"""

from crawler.extract.documents.kinds import media_type_of as media_type_of
from crawler.extract.documents.mhtml import read_mhtml as read_mhtml
from crawler.extract.documents.read import Converter as Converter
from crawler.extract.documents.read import no_converter as no_converter
from crawler.extract.documents.read import read_document as read_document

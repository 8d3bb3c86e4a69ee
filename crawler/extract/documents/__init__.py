"""Reports published as PDF, Word or plain text: paragraphs out of print, tables cell by cell.

kinds    what a file is, by its first bytes
pdf      PDFium -> sheets (characters, ruling lines); printed: rows, furniture, tables, columns, paragraphs
word     zip or flat XML; wordml: paragraphs, numbered lists, tables
oldword  compound files of Word 97 to 2003; rtf: Rich Text Format; mhtml: web pages saved as one file
read     the door: bytes -> paragraphs
"""

from crawler.extract.documents.kinds import HTML as HTML
from crawler.extract.documents.kinds import MHTML as MHTML
from crawler.extract.documents.kinds import media_type_of as media_type_of
from crawler.extract.documents.mhtml import read_mhtml as read_mhtml
from crawler.extract.documents.read import read_document as read_document

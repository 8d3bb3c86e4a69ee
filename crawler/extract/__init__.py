"""From the bytes of a document to its article: title, date, region, year, paragraphs, pager.

Ring 1. Promise: what surrounds the body (adverts, counters, comments, lists, navigation) neither gets into it nor moves
its edges. The only importer of selectolax and pypdfium2; imports the values of ring 1 and `crawler.charset`.

    bytes -> charset -> page (lines) -> furniture -> container -> paragraphs
                                     -> pager, meta
"""

from crawler.extract.article import extract as extract
from crawler.extract.article import find_pager as find_pager
from crawler.extract.article import list_links as list_links
from crawler.extract.explain import explain as explain
from crawler.extract.explain import surroundings_of as surroundings_of
from crawler.extract.recognition import extract_with_imprint as extract_with_imprint
from crawler.extract.recognition import is_recognised as is_recognised

"""What full-text search means: words, texts that say them, and the marks an index keeps. Ring 1.

query text -> Query (words)     version -> pieces -> seen -> marks     pieces + words -> Snippet
"""

from crawler.search.query import Query as Query
from crawler.search.query import parse_query as parse_query
from crawler.search.snippets import Searched as Searched
from crawler.search.snippets import Snippet as Snippet

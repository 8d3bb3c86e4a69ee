"""What somebody looks for, as words. Ring 1; takes any text and never raises.

Words stand between blanks, and all of them must occur in a text; what stands between quotation marks is one word, its
blanks and signs included. Words of signs alone are left out.
"""

import re

from crawler.model import value
from crawler.search.units import needed, seen

LONGEST = 200
"""Characters of a query that are read."""
MOST_WORDS = 10
_QUOTES = str.maketrans("“”„‟〝〞＂「」『』", '"' * 11)
_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')


@value
class Query:
    """Words to look for, each as a text says it (`units.seen`); empty where there are none."""

    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


def parse_query(text: str) -> Query:
    """The words of a query, each once; of too many, or too long a text, the first ones."""
    found = (seen(quoted or plain) for quoted, plain in _WORD.findall(text[:LONGEST].translate(_QUOTES)))
    words = dict.fromkeys(word for word in found if needed(word))
    return Query(words=tuple(words)[:MOST_WORDS])

"""Which characters of a stranger's text do harm wherever it is shown, and JSON that holds them as escapes only.

Ring 1, pure. Controls steer terminals, marks and isolates show a text in another order than it is stored in, and what
nobody sees makes two names look like one. Each medium says what stands in their place.
"""

import json
import re
from collections.abc import Callable

from crawler.model import Json

_STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
)
_UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u3164\ufeff\uffa0\U000e0000-\U000e007f"

STEERING = re.compile(f"[{_STEERING}]")
"""Controls but tab and line feed, other line breaks, what sets the direction, halves of characters."""
UNSEEN = re.compile(f"[{_UNSEEN}]")
"""What takes no room: zero-width blanks, soft hyphens, fillers, tags."""
HARMFUL = re.compile(f"[{_STEERING}{_UNSEEN}]")
"""Both."""


def json_text(document: Json, *, default: Callable[[object], Json] | None = None, **layout: Json) -> str:
    """The document as JSON in which every harmful character is an escape: shown anywhere as such, read back the same.

    `default` and `layout` (indent, separators) are those of `json.dumps`.
    """
    text = json.dumps(document, ensure_ascii=False, default=default, **layout)
    return HARMFUL.sub(lambda found: json.dumps(found[0])[1:-1], text)

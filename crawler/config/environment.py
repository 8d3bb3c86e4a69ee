"""`${NAME}` in a text of the file -> the value of that environment variable. Ring 1.

Done after parsing, so that a value cannot inject YAML, and once: a `${` that comes out of a variable stays as it is.
"""

import re
from collections.abc import Callable, Mapping

from crawler.config.node import clean

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def complaints(text: str, environment: Mapping[str, str]) -> list[str]:
    """Why the text cannot be filled in: each unset variable by name, and a `${` that is no variable."""
    names = dict.fromkeys(_VARIABLE.findall(text))
    unset = [f"the environment variable {clean(name)} is not set" for name in names if name not in environment]
    if "${" in _VARIABLE.sub("", text):
        unset.append('expected the name of an environment variable and "}" after "${"')
    return unset


def fill(text: str, environment: Mapping[str, str], encode: Callable[[str], str] = str) -> str:
    """The text with each variable replaced by its (encoded) value; all of them must be set."""
    return _VARIABLE.sub(lambda match: encode(environment[match.group(1)]), text)

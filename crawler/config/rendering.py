"""Values -> YAML on one line, quoted where YAML 1.1 or 1.2 would read them as something else. Ring 1."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Self

import yaml

from crawler.config.document import resolve

Value = str | int | bool | Decimal | None | Sequence["Value"] | Mapping[str, "Value"]


def rendered(item: Value, style: str = "") -> str:
    """The value as it may stand after a key or a dash; a text within the given quotes, if any."""
    return _dumped(_Text(item, style) if isinstance(item, str) else item).removesuffix("\n...")


def rendered_within(item: Value, style: str = "") -> str:
    """The value as it may stand between brackets, where more has to be quoted."""
    return _dumped([_Text(item, style) if isinstance(item, str) else item])[1:-1]


def pair_within(key: str, item: Value) -> str:
    """A key and its value as they may stand between braces."""
    return _dumped({key: item})[1:-1]


class _Text(str):
    """A text with the quotes that are wished for it."""

    __slots__ = ("style",)

    def __new__(cls, text: str, style: str) -> Self:
        made = super().__new__(cls, text)
        made.style = style
        return made

    style: str


class _Dumper(yaml.SafeDumper):
    """Without aliases, which sources.yaml does not take."""

    def ignore_aliases(self, _data: object) -> bool:
        """Always."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    wished = getattr(text, "style", "")
    misread = not isinstance(resolve(text), str)
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), wished or ('"' if misread else None))


def _number(dumper: _Dumper, number: Decimal) -> yaml.ScalarNode:
    written = f"{number:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in written else 'int'}", written)


for _kind in (str, _Text):
    _Dumper.add_representer(_kind, _text)
_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(tuple, yaml.SafeDumper.represent_list)


def _dumped(item: Any) -> str:  # noqa: ANN401 (as PyYAML)
    endless = float("inf")
    written = yaml.dump(
        item, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=endless
    )
    return written.removesuffix("\n")

"""One source's form over the text of sources.yaml: what the file would say, and what is wrong with that. No I/O."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from crawler.config.editing import NewSource, add_sources, change_source, source_ids, source_keys, source_number
from crawler.errors import ConfigError, UsageError
from crawler.model import value
from crawler.options import Config
from crawler.web.fields import FIELDS, Typed, added, beside, changed, named, shown_of, typed_of


@value
class Faults:
    """What is wrong: beside the fields, and in general."""

    fields: Mapping[str, Sequence[str]]
    general: Sequence[str] = ()


NO_FAULTS = Faults(fields={})


@value
class Sheet:
    """The form of one source as it was filled in."""

    source: str | None
    """The id of the one that is edited; None: it is a new one."""
    typed: Typed
    seen: str
    """Digest of the file as it was when the form was opened; empty: there was none."""

    @classmethod
    def sent(cls, form: Mapping[str, str], source: str | None) -> Self:
        """The form as a browser sent it."""
        typed = typed_of(form)
        return cls(source=source, typed=typed if source is None else {**typed, "id": source}, seen=form.get("seen", ""))

    @property
    def id(self) -> str:
        """Of the source."""
        return self.typed["id"].strip()

    def named(self, text: str, name: str) -> Self:
        """With an id, where a new one has none yet."""
        if self.source:
            return self
        try:
            taken = source_ids(text, name)
        except UsageError:  # as saving it will say
            taken = []
        return replace(self, typed=named(self.typed, taken))

    def written(self, text: str, environment: Mapping[str, str], name: str) -> str:
        """The file with this source in it; UsageError or ConfigError where that cannot be."""
        if self.source is None:
            return add_sources(text, [NewSource(keys=added(self.typed))], environment, name)
        keys = changed(shown_of(source_keys(text, self.source, name)), self.typed)
        return change_source(text, self.source, keys, environment, name)

    def faults(self, error: UsageError, text: str, name: str) -> Faults:
        """What an error of `written` says, each fault of this source beside its field."""
        if not isinstance(error, ConfigError):
            return Faults(fields={}, general=[str(error)])
        try:
            number = source_number(text, self.source, name)
        except UsageError:  # no list can be read
            return Faults(fields={}, general=error.faults)
        fields, others = beside(error.places, number)
        return Faults(fields=fields, general=[error.faults[index] for index in others])

    def standing(self, config: Callable[[], Config], text: str, name: str) -> Faults:
        """What is wrong with the file as it is, which may still be without a source."""
        try:
            config()
        except UsageError as error:
            return self.faults(error, text, name) if _has_sources(text, name) else NO_FAULTS
        return NO_FAULTS

    def keys(self, text: str, name: str) -> dict[str, Any]:
        """What the file says of the source; nothing where it has none of this id."""
        try:
            return source_keys(text, self.id, name) if self.id else {}
        except UsageError:
            return {}

    def beside_file(self, text: str, name: str) -> list[tuple[str, str, str]] | None:
        """Each field in which form and file differ: its name, the file's value, the form's; None: the file has none."""
        keys = self.keys(text, name)
        if not keys:
            return None
        stands = shown_of(keys)
        return [
            (field, stands[field], self.typed[field])
            for field in FIELDS
            if stands[field].strip() != self.typed[field].strip()
        ]


def _has_sources(text: str, name: str) -> bool:
    """Whether there is a list that is not empty, or something that cannot be read."""
    try:
        return source_number(text, None, name) > 0
    except UsageError:
        return True

"""A history as records: the page, then for each version the bytes as fetched, the text, and what is sealed.

The same history gives the same file: names of records are derived, times are those of what they tell of.
"""

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import IO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import __version__
from crawler.model import Json
from storage.codec import load
from storage.history import Past, Whose

FORM = "report-crawler history 1"
PAGE = "application/vnd.report-crawler.page+json"
VERSION = "application/vnd.report-crawler.version+json"
TEXT = "text/plain; charset=utf-8"

_DESCRIPTION = (
    "One page's history, version by version: responses, text (conversion), what is sealed (metadata). Responses hold "
    "the bytes after their content and transfer codings were taken off; headers that told of these are renamed "
    "X-Archive-Orig-*, Content-Length is that of the bytes here, the status line is that of any success, Set-Cookie "
    "was not kept. A seal is the SHA-256 of the member 'sealed' as JSON without blanks in UTF-8."
)
_NAMES = uuid.UUID("5d0e6a60-51f0-4e39-9f57-9a0a5b1f5c8e")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_CODED = frozenset(("content-encoding", "transfer-encoding", "content-length"))


def write(file: IO[bytes], whose: Whose, history: Iterable[Past]) -> None:
    """Write a history, each record compressed by itself (.warc.gz)."""
    records = _Records(file, whose)
    for past in history:
        if past.number == 1:
            records.open(past.record["fetched_at"])
        records.add(past)


class _Records:
    """The records of one file."""

    def __init__(self, file: IO[bytes], whose: Whose) -> None:
        self._writer = WARCWriter(file, gzip=True, warc_version="1.1")
        self._whose = whose
        self._count = 0

    def open(self, at: str) -> None:
        """What the file is, and whose history it holds."""
        fields = {
            "software": f"report-crawler/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": _DESCRIPTION,
        }
        info = "".join(f"{name}: {text}\r\n" for name, text in fields.items())
        self._put("warcinfo", "application/warc-fields", info.encode(), at)
        self._put("metadata", PAGE, _json(_page(self._whose)), at, self._whose.key or self._whose.url or "")

    def add(self, past: Past) -> None:
        """A version: its bytes as far as they are kept, its text, and what its seal is over."""
        pairs = list(zip(past.captures, past.contents, strict=True))
        names = [self._response(capture, content) if content else None for capture, content in pairs]
        at, url = past.record["fetched_at"], past.record["url"]
        more = {"WARC-Payload-Digest": f"sha256:{past.record['sha256']}"}
        if read := next(filter(None, names), None):
            more["WARC-Refers-To"] = read
        text = self._put("conversion", TEXT, past.text, at, url, more)
        document = {
            "version": past.number,
            "seal": past.seal,
            "sealed": past.sealed,
            "text": text,
            "bytes": names,  # null: thinned, only their hash is left
            "targets": past.targets,
        }
        self._put("metadata", VERSION, _json(document), at, url, {"WARC-Refers-To": text})

    def _response(self, capture: Mapping[str, Json], content: bytes) -> str:
        digest = {"WARC-Payload-Digest": f"sha256:{capture['sha256']}"}
        kind, at = "application/http; msgtype=response", capture["fetched_at"]
        return self._put("response", kind, content, at, capture["url"], digest, _http(capture, len(content)))

    def _put(
        self,
        kind: str,
        content_type: str,
        payload: bytes,
        at: str,
        url: str = "",
        more: Mapping[str, str] | None = None,
        http: StatusAndHeaders | None = None,
    ) -> str:
        self._count += 1
        name = f"<{uuid.uuid5(_NAMES, f'{self._whose.seal} {self._count}').urn}>"
        moment = datetime.fromisoformat(at).isoformat(timespec="microseconds").replace("+00:00", "Z")
        record = self._writer.create_warc_record(
            _line(url),
            kind,
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Record-ID": name, "WARC-Date": moment, **(more or {})},
            http_headers=http,
        )
        self._writer.write_record(record)
        return name


def _page(whose: Whose) -> Json:
    return {
        "form": FORM,
        "source": {
            "id": whose.source,
            **{name: getattr(whose, name) for name in ("title", "url", "listing", "match", "max_pages")},
        },
        "key": whose.key,
        "parts": [{"url": part.url, "paragraphs": part.paragraphs} for part in whose.parts],
        "versions": whose.versions,
        "seal": whose.seal,
    }


def _http(capture: Mapping[str, Json], size: int) -> StatusAndHeaders:
    """The head of the answer, as far as it was kept and is true of the bytes as they are kept."""
    headers = [
        (f"X-Archive-Orig-{_line(name)}" if name.lower() in _CODED else _line(name), _line(text))
        for name, text in load(capture["headers"]).items()
    ]
    return StatusAndHeaders("200 OK", [*headers, ("Content-Length", str(size))], protocol="HTTP/1.1")


def _json(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _line(text: str) -> str:
    """A text that ends no line of a head."""
    return _CONTROLS.sub(" ", text)

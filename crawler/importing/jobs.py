"""Job files of urlwatch and webchanges: YAML, one document a job. Ring 1."""

from collections.abc import Iterator

from crawler.config.foreign import Document, read_documents
from crawler.config.node import clean
from crawler.errors import UsageError
from crawler.importing.filters import chosen
from crawler.importing.found import Form, Found, Reading, Refused
from crawler.importing.texts import as_text, texts

_UNFIT = {
    "command": "a shell command; only pages are watched",
    "navigate": "a page drawn by a browser; none is run here",
    "use_browser": "a page drawn by a browser; none is run here",
    "data": "a form with data to send; only pages are watched",
}
_KINDS = ("url", "browser", "shell", "command")
_TAKEN = frozenset(("url", "name", "tags", "note", "enabled", "filter", "filters", "kind", "method"))
_NEEDLESS = frozenset(
    (
        *("index_number", "max_tries", "timeout", "ignore_cached", "no_conditional_request", "compared_versions"),
        *("encoding", "treat_new_as_changed", "monospace", "is_markdown", "markdown_padded_tables", "http_client"),
        *("ignore_connection_errors", "ignore_timeout_errors", "ignore_too_many_redirects", "ignore_incomplete_reads"),
        *("suppress_errors", "suppress_repeated_errors", "suppress_error_ended", "contextlines"),
    )
)
"""What is done here anyway, or concerns how those programs report."""
_REASONS = {
    "headers": "request headers cannot be set",
    "cookies": "request headers cannot be set",
    "http_proxy": "one proxy serves all sources: network.proxy",
    "https_proxy": "one proxy serves all sources: network.proxy",
    "proxy": "one proxy serves all sources: network.proxy",
    "ssl_no_verify": "certificates are always verified",
    "ignore_https_errors": "certificates are always verified",
    "user_visible_url": "alerts name the address that is read",
}


def read_jobs(text: str, form: Form = Form.URLWATCH) -> Reading:
    """The pages of a job file."""
    documents = read_documents(text)
    if any(isinstance(each.data, dict) and "sources" in each.data for each in documents):
        raise UsageError("this is a sources.yaml of this program: use it with --config")
    return Reading(form=form, each=tuple(_job(f"line {each.line}", each) for each in documents))


def _job(where: str, document: Document) -> Found | Refused:
    job = document.data
    if not isinstance(job, dict):
        return Refused(
            where=where, what=str(job) if isinstance(job, str) else "", reason="no job: expected keys and values"
        )
    url, name = as_text(job.get("url")), as_text(job.get("name"))
    what = name or url or as_text(job.get("navigate")) or " ".join(as_text(job.get("command")).split()[:1])
    if why := _unfit(job, url):
        return Refused(where=where, what=what, reason=why)
    filters = chosen(job.get("filters") or job.get("filter"))
    return Found(
        where=where,
        url=url,
        title=name,
        select=filters.select,
        drop=filters.drop,
        enabled=job.get("enabled") is not False,
        note=", ".join(texts(job.get("tags")) + texts(job.get("note"))),
        lost=(*filters.lost, *_lost(job)),
    )


def _unfit(job: dict[str, object], url: str) -> str:
    """Why a job cannot be imported at all."""
    kind, method = as_text(job.get("kind")), as_text(job.get("method"))
    if kind and kind not in _KINDS:
        return f"of the kind {clean(kind)}, which a hooks.py of its own defines"
    for key, reason in _UNFIT.items():
        if job.get(key):
            return reason
    if kind in ("browser", "shell", "command"):
        return _UNFIT["navigate" if kind == "browser" else "command"]
    if method and method.upper() != "GET":
        return f"a request by {clean(method)}; pages are read by GET only"
    return "" if url else "no address in it"


def _lost(job: dict[str, object]) -> Iterator[str]:
    """Keys that say more than we take; never what they hold, which may be secret."""
    for key, item in job.items():
        if key not in _TAKEN | _NEEDLESS and item not in (None, False, [], {}):
            yield f"{clean(key)}: {_REASONS.get(key, 'not known here')}"
